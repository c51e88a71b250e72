"""The desk's addresses: the admin, and the pages of the desk that are not the admin's."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from newsroom.health import healthz

urlpatterns = [
    path("", login_not_required(RedirectView.as_view(pattern_name="admin:index"))),
    path("healthz", login_not_required(healthz)),
    # Before somebody logs in, the log-in page can be read in either language.
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("desk/stories/", include("articles.urls")),
    path("desk/photos/", include("photos.urls")),
    path("desk/", admin.site.urls),
]
