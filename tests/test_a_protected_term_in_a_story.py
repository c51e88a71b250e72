"""A protected term typed into a story: the gate keeps it, its contact reporter reads where, nobody else reads anything."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles import confirming, coverage, covering, holding, publishing
from articles.gate import Blocked, GateError, blockers, first_blockers
from articles.leaks import told_of
from articles.models import Article, Leak, Wording
from articles.proofing import ask_for_review
from articles.scanning_anew import scan_anew
from articles.signing import sign_off
from reader.models import Publication
from sources import protecting
from sources.answering import MOST_ANSWERS
from sources.models import ProtectedPerson, ProtectedTerm, ScanAnswer
from sources.protecting import TypedTerm, fingerprints, protect
from sources.vetting import VettingRefused, vet
from staff.models import User
from tests.desks import at_the_desk, fields_of, page_of
from tests.factories import Desk, StaffFactory

NAME = "김철수"
TYPED = [TypedTerm("name", NAME), TypedTerm("name", "Kim Chol-su"), TypedTerm("number", "010-2345-6789")]
ASK = "A protected term stands in the story. Ask the desk’s keeper."


@pytest.fixture
def desk(committed_db) -> Desk:
    return Desk()


def protected(desk: Desk, typed=TYPED, **of) -> ProtectedPerson:
    """A source of the reporter's, or somebody in a story, whose words are kept as fingerprints."""
    person = ProtectedPerson.objects.create(**(of or {"source": desk.source()}))
    protect(person, fingerprints(typed), by=desk.reporter)
    return person


def colleague() -> User:
    return StaffFactory(username="colleague", roles=["reporter"])


def save(user: User, article: Article, **typed: str):
    """Opens a story, types and saves it."""
    client = at_the_desk(user)
    data = fields_of(client.get(page_of(article)))
    return client.post(page_of(article), data | typed, follow=True)


def codes(article: Article) -> set[str]:
    return {blocker.code for blocker in blockers(article)}


def test_it_keeps_the_story_and_tells_where_to_its_reporter_alone(desk):
    protected(desk)
    article, other = desk.article(), colleague()
    body = f"<p>쌀값이 올랐다.</p><p>둘째 문단.</p><p>그날 {NAME}에게서 들었다.</p>"
    page = save(other, article, body=body).content.decode()
    assert "protected_term" in codes(article)
    assert ASK in page
    assert "paragraph 3" not in page
    hers = at_the_desk(desk.reporter).get(page_of(article)).content.decode()
    assert "A protected term of one of your sources stands in paragraph 3. Take it out, and save the story." in hers
    assert ASK not in hers, "she is told where, and has nobody to ask"
    assert hers.index("Take it out") < hers.index("The story states no fact"), "before all that is lacking besides"
    front = reverse("admin:index")
    assert first_blockers([article])[article.pk].sentence == ASK
    assert "paragraph 3" in at_the_desk(desk.reporter).get(front).content.decode()
    for user in (other, desk.editor, desk.chief):
        assert "paragraph 3" not in at_the_desk(user).get(front).content.decode()
    leak = Leak.objects.get()
    assert (leak.by, leak.places) == (other, ["block 3"])
    save(other, article, body="<p>쌀값이 올랐다.</p>")
    assert "protected_term" not in codes(article)
    leak.refresh_from_db()
    assert leak.gone_at, "closed, and kept"


