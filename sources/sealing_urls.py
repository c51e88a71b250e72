"""Where sealed records are added to and taken out."""

from django.urls import path

from sources import sealing_views

app_name = "sealing"
urlpatterns = [
    path("source/<int:pk>/", sealing_views.source, name="source"),
    path("source/<int:pk>/export/", sealing_views.source_export, name="source_export"),
    path("people/", sealing_views.people, name="people"),
    path("person/<int:pk>/", sealing_views.person, name="person"),
    path("person/<int:pk>/export/", sealing_views.person_export, name="person_export"),
]
