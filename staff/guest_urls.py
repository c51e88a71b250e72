"""The guests' door."""

from django.urls import path

from staff import guest_door

app_name = "guest_door"
urlpatterns = [
    path("sign-in/", guest_door.sign_in, name="sign_in"),
    path("sign-out/", guest_door.sign_out, name="sign_out"),
    path("key/<str:token>/", guest_door.registration, name="registration"),
]