def test_a_deputy_is_told_too_and_of_a_person_in_a_story_who_protects_her(desk):
    deputy = colleague()
    protected(desk, source=desk.source(deputy=deputy))
    protected(desk, [TypedTerm("name", "Ri Yong-hui")], alias="quiet lamp", contact_reporter=desk.editor)
    article = desk.article(standfirst=f"{NAME} and Ri Yonghui")
    save(desk.reporter, article, dateline="Hoeryong")
    assert [told.sentence for told in told_of(deputy, article)] == [
        "A protected term of one of your sources stands in the standfirst."
    ]
    assert [told.sentence for told in told_of(desk.editor, article)] == [
        "A protected term of somebody you protect stands in the standfirst."
    ]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"headline": f"{NAME}의 편지"}, "headline"),
        ({"label": "KIM CHOLSU"}, "label"),
        ({"slug": "talk-with-kim-chol-su"}, "slug"),
        ({"dateline": f"회령, {NAME}"}, "dateline"),
        ({"tags": f"rice, {NAME}"}, "tags"),
        ({"body": '<p>Read <a href="https://t.example/kim_cholsu">this</a>.</p>'}, "block 1"),
        ({"body": f"<p>{NAME[0]}<strong>{NAME[1:]}</strong></p>"}, "block 1"),
        ({"body": "<p>Call +82 10 2345 6789</p>"}, "block 1"),
        (
            {
                "related_links-TOTAL_FORMS": "1",
                "related_links-0-kind": "related",
                "related_links-0-url": "https://paper.example/kim-chol-su",
                "related_links-0-title": "A letter",
                "related_links-0-after_paragraph": "0",
            },
            "link 1",
        ),
    ],
)
def test_every_place_is_scanned_when_it_is_saved(desk, typed, place):
    protected(desk)
    article = desk.article()
    save(desk.reporter, article, **typed)
    assert [leak.places for leak in Leak.objects.filter(gone_at=None)] == [[place]]


def test_a_fact_never_takes_one_into_its_wording(desk):
    """A wording is kept for ever, beside the alias of who told it: what is refused here nobody can read there."""
    article = desk.article()
    fact = confirming.state(article, "A man was taken.", kind="event", by=desk.reporter)
    protected(desk)
    for act in (
        lambda: confirming.state(article, f"{NAME} was taken.", kind="event", by=desk.reporter),
        lambda: confirming.reword(fact, "Kim Chol-su was taken.", kind="event", by=desk.reporter),
    ):
        with pytest.raises(GateError, match="stay on record"):
            act()
    save(desk.reporter, article, body=f"<p>{NAME} was taken.</p>")
    article.refresh_from_db()
    [sentence] = [s for s in covering.sentences_in(coverage.coverage_of(article)) if s.block]
    with pytest.raises(GateError, match="stay on record"):
        covering.cover(article, {sentence.key: "event"}, by=desk.reporter)
    assert [w.text for w in Wording.objects.all()] == ["A man was taken."]
    assert NAME in article.body, "the working copy is kept back, and mended"


def test_a_statement_with_one_comes_back_as_it_was_typed(desk):
    protected(desk)
    article = desk.article()
    fact = confirming.state(article, "A man was taken.", kind="event", by=desk.reporter)
    on_the_story = save(desk.reporter, article, **{"facts-0-statement": f"{NAME} was taken."})
    page = reverse("admin:articles_fact_change", args=[fact.pk])
    client = at_the_desk(desk.reporter)
    of_its_own = client.post(page, {"kind": "event", "statement": f"{NAME} was taken."})
    for answer in (on_the_story, of_its_own):
        told = answer.content.decode()
        assert "A protected term stands in these words" in told and f"{NAME} was taken." in told
    assert fact.wordings.count() == 1


def test_one_that_was_stated_before_the_term_is_found(desk):
    article = desk.article()
    fact = confirming.state(article, f"{NAME} was taken.", kind="event", by=desk.reporter)
    protected(desk)
    save(desk.reporter, article, dateline="Hoeryong")
    assert Leak.objects.get(gone_at=None).places == ["fact 1"]
    confirming.reword(fact, "A man was taken.", kind="event", by=desk.reporter)
    assert not Leak.objects.filter(gone_at=None).exists()


def test_a_draft_of_before_the_term_is_scanned_when_it_is_opened(desk):
    article = desk.article(body=f"<p>쌀값이 올랐다.</p><p>{NAME}에게서 들었다.</p>")
    protected(desk)
    assert "protected_term" not in codes(article)
    told = at_the_desk(desk.reporter).get(page_of(article)).content.decode()
    assert "A protected term of one of your sources stands in paragraph 2." in told
    assert "protected_term" in codes(article) and not article.proofs.exists()
    leak = Leak.objects.get()
    assert (leak.places, leak.by) == (["block 2"], None)
    at_the_desk(desk.editor).get(page_of(article))
    assert Leak.objects.get() == leak, "once"


