"""The guests' room."""

from django.urls import path

from articles import guest_views

app_name = "guests"
urlpatterns = [
    path("", guest_views.home, name="home"),
    path("proof/<int:number>/", guest_views.proof, name="proof"),
    path("proof/<int:number>/picture/<str:content_hash>/", guest_views.picture, name="picture"),
    path("proof/<int:number>/signature/", guest_views.signature, name="signature"),
]
