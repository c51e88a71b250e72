"""Whatever anybody opens, asks for or sends at the desk: of a source she sees what this table says, and no more."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from sources.looking import note_look
from sources.models import Look
from staff.guests import PASSKEY, SEEN
from tests.crawling import crawl, pages
from tests.desks import at_the_desk
from tests.marked import MARKS, Marked, marked_newsroom

pytestmark = pytest.mark.django_db

# yes: she sees it where she needs it. may: she may, and need not. A point: never, on no page.
#
# The name of a source's contact reporter stands for editors where it says who recorded the source's word: they judge it.
# An account has a page for the chief editor, and places and circles are lists without sources: see FRAMES.
TABLE = """
                          | not hers | contact | deputy | editor | said why | chief | photos | moderator | guest | nobody | superuser
alias                     | yes      | yes     | yes    | yes    | yes      | yes   | .      | .         | .     | .      | yes
place in print            | .        | yes     | yes    | yes    | yes      | yes   | .      | .         | .     | .      | .
circle                    | .        | yes     | yes    | yes    | yes      | yes   | .      | .         | .     | .      | .
month of a talk           | .        | may     | may    | yes    | yes      | yes   | .      | .         | .     | .      | .
why she was confirmed     | .        | yes     | yes    | yes    | yes      | yes   | .      | .         | .     | .      | .
contact reporter          | .        | yes     | yes    | yes    | yes      | yes   | .      | .         | .     | .      | .
safety                    | .        | yes     | yes    | .      | yes      | .     | .      | .         | .     | .      | .
day of a talk             | .        | yes     | yes    | .      | yes      | .     | .      | .         | .     | .      | .
how they spoke            | .        | yes     | yes    | .      | yes      | .     | .      | .         | .     | .      | .
deputy                    | .        | yes     | yes    | .      | yes      | may   | .      | .         | .     | .      | .
who looked and why        | .        | yes     | yes    | .      | yes      | yes   | .      | .         | .     | .      | .
who spoke with her before | .        | may     | may    | .      | may      | may   | .      | .         | .     | .      | .
a person of a story       | .        | may     | .      | .      | .        | may   | .      | .         | .     | .      | .
what is sealed            | .        | .       | .      | .      | .        | .     | .      | .         | .     | .      | .
fingerprints              | .        | .       | .      | .      | .        | .     | .      | .         | .     | .      | .
"""
WHO = {
    "not hers": "reporter",
    "contact": "contact",
    "deputy": "deputy",
    "editor": "editor",
    "said why": "editor who said why",
    "chief": "chief editor",
    "photos": "photo editor",
    "moderator": "moderator",
    "guest": "guest",
    "nobody": "",
    "superuser": "superuser",
}
HEAD, *LINES = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip("\n").splitlines()]
MAY = {who: {line[0]: line[n] for line in LINES} for n, who in enumerate(HEAD) if who}

# The screens of the desk's own tables, each with its list, its pages for a new row, a change, an end and a history.
SCREENS = {
    "staff_guest",
    "staff_user",
    "sources_look",
    "sources_place",
    "sources_circle",
    "sources_source",
    "sources_keeper",
    "sources_protectedperson",
    "photos_photo",
    "articles_document",
    "articles_fact",
    "articles_section",
    "articles_byline",
    "articles_policy",
    "articles_article",
}
# Every other page.
PAGES = {
    "": "to the desk",
    "healthz": "whether the house stands",
    "admin:index": "the front of the desk",
    "admin:app_list": "one room of the desk",
    "desk/(?P<url>.*)$": "any other address",
    "admin:login": "the door",
    "admin:logout": "the door",
    "admin:locked": "the cover of an unattended screen",
    "admin:language": "her language",
    "admin:password_change": "her password",
    "admin:password_change_done": "her password",
    "admin:autocomplete": "choosing among many",
    "admin:jsi18n": "words for scripts",
    "admin:staff_guest_link": "a guest's registration link",
    "admin:auth_user_password_change": "a new password for an account",
    "admin:staff_user_handing_over": "handing over whatever somebody answers for",
    "admin:sources_source_vetting": "a source's standing",
    "admin:sources_source_staggers": "stories that leave print one by one",
    "admin:sources_source_more": "more of a source than a confirmation needs",
    "admin:sources_source_handing_over": "giving a source to another reporter",
    "admin:sources_source_exposure": "what was printed of a source",
    "admin:sources_source_forgetting": "forgetting a source",
    "admin:sources_person_forgetting": "forgetting a person of a story",
    "admin:sources_keeper_agreement": "agreeing to a keeper",
    "admin:sources_keeper_end": "ending a keeper",
    "admin:sources_keeper_export": "all that is sealed, for a keeper",
    "admin:sources_keeper_resealed": "what a keeper sealed anew",
    "sealing:source": "sealing what identifies a source",
    "sealing:source_export": "what is sealed of a source, for a keeper",
    "sealing:people": "protecting somebody in a story",
    "sealing:person": "sealing what identifies a person of a story",
    "sealing:person_export": "what is sealed of a person of a story, for a keeper",
    "admin:staff_user_factor_reset": "an account's second factor",
    "admin:staff_user_sessions_ending": "where an account is logged in",
    **dict.fromkeys(
        (
            f"doors:{name}"
            for name in [
                "home",
                "second_step",
                "new_factor",
                "codes",
                "passkey_ending",
                "app_ending",
                "other_sessions_ending",
                "session_ending",
            ]
        ),
        "her own way in",
    ),
    "photos:original_destruction": "a photo's file",
    "admin:articles_fact_confirmations": "recording what a fact rests on",
    "photos:preview": "a photo",
    "guest_door:sign_in": "the guests' door",
    "guest_door:sign_out": "the guests' door",
    "guest_door:registration": "the guests' door",
    "guests:home": "the guests' room",
    "guests:proof": "a proof for a guest",
    "guests:picture": "a picture for a guest",
    "guests:signature": "a guest's signature",
    **dict.fromkeys(
        (
            f"articles:{name}"
            for name in [
                "proofs",
                "proof",
                "sign_off",
                "coverage",
                "overrides",
                "override_agreement",
                "history",
                "invitations",
                "publication",
                "pull",
                "release",
                "withdrawal",
                "holds",
                "lifting",
                "in_print",
                "pull_printed",
                "release_printed",
                "withdraw_printed",
                "stagger_agreement",
                "versions",
                "version",
                "comparison",
                "rendering",
                "verdict",
                "dropping",
                "waiver",
                "waiver_agreement",
                "recording",
                "document_copy",
                "taking_back",
                "agreement",
                "attribution",
                "known_to",
                "discretions",
                "discretion_agreement",
            ]
        ),
        "a story",
    ),
}
STOCK = ("changelist", "add", "history", "delete", "change")
# Lists without sources: what stands on them is tied to no alias.
FRAMES = {
    "place in print": ("admin:sources_place_", "desk/sources/place/"),
    "circle": ("admin:sources_circle_", "desk/sources/circle/"),
    "contact reporter": ("admin:staff_", "admin:auth_", "admin:articles_byline_", "desk/staff/"),
    "deputy": ("admin:staff_", "admin:auth_", "admin:articles_byline_", "desk/staff/"),
    "who spoke with her before": ("admin:staff_", "admin:auth_", "admin:articles_byline_", "desk/staff/"),
}
# Files for a keeper's own machine: closed envelopes, for who may take them there.
ENVELOPES = {
    "sealing:source_export": {"contact", "deputy"},
    "sealing:person_export": {"contact", "deputy"},
    "admin:sources_keeper_export": {"chief"},
}
# What may be tried behind any address.
BESIDES = [
    "_popup=1",
    "_to_field=id",
    "_to_field=alias",
    "_to_field=safety",
    "_facets=True&all=&p=0",
    "_changelist_filters=safety%3Dout_of_contact",
    "e=1&o=1.-2.3.-4",
    "q=Zzyzxville",
    "q=Qontakt",
    "q=obsidian",
    "q=out_of_contact",
    "coverage=1&source=1&next=/desk/",
]


@pytest.fixture
def newsroom(settings, tmp_path) -> Marked:
    settings.PRIVATE_MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT = tmp_path / "private", tmp_path / "public"
    return marked_newsroom()


def as_whom(newsroom: Marked, who: str) -> Client:
    person = newsroom.people.get(WHO[who])
    if person is None:
        return Client()
    client = at_the_desk(person)
    if who == "said why":
        note_look(newsroom.source, Look.What.MORE, by=person, why="To know how near she was")
    if who == "guest":
        session = client.session
        session[PASSKEY], session[SEEN] = newsroom.passkey.pk, int(time.time())
        session.save()
    return client


def test_every_page_of_the_desk_stands_in_this_test():
    stock = {f"admin:{screen}_{name}" for screen in SCREENS for name in STOCK}
    plain = {f"desk/{screen.replace('_', '/', 1)}/<path:object_id>/" for screen in SCREENS}
    known = set(PAGES) | stock | plain
    new = {page: route for page, route in pages().items() if page not in known}
    assert not new, (
        "The desk has pages that this test does not know. Say in PAGES what each is for, give tests/crawling.py its rows if "
        f"it has any in its address, and see what this test says of what stands on it: {new}"
    )
    gone = known - set(pages())
    assert not gone, f"These pages are gone; take them out of this test: {gone}"


def test_the_table_speaks_of_every_mark_and_everybody():
    assert {line[0] for line in LINES} == set(MARKS)
    assert set(MAY) == set(WHO)


@pytest.mark.parametrize("who", WHO)
def test_she_sees_what_the_table_says_and_no_more(newsroom, who):
    client = as_whom(newsroom, who)
    where: dict[str, set[str]] = {mark: set() for mark in MARKS}
    opened, number = set(), 0
    for seen in crawl(client, newsroom, besides=BESIDES):
        number += 1
        if seen.status == 200:
            opened.add(seen.page)
        for mark in seen.marks:
            if mark == "what is sealed" and who in ENVELOPES.get(seen.page, ()):
                continue
            if not seen.page.startswith(FRAMES.get(mark, ("-",))):
                where[mark].add(f"{seen.page} {seen.address}")
    told = {mark: sorted(places)[:6] for mark, places in where.items() if places and MAY[who][mark] == "."}
    assert not told, f"She is told what is not hers ({number} requests): {told}"
    missing = [mark for mark, places in where.items() if MAY[who][mark] == "yes" and not places]
    assert not missing, f"She needs this and finds it nowhere: {missing}"
    assert number > 250
    # Nobody sees nothing because the doors were shut to her.
    assert len(opened) > {"nobody": 1, "guest": 1, "moderator": 5, "photos": 15}.get(who, 20), opened
