"""The project as an app of its own, so that its commands are found on both sides."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Commands and checks of the house itself; it has no tables."""

    name = "newsroom"
    verbose_name = "Newsroom"
