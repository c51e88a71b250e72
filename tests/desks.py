"""A story's form as a browser sends it, for the tests of the desk's screens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
from django.test import Client

from articles.coverage import passages_in
from articles.models import Article, Fact
from articles.shown import digest_of
from staff.models import User


def at_the_desk(user: User) -> Client:
    """A browser in which this person is logged in. It raises what the desk did not handle."""
    client = Client()
    client.force_login(user)
    return client


def at_once(*posts: tuple[Client, str, Any]) -> list[Any]:
    """The answers to posts that start together, each on a connection of its own."""
    start = Barrier(len(posts))

    def send(post: tuple[Client, str, Any]) -> Any:
        client, address, data = post
        try:
            start.wait()
            return client.post(address, data)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(send, posts))


def page_of(article: Article) -> str:
    return f"/desk/articles/article/{article.pk}/change/"


def fields_of(response: Any) -> dict[str, str]:
    """Everything that the story's form would send if Save were clicked at once."""
    form = response.context["adminform"].form
    data = _sent(form)
    for inline in response.context["inline_admin_formsets"]:
        data |= _sent(inline.formset.management_form)
        for row in inline.formset.forms:
            data |= _sent(row)
    return data


def as_shown(fact: Fact, edition: Article | None = None) -> dict[str, str]:
    """What the forms on a fact's card send of what it shows at this moment. ``edition``: the translation it stands by."""
    wording = fact.wording
    assert wording is not None
    standing = wording.confirmations.filter(taken_back=None).values_list("pk", flat=True)
    sent = {"wording": str(wording.pk), "rests_on": " ".join(map(str, standing))}
    if edition is not None:
        edition.refresh_from_db(fields=["coverage"])
        sent["rendered"] = digest_of(passages_in(edition.coverage or []).get(fact.pk))
    return sent


def _sent(form: Any) -> dict[str, Any]:
    sent = {}
    for field in form:
        value = _plain(field, field.value())
        if value is None or value is False:
            continue
        sent[field.html_name] = value
        if field.field.show_hidden_initial:
            opened_with = form.data.get(field.html_initial_name) if form.is_bound else None
            if opened_with is not None and hasattr(form.data, "getlist") and isinstance(value, list):
                opened_with = form.data.getlist(field.html_initial_name)
            sent[field.html_initial_name] = _plain(field, field.initial) if opened_with is None else opened_with
    return {name: value for name, value in sent.items() if value is not None}


def _plain(field: Any, value: Any) -> Any:
    """A value as the browser sends it."""
    if field.name == "tags" and value is not None and not isinstance(value, str):
        return ", ".join(tag.name for tag in value)
    if isinstance(value, list | tuple) or (hasattr(value, "__iter__") and not isinstance(value, str)):
        return [str(getattr(each, "pk", each)) for each in value]
    if getattr(field.field.widget, "input_type", "") == "date":
        return field.field.widget.format_value(value)
    return value


def said(response: Any) -> str:
    """The messages on the page that came back."""
    return " ".join(str(message) for message in response.context["messages"])
