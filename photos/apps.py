"""The picture desk: what is uploaded, cleaned, kept and printed of photographs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PhotosConfig(AppConfig):
    """The room where pictures come in."""

    name = "photos"
    verbose_name = _("Photos")
