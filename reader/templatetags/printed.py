"""What the templates of the paper ask for in passing: dates in words, the style sheet."""

from django import template
from django.utils.translation import pgettext

from reader import dates
from reader.stylesheet import sheet

register = template.Library()

register.filter("moment", dates.moment)
register.filter("weekday", dates.weekday)
register.filter("told", dates.told)


@register.filter
def in_a_row(names: list[dict[str, str]]) -> str:
    """Pen names as a byline has them: "A, B and C"."""
    words = [name["name"] for name in names]
    if len(words) < 2:
        return "".join(words)
    return pgettext("pen names", "%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


@register.simple_tag
def style_sheet() -> str:
    """The address of the one style sheet."""
    return sheet().address
