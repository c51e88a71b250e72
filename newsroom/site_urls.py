"""The site's addresses: all of them the paper's."""

from django.urls import include, path

from newsroom.health import healthz

urlpatterns = [
    path("healthz", healthz),
    path("", include("reader.urls")),
]

# By name, for the project imports no app.
handler404 = "reader.views.not_found"