def test_no_proof_is_frozen_of_a_text_with_one(desk):
    """A proof of before the term is scanned again, and kept by the law; another of the same words is not made."""
    article = desk.signed(body="<p>Kim Cholsu told us.</p>")
    assert codes(article) == set()
    person = protected(desk)
    assert codes(article) == {"not_scanned"}
    with pytest.raises(Blocked):
        publishing.publish(article, by=desk.editor)
    before = article.proofs.get()
    with pytest.raises(GateError, match="protected term stands in the story"):
        ask_for_review(article, by=desk.reporter)
    assert article.proofs.get() == before
    assert before.checks.filter(name="leaks").last().findings == ["block 1"]
    assert codes(article) == {"protected_term"}
    with pytest.raises(Blocked):
        publishing.publish(article, by=desk.editor)
    answer = at_the_desk(desk.reporter).post(reverse("articles:proofs", args=[article.pk]), follow=True)
    assert answer.status_code == 200 and article.proofs.count() == 1
    person.delete()
    assert codes(article) == {"protected_term"}, "what was found in a proof was found"
    sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor)
    publishing.publish(article, by=desk.editor)


def test_a_clean_proof_keeps_its_signature_when_terms_are_added(desk):
    opened, published = desk.signed(), desk.signed(headline="Another")
    protected(desk)
    assert codes(opened) == codes(published) == {"not_scanned"}
    at_the_desk(desk.editor).get(page_of(opened))
    assert codes(opened) == set()
    publishing.publish(published, by=desk.editor)


def test_what_is_in_print_stays_and_its_reporter_is_told(desk):
    printed = desk.published(body="<p>Kim Cholsu told us.</p>")
    protected(desk)
    said = io.StringIO()
    call_command("scan_for_leaks", stdout=said)
    assert "1 finding stands in print" in said.getvalue()
    assert NAME not in said.getvalue() and "Kim" not in said.getvalue()
    assert Publication.objects.in_print().get() == printed
    told = told_of(desk.reporter)
    assert {(each.in_print, each.sentence) for each in told} == {
        (True, "A protected term of one of your sources stands in paragraph 1."),
        (False, "A protected term of one of your sources stands in paragraph 1."),
    }
    assert told_of(desk.editor) == []
    assert scan_anew() == 1, "as often as one likes"
    assert Leak.objects.filter(gone_at=None).count() == 2
    publishing.withdraw(printed, by=desk.chief, reason="Not ours to say")
    assert scan_anew() == 0


def test_what_waits_for_its_hour_is_stopped_when_the_term_is_kept(desk):
    hour = timezone.now() + dt.timedelta(hours=3)
    first = desk.published(headline="Rice")
    waits = publishing.publish(desk.signed(body="<p>Kim Cholsu told us.</p>"), by=desk.editor, at=hour)
    clean = publishing.publish(desk.signed(headline="Another"), by=desk.editor, at=hour)
    protected(desk)
    assert list(Publication.objects.scheduled()) == [clean]
    waits.refresh_from_db()
    assert waits.pulled_at and waits.superseded_at == waits.go_live_at, "nobody ever sees it"
    pull = waits.pulls.get()
    assert (pull.by, pull.reason, pull.causes) == (None, "", [{"code": "protected_term", "fact": None}])
    assert Publication.objects.in_print().get() == first
    assert scan_anew() == 0 and waits.pulls.count() == 1
    article = waits.printing.article
    for user in (desk.editor, desk.reporter):
        page = at_the_desk(user).get(page_of(article)).content.decode()
        assert ASK in page
        assert at_the_desk(user).get(reverse("admin:index")).status_code == 200
    with pytest.raises(Blocked):
        publishing.publish(article, by=desk.editor, at=hour)


def test_a_term_is_kept_where_what_waits_can_not_be_scanned(desk, monkeypatch):
    monkeypatch.setattr(protecting, "once_protected", [lambda: 1 / 0])
    protected(desk)
    assert ProtectedTerm.objects.exists()


def test_a_reason_that_stays_on_record_never_holds_one(desk):
    protected(desk)
    article = desk.article()
    fact = desk.fact(article)
    for act in (
        lambda: holding.hold(
            article, kind="safety", until=desk_hour(), reason=f"{NAME} is on the road", by=desk.editor
        ),
        lambda: confirming.dispute(fact, by=desk.editor, reason="Kim Chol-su says otherwise"),
        lambda: confirming.waive(fact, by=desk.chief, reason="One", printed_reason="Only Kim Cholsu saw it"),
    ):
        with pytest.raises(GateError, match="stay on record"):
            act()
    with pytest.raises(VettingRefused, match="stay on record"):
        vet(desk.source(), "discredited", by=desk.editor, reason=f"{NAME} lied")
    assert not article.holds.exists()
    assert ScanAnswer.objects.filter(by=desk.editor).count() == 3, "the act is undone, the answer is kept"


