"""Whatever a browser sends to an act, the desk answers: with the page, a sentence, or a refusal, and never a 500."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles import confirming, holding, knowledge, overriding
from articles.coverage import coverage_of
from articles.covering import sentences_in
from articles.models import Confirmation, Policy, Stagger
from articles.urls import urlpatterns
from tests.desks import at_the_desk
from tests.factories import Desk, DocumentFactory, StaffFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
TOMORROW = (dt.datetime.now(dt.UTC) + DAY).strftime("%Y-%m-%dT%H:%M")
WRONG = [
    "",
    " ",
    "x",
    "²",
    "-1",
    "1e9",
    "9" * 18,
    "9" * 30,
    "\0",
    "a\0b",
    "2026-13-45T99:99",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "“쌀" * 170_000,  # a megabyte
]
# A word of an act on a sentence, and what is wrong with what follows.
SAID = ["fact ", "untie ", "earlier ", "context ", "event ", ""]
# What each act is sent when all is well.
SENT = {
    "holds": {"kind": "embargo", "until": TOMORROW, "reason": "By agreement."},
    "lifting": {"reason": "Out elsewhere."},
    "overrides": {"until": TOMORROW, "reason": "A flood.", "printed_reason": "A flood."},
    "invitations": {"guest": "1", "until": TOMORROW},
    "publication": {"when": "at", "at": TOMORROW, "falls_shown": ""},
    "verdict": {"ruling": "confirmed", "reason": "So.", "next": "/desk/"},
    "attribution": {"rung": "1 source", "next": "/desk/"},
    "known_to": {"who": "meeting", "next": "/desk/"},
    "discretions": {"remedy": "rounded", "reason": "So.", "next": "/desk/"},
    "waiver": {"reason": "So.", "printed_reason": "One witness.", "next": "/desk/"},
    "vetting": {"standing": "discredited", "reason": "She lied.", "falls_shown": ""},
    "staggers": {"standing": "discredited", "reason": "She lied.", "last_day": TOMORROW[:10]},
    "confirmations": {
        "basis": "source",
        "source": "1",
        "how": "saw",
        "talk": "1",
        "talk_date": "2026-05-02",
        "talk_medium": "call",
        "told_by": "1",
        "document": "1",
        "photo": "1",
        "earlier": "1",
    },
}
ANY = {"reason": "So.", "next": "/desk/", "falls_shown": ""}
ASKED = ["q", "page", "before", "after", "coverage", "source", "document", "photo"]
ELSEWHERE = ["articles_fact_confirmations", "sources_source_vetting", "sources_source_staggers"]


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def keys(desk, one_moment):
    """A story with something of everything, and the keys by which the addresses name it."""
    desk.agree(guests_sign=True)
    guest = StaffFactory(username="guest", roles=["guest signatory"], is_staff=False)
    source = desk.source()
    story = desk.article()
    fact = desk.fact(story, sources=[source])
    waiver = confirming.waive(fact, by=desk.chief, reason="One witness.", printed_reason="One witness.")
    confirming.agree_to_waiver(waiver, by=desk.editor)
    version = desk.published(story)
    other = desk.fact(story, "It snowed.", sources=[source])
    knowledge.say_who_could_know(other, "handful", by=desk.reporter)
    proposed = confirming.waive(other, by=desk.chief, reason="One witness.", printed_reason="One witness.")
    until = timezone.now() + DAY
    return {
        "story": story.pk,
        "version": version.pk,
        "number": story.proofs.get().pk,
        "fact": fact.pk,
        "hold": holding.hold(story, "embargo", until, by=desk.editor, reason="By agreement.").pk,
        "override": overriding.propose(story, by=desk.chief, reason="A.", printed_reason="A.", until=until).pk,
        "guest": guest.pk,
        "stagger": Stagger.objects.create(
            source=source, standing="discredited", reason="She lied.", last_day=until, proposed_by=desk.chief
        ).pk,
        "waiver": proposed.pk,
        "discretion": knowledge.decide(other, "printed", by=desk.chief, reason="It matters.").pk,
        "confirmation": Confirmation.objects.first().pk,
        "policy": Policy.objects.create(proposed_by=desk.chief, name_en="The Paper", name_ko="신문").pk,
        "document": DocumentFactory(archived_by=desk.reporter).pk,
        "source": source.pk,
    }


# Whose key ``pk`` is where it is not the story's, by the beginning of the address.
WHOSE = {
    "overrides/": "override",
    "holds/": "hold",
    "staggers/": "stagger",
    "facts/": "fact",
    "waivers/": "waiver",
    "discretions/": "discretion",
    "documents/": "document",
    "confirmations/": "confirmation",
    "policies/": "policy",
}


def address_of(pattern, keys) -> str:
    route = str(pattern.pattern)
    whose = next((thing for start, thing in WHOSE.items() if route.startswith(start)), "story")
    known = {"pk": keys[whose], "version": keys["version"], "fact": keys["fact"], "number": keys["number"]}
    known["source"] = keys["source"]
    if "versions" in route:
        known["number"] = 1
    return reverse(f"articles:{pattern.name}", kwargs={name: known[name] for name in pattern.pattern.converters})


def answered(client, address, data) -> int:
    """The status; nothing of it is kept. The client raises what the desk did not handle."""
    with transaction.atomic():
        response = client.post(address, data)
        transaction.set_rollback(True)
    return response.status_code


def forms_for(name, keys):
    """All fields left out; all of them wrong alike; each of them wrong among those that are right."""
    right = {field: keys.get(field, said) for field, said in SENT.get(name, ANY).items()}
    yield {}
    yield right
    for wrong in WRONG:
        yield dict.fromkeys(right, wrong)
        for field in right if len(wrong) < 1000 else ():
            yield right | {field: wrong}


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_an_act(desk, keys, pattern):
    client, address = at_the_desk(desk.chief), address_of(pattern, keys)
    for data in forms_for(pattern.name, keys):
        assert answered(client, address, data) < 500


@pytest.mark.parametrize("name", ELSEWHERE)
def test_an_act_of_another_page(desk, keys, name):
    thing = "fact" if "fact" in name else "source"
    client, address = at_the_desk(desk.editor), reverse(f"admin:{name}", args=[keys[thing]])
    for data in forms_for(name.rpartition("_")[2], keys):
        assert answered(client, address, data) < 500


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_a_page_that_is_asked(desk, keys, pattern):
    client, address = at_the_desk(desk.chief), address_of(pattern, keys)
    for wrong in WRONG[:-1]:
        assert client.get(address, dict.fromkeys(ASKED, wrong)).status_code < 500


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_an_address_with_a_number_that_nothing_has(desk, keys, pattern):
    client = at_the_desk(desk.chief)
    for number in ("0", "9" * 18, "9" * 30):
        wrong = {name: number for name in pattern.pattern.converters if name != "version"}
        version = {"version": keys["version"]} if "version" in pattern.pattern.converters else {}
        if wrong:
            assert answered(client, reverse(f"articles:{pattern.name}", kwargs=wrong | version), ANY) in (403, 404, 405)


@pytest.mark.parametrize("word", SAID)
def test_what_a_sentence_states(desk, word):
    story = desk.article()
    key = next(s.key for s in sentences_in(coverage_of(story)) if s.block == 1)
    client, address = at_the_desk(desk.editor), f"/desk/stories/{story.pk}/coverage/"
    for wrong in WRONG:
        assert answered(client, address, {f"s-{key}": word + wrong}) < 500


@pytest.mark.parametrize("hour", ["9999-12-31T23:59", "2222-01-01T00:00"])
def test_an_hour_that_no_calendar_tells(desk, hour):
    """West of Greenwich the last night of the calendar is a day that Python does not know."""
    story = desk.signed()
    client = at_the_desk(desk.editor)
    client.post(f"/desk/stories/{story.pk}/holds/", SENT["holds"] | {"until": hour})
    client.post(f"/desk/stories/{story.pk}/publication/", {"when": "at", "at": hour})
    assert not story.holds.exists() and not story.printings.exists()


@pytest.mark.parametrize("where", ["reason", "name of a field", "search", "address"])
def test_a_zero_byte_is_refused_in_words(desk, where):
    story = desk.article()
    client, address = at_the_desk(desk.editor), f"/desk/stories/{story.pk}/holds/"
    if where == "reason":
        answer = client.post(address, SENT["holds"] | {"reason": "By\0 agreement."})
    elif where == "name of a field":
        answer = client.post(address, SENT["holds"] | {"a\0b": "1"})
    elif where == "search":
        answer = client.get("/desk/stories/in-print/", {"q": "\0"})
    else:
        answer = client.get("/desk/articles/article/a%00b/change/")
    assert answer.status_code == 400 and "zero byte" in answer.text and 'class="desk-head"' in answer.text
    assert not story.holds.exists()


def test_what_came_with_a_zero_byte_is_sent_again_without(desk):
    story = desk.article()
    client = at_the_desk(desk.editor)
    answer = client.post(f"/desk/stories/{story.pk}/holds/", SENT["holds"] | {"reason": "By\0 agreement."})
    client.post(answer.context["address"], dict(answer.context["fields"]))
    assert story.holds.get().reason == "By agreement."
