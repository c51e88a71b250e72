"""The addresses of the paper. An address that was printed once is kept for ever."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter, StringConverter

from reader import feeds, media, sitemaps, stylesheet, views
from reader.languages import LanguageConverter


class WordsConverter(SlugConverter):
    """A slug in any script."""

    regex = r"[-\w]+"


class FileNameConverter(StringConverter):
    """The random name of a printed file; no path and no dot file."""

    regex = r"[A-Za-z0-9_-]+\.[a-z0-9]+"


register_converter(FileNameConverter, "file_name")
register_converter(LanguageConverter, "language")
register_converter(WordsConverter, "words")

urlpatterns = [
    path("", views.front, name="front"),
    path("<language:language>/", views.home, name="home"),
    path("<language:language>/story/<words:slug>/", views.story, name="story"),
    path("<language:language>/section/<words:slug>/", views.section, name="section"),
    path("<language:language>/section/<words:slug>/feed.atom", feeds.section_feed, name="section_feed"),
    path("<language:language>/tag/<words:slug>/", views.tag, name="tag"),
    path("<language:language>/corrections/", views.corrections, name="corrections"),
    path("<language:language>/corrections/feed.atom", feeds.corrections_feed, name="corrections_feed"),
    path("<language:language>/feed.atom", feeds.edition_feed, name="feed"),
    path("media/<file_name:name>", media.media, name="media"),
    path("paper-<slug:version>.css", stylesheet.style_sheet, name="style_sheet"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
