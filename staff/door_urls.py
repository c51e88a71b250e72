"""The door of the desk, and what each member of staff sees of her own."""

from django.urls import path

from staff import door, own_door

app_name = "doors"
urlpatterns = [
    path("", own_door.home, name="home"),
    path("second-step/", door.second_step, name="second_step"),
    path("new/", door.new_factor, name="new_factor"),
    path("codes/", door.codes, name="codes"),
    path("passkeys/<int:pk>/ending/", own_door.passkey_ending, name="passkey_ending"),
    path("app/ending/", own_door.app_ending, name="app_ending"),
    path("sessions/ending/", own_door.other_sessions_ending, name="other_sessions_ending"),
    path("sessions/<uuid:handle>/ending/", own_door.session_ending, name="session_ending"),
]