@pytest.mark.parametrize("standing", ["unconfirmed", "discredited"])
def test_a_refused_reason_about_a_source_is_not_lost(desk, standing):
    protected(desk)
    source = desk.source()
    address = reverse("admin:sources_source_vetting", args=[source.pk])
    answer = at_the_desk(desk.editor).post(address, {"standing": standing, "reason": f"{NAME} lied & left"})
    told = answer.content.decode()
    assert "A protected term stands in these words" in told
    assert told.count(f">{NAME} lied &amp; left</textarea>") == 1 and told.count('class="reasoned" open') == 1
    source.refresh_from_db()
    assert source.is_confirmed and not source.vettings.filter(standing=standing).exists()


def test_a_pull_waits_for_nothing(desk):
    protected(desk)
    printed = desk.published()
    pull = publishing.pull(printed, by=desk.editor, reason=f"{NAME} was taken")
    assert pull.reason == "(left out: a protected term stood in it)"
    assert not Publication.objects.in_print().exists()


def desk_hour():
    import datetime as dt

    from django.utils import timezone

    return timezone.now() + dt.timedelta(hours=4)


def test_a_paper_with_one_in_its_title_is_not_kept_and_nothing_typed_is_lost(desk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    protected(desk)
    client = at_the_desk(desk.reporter)
    for title, file in ((f"{NAME}의 편지", "letter.txt"), ("A letter", f"{NAME}_2024.txt")):
        page = client.post(
            reverse("admin:articles_document_add"),
            {"title": title, "archived_on": "2026-05-04", "copy": SimpleUploadedFile(file, b"Rice is dearer")},
        )
        assert page.status_code == 200
        assert "A protected term stands in these words" in page.content.decode()
        assert title in page.content.decode()
    assert ScanAnswer.objects.filter(by=desk.reporter).count() == 2


def test_who_tries_names_hears_nothing_more_after_a_dozen(desk):
    """Neither that one is there nor that none is: a text without any gets the same answer."""
    protected(desk)
    article, prober = desk.article(), colleague()
    for _try in range(MOST_ANSWERS):
        save(prober, article, headline=f"{NAME}의 편지")
        assert "protected_term" in codes(article)
        save(prober, article, headline="편지")
        assert "protected_term" not in codes(article)
    assert ScanAnswer.objects.filter(by=prober).count() == MOST_ANSWERS
    answers = set()
    for headline in (f"{NAME}의 편지", "편지", "박영희의 편지"):
        save(prober, article, headline=headline)
        answers.add(frozenset(code for code in codes(article) if code in {"protected_term", "scan_withheld"}))
    assert answers == {frozenset({"scan_withheld"})}
    with pytest.raises(GateError, match="gives no answer"):
        ask_for_review(desk_ready(desk, article), by=prober)
    assert not article.proofs.exists()
    save(desk.reporter, article, headline="Rice")
    assert not {"protected_term", "scan_withheld"} & codes(article), "a colleague's save is answered"


def desk_ready(desk: Desk, article: Article) -> Article:
    desk.fact(article)
    return article


def test_the_reporter_herself_is_answered_as_often_as_she_asks(desk):
    protected(desk)
    article = desk.article()
    for _try in range(MOST_ANSWERS + 1):
        save(desk.reporter, article, headline=f"{NAME}의 편지")
        save(desk.reporter, article, headline="편지")
    save(desk.reporter, article, headline=f"{NAME}의 편지")
    assert "protected_term" in codes(article)


def test_the_table_holds_no_word(desk, owner_sql):
    protected(desk)
    rows = owner_sql.execute("SELECT kind, fingerprint, needs_company FROM sources_protectedterm").fetchall()
    assert len(rows) == ProtectedTerm.objects.count() > 4
    for _kind, kept, _company in rows:
        assert len(kept) == 16
        assert not any(word.encode() in kept for word in (NAME, "kim", "chol", "2345"))
