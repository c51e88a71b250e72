"""A pull by the gate is told to every editor by e-mail, once, with an address of the desk and nothing else."""

import logging
from smtplib import SMTPServerDisconnected

import psycopg
import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from articles import alarms, confirming, publishing
from articles.models import Article, Pull, PullTold
from newsroom.settings import environment
from newsroom.settings.environment import WrongSetting
from tests.desks import at_the_desk, page_of
from tests.factories import Desk, StaffFactory

LOCAL = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


class Deaf(EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("copper heron")


@pytest.fixture
def desk(committed_db, settings):
    settings.MAILERS = LOCAL
    settings.DESK_ADDRESS = "https://desk.paper.example"
    mail.outbox = []
    desk = Desk()
    for person in (desk.reporter, desk.editor, desk.chief):
        person.email = f"{person.username}@paper.example"
        person.save()
    return desk


def printed(desk, headline="Rice is dearer", source=None):
    story = desk.article(headline=headline)
    fact = desk.fact(story, f"{headline}, says everyone.", sources=[source or desk.source(), desk.source()])
    desk.published(story)
    return story, fact


def test_it_works(desk):
    story, fact = printed(desk)
    confirming.dispute(fact, by=desk.other_editor, reason="They saw otherwise.")
    assert sorted(to for message in mail.outbox for to in message.to) == ["chief@paper.example", "editor@paper.example"]
    message = mail.outbox[0]
    assert message.subject == "A story was taken off the site"
    assert f"https://desk.paper.example{page_of(story)}" in message.body
    whole = message.message().as_string()
    for secret in (story.headline, story.slug, fact.statement, "They saw otherwise", "unlikely alias"):
        assert secret not in whole
    assert PullTold.objects.count() == 1


def test_one_message_tells_of_all_that_one_act_took_off(desk):
    source = desk.source()
    stories = [printed(desk, headline, source)[0] for headline in ("Rice", "Coal", "Salt")]
    client = at_the_desk(desk.other_editor)
    address = f"/desk/sources/source/{source.pk}/vetting/"
    asked = client.post(address, {"standing": "discredited", "reason": "She lied."})
    assert mail.outbox == []
    client.post(address, {"standing": "discredited", "reason": "She lied.", "falls_shown": asked.context["shown"]})
    assert len(mail.outbox) == 2
    assert mail.outbox[0].subject == "3 stories were taken off the site"
    assert all(page_of(story) in mail.outbox[0].body for story in stories)


def test_each_is_told_in_her_own_language(desk):
    desk.chief.interface_language = "ko"
    desk.chief.save()
    assert {listener.interface_language for listener in alarms.listeners()} == {"en", "ko"}


def test_a_pull_is_told_once(desk):
    _, fact = printed(desk)
    confirming.dispute(fact, by=desk.editor, reason="No.")
    told = len(mail.outbox)
    assert alarms.tell_editors() == 0
    desk.fact(desk.article())
    assert len(mail.outbox) == told == 2


def test_who_pulls_by_hand_needs_no_telling(desk):
    story, _ = printed(desk)
    publishing.pull(story.printings.get().publication, by=desk.reporter, reason="A face.")
    assert mail.outbox == []


def test_a_mail_server_that_is_away_fails_no_act_and_is_tried_again(desk, settings, caplog):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Deaf"}}
    _, fact = printed(desk)
    with caplog.at_level(logging.ERROR):
        confirming.dispute(fact, by=desk.editor, reason="No.")
    assert Pull.objects.exists() and not PullTold.objects.exists()
    assert "could not be told of a pull (NotTold)" in caplog.text
    assert "copper heron" not in caplog.text and "paper.example" not in caplog.text
    settings.MAILERS = LOCAL
    confirming.state(Article.objects.first(), "Something else.", kind="event", by=desk.reporter)
    assert PullTold.objects.count() == 1 and len(mail.outbox) == 2


def test_the_timer_tells_of_pulls_that_came_otherwise(desk, desk_sql, capsys):
    _, fact = printed(desk)
    desk_sql.execute(
        "INSERT INTO articles_verdict (wording_id, ruling, by_id, at, reason, seen) VALUES (%s, 'disputed', %s, now(), 'No.', '{}')",
        [fact.wording.pk, desk.editor.pk],
    )
    assert Pull.objects.exists() and mail.outbox == []
    call_command("tell_editors")
    call_command("tell_editors")
    assert len(mail.outbox) == 2
    assert capsys.readouterr().out.split("\n")[:2] == ["Told of 1.", "Told of 0."]


def test_the_timer_says_what_it_lacks(desk, settings):
    del settings.MAILERS
    with pytest.raises(CommandError, match="NEWSROOM_MAIL_URL"):
        call_command("tell_editors")
    settings.MAILERS = LOCAL
    type(desk.chief).objects.update(email="")
    with pytest.raises(CommandError, match="No editor"):
        call_command("tell_editors")


def test_a_closed_account_and_a_reporter_hear_nothing(desk):
    StaffFactory(roles=["editor"], email="gone@paper.example", is_active=False)
    assert [listener.username for listener in alarms.listeners()] == ["editor", "chief"]


def test_the_record_of_what_was_told_never_changes(desk, owner_sql):
    _, fact = printed(desk)
    confirming.dispute(fact, by=desk.editor, reason="No.")
    with pytest.raises(psycopg.DatabaseError, match="only added to"):
        owner_sql.execute("DELETE FROM articles_pulltold")


def test_the_chief_editor_is_told_that_nobody_is(desk, settings):
    words = "Nobody is told of a pull by e-mail"
    assert words not in at_the_desk(desk.chief).get("/desk/").text
    del settings.MAILERS
    assert words in at_the_desk(desk.chief).get("/desk/").text
    assert words not in at_the_desk(desk.editor).get("/desk/").text


@pytest.mark.parametrize(
    ("url", "options"),
    [
        (
            "smtps://me%40mail:p%20w@mail.example",
            {"port": 465, "use_ssl": True, "username": "me@mail", "password": "p w"},
        ),
        ("smtp://mail.example:2525", {"port": 2525, "use_tls": True, "username": ""}),
        ("smtp+plain://localhost", {"port": 25}),
    ],
)
def test_a_mail_server_is_read_from_the_environment(monkeypatch, url, options):
    monkeypatch.setenv("NEWSROOM_MAIL_URL", url)
    found = environment.mail_server("NEWSROOM_MAIL_URL")
    assert found is not None and options.items() <= found.items()
    assert ("use_ssl" in found, "use_tls" in found) == (url.startswith("smtps"), url.startswith("smtp:"))


@pytest.mark.parametrize(
    "url", ["https://mail.example", "smtp+plain://mail.example", "smtp://", "smtps://mail.example:x"]
)
def test_a_wrong_mail_server_stops_the_start(monkeypatch, url):
    monkeypatch.setenv("NEWSROOM_MAIL_URL", url)
    with pytest.raises(WrongSetting, match="NEWSROOM_MAIL_URL"):
        environment.mail_server("NEWSROOM_MAIL_URL")


def test_without_a_mail_server_nothing_is_set(monkeypatch):
    monkeypatch.delenv("NEWSROOM_MAIL_URL", raising=False)
    assert environment.mail_server("NEWSROOM_MAIL_URL") is None
