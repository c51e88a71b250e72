from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = _("Staff")


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our own site object: the desk."""

    default = False
    default_site = "staff.desk.DeskSite"
