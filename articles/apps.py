from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Stories")

    def ready(self) -> None:
        from articles.scanning_anew import stop_what_waits
        from sources import protecting

        protecting.once_protected.append(stop_what_waits)
