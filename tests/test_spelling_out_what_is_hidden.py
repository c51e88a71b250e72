"""No parameter of an address spells out a hidden column: no look-up, order, search, key or choice among many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from staff.desk import DeskModelAdmin
from tests.desks import at_the_desk
from tests.marked import MARKS, marked_newsroom

pytestmark = pytest.mark.django_db

# By what a list may be narrowed: each is a filter that stands on the page.
FILTERS = {
    "article": {"stage", "language", "section__id__exact", "section", "section__exact", "section__isnull"},
    "look": {"what"},
    "photo": set(),
    "place": {"kind"},
    "source": {"standing"},
    "user": {"role"},
}
LOOK_UPS = ["", "__exact", "__startswith", "__regex", "__isnull", "__in", "__gt", "__year", "__id__exact", "__range"]


@pytest.fixture
def newsroom(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT = tmp_path / "private", tmp_path / "public"
    return marked_newsroom()


def screens() -> dict[str, ModelAdmin]:
    return {f"{m._meta.app_label}_{m._meta.model_name}": screen for m, screen in admin.site._registry.items()}


def paths(model: type[models.Model], depth: int = 3) -> Iterator[str]:
    """Every way from a table to a column, through whatever ties it to others, in both directions."""
    for field in model._meta.get_fields(include_hidden=False):
        name = field.name
        if isinstance(field, models.ForeignObjectRel):
            name = field.field.related_query_name()
        yield name
        related = field.related_model
        if depth > 1 and isinstance(related, type):
            for further in paths(related, depth - 1):
                yield f"{name}__{further}"


def test_every_screen_of_the_desk_is_one_of_ours():
    assert {name for name, screen in screens().items() if not isinstance(screen, DeskModelAdmin)} == set()


@pytest.mark.parametrize("name", sorted(screens()))
def test_no_list_is_narrowed_by_what_does_not_stand_on_it(name):
    screen = screens()[name]
    request = RequestFactory().get("/")
    request.user = marked_user()
    opened, tried = set(), 0
    for path in paths(screen.model):
        for look_up in LOOK_UPS:
            tried += 1
            if screen.lookup_allowed(path + look_up, "x", request):
                opened.add(path + look_up)
    short = {re.sub("__(exact|isnull|id__exact)$", "", path) for path in opened}
    allowed = {re.sub("__(exact|isnull|id__exact)$", "", path) for path in FILTERS.get(screen.opts.model_name, ())}
    assert short <= allowed, f"{name}: {tried} look-ups were tried, and these open a column: {short - allowed}"
    assert tried > 100


def marked_user() -> Any:
    from tests.factories import StaffFactory

    return StaffFactory(is_superuser=True, roles=["moderator"])


@pytest.mark.parametrize("who", ["reporter", "editor", "superuser"])
def test_a_list_answers_no_question_about_a_hidden_column(newsroom, who):
    client = at_the_desk(newsroom.people[who])
    asked = 0
    for name, screen in screens().items():
        address = reverse(f"admin:{name}_changelist")
        if client.get(address).status_code != 200:
            continue
        ways = (
            list(paths(screen.model, 1))
            + [p for p in paths(screen.model, 2) if re.search("source|talk|contact|deputy|alias|safety|place|user", p)][
                :12
            ]
        )
        for path in ways:
            if path in FILTERS.get(screen.opts.model_name, ()):
                continue
            answers = {client.get(address, {f"{path}__{how}": "o"}).status_code for how in ("startswith", "isnull")}
            asked += 1
            assert answers == {400}, f"{address}?{path}__…"
    assert asked > 30


@pytest.mark.parametrize("who", ["reporter", "editor", "superuser"])
def test_no_order_tells_a_hidden_column(newsroom, who):
    """Her sources' safety and place are told to their reporter alone: the list is not ordered by them."""
    client = at_the_desk(newsroom.people[who])
    for n in range(4):
        newsroom.desk.source(
            alias=f"{'dbac'[n]} bird{n}",
            safety=["safe", "at_risk", "in_danger", "safe"][n],
            place=newsroom.source.place,
        )
    orders = set()
    for column in range(-6, 7):
        page = client.get("/desk/sources/source/", {"o": str(column)}).text
        orders.add(tuple(re.findall(r"/desk/sources/source/(\d+)/change/", page)))
    rows = list(newsroom.source.__class__.objects.values("pk", "alias", "standing"))
    alias = [str(r["pk"]) for r in sorted(rows, key=lambda r: r["alias"])]
    for order in orders:
        standing = [next(r["standing"] for r in rows if str(r["pk"]) == pk) for pk in order]
        by_standing = standing in (sorted(standing), sorted(standing, reverse=True))
        assert list(order) in (alias, alias[::-1]) or by_standing
    assert len(orders) <= 4


@pytest.mark.parametrize("who", ["reporter", "editor", "superuser", "chief editor"])
def test_no_search_finds_her_by_what_is_hidden(newsroom, who):
    client, asked = at_the_desk(newsroom.people[who]), 0
    for name in screens():
        for mark, words in MARKS.items():
            for word in words if mark != "alias" else ():
                page = client.get(reverse(f"admin:{name}_changelist"), {"q": word})
                asked += page.status_code == 200
                if page.status_code == 200 and name != "sources_look":
                    assert "violet anchor" not in page.text, f"{name}: {word}"
    assert asked > 60


@pytest.mark.parametrize("who", ["reporter", "photo editor", "moderator", "superuser", "editor"])
def test_no_choice_among_many_tells_more_than_its_list(newsroom, who):
    """Every field of every table that leads to another, asked of the desk's finder as a script would."""
    client, answered = at_the_desk(newsroom.people[who]), 0
    for model in apps.get_models():
        for field in model._meta.get_fields(include_hidden=True):
            if not field.is_relation:
                continue
            for term in ("", "violet", "Zzyzxville", "out_of_contact", "Qontakt", "obsidian"):
                answer = client.get(
                    "/desk/autocomplete/",
                    {
                        "app_label": model._meta.app_label,
                        "model_name": model._meta.model_name,
                        "field_name": field.name,
                        "term": term,
                    },
                )
                assert answer.status_code in (200, 403, 404)
                if answer.status_code != 200:
                    break
                answered += 1
                told = {each["text"] for each in answer.json()["results"]}
                if not any("violet" in each for each in told):
                    continue
                # Of her the finder says alias and standing, to whom the list says it; found by nothing but the alias.
                assert term in ("", "violet") and who in ("reporter", "superuser", "editor")
                assert {each for each in told if "violet" in each} == {"violet anchor · confirmed"}
                assert (field.name, who) != ("source", "reporter")
    assert answered >= {"photo editor": 0, "moderator": 0}.get(who, 6)


@pytest.mark.parametrize("who", ["reporter", "editor", "superuser"])
def test_no_key_is_a_hidden_column(newsroom, who):
    client = at_the_desk(newsroom.people[who])
    page = f"/desk/sources/source/{newsroom.source.pk}/change/"
    for field in newsroom.source._meta.get_fields():
        for address in ("/desk/sources/source/", page, "/desk/sources/source/add/"):
            answer = client.get(address, {"_to_field": field.name, "_popup": "1"})
            assert answer.status_code == (400 if field.name != "id" else 200), f"{address} {field.name}"
    # Nor is she found under one.
    for guess in ("violet anchor", "out_of_contact", newsroom.source.alias.replace(" ", "%20")):
        assert client.get(f"/desk/sources/source/{guess}/change/").status_code in (302, 404)
