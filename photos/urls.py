"""Addresses of the picture desk that are not the admin's."""

from django.urls import path

from photos import views

app_name = "photos"
urlpatterns = [
    path("<int:pk>/<int:width>/", views.preview, name="preview"),
    path("<int:pk>/original/destruction/", views.original_destruction, name="original_destruction"),
]
