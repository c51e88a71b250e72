"""The desk's screens for stories."""

from articles.admin.documents import DocumentAdmin
from articles.admin.facts import FactAdmin
from articles.admin.newsroom import BylineAdmin, PolicyAdmin, SectionAdmin
from articles.admin.sources import SourceOnTheDesk
from articles.admin.story import StoryAdmin

__all__ = ["BylineAdmin", "DocumentAdmin", "FactAdmin", "PolicyAdmin", "SectionAdmin", "SourceOnTheDesk", "StoryAdmin"]
