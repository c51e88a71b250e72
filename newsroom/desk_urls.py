"""The desk's addresses: the admin, and the pages of the desk that are not the admin's."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from newsroom.health import healthz

urlpatterns = [
    path("", login_not_required(RedirectView.as_view(pattern_name="admin:index"))),
    path("healthz", login_not_required(healthz), name="healthz"),
    path("desk/guest/", include("articles.guest_urls")),
    path("desk/guest/", include("staff.guest_urls")),
    path("desk/door/", include("staff.door_urls")),
    path("desk/stories/", include("articles.urls")),
    path("desk/photos/", include("photos.urls")),
    path("desk/sealing/", include("sources.sealing_urls")),
    path("desk/", admin.site.urls),
]

handler403 = "staff.refusals.forbidden"
handler404 = "staff.refusals.not_found"
handler500 = "staff.refusals.failed"
