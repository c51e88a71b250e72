"""An editor publishes a story once nothing blocks it, and not before."""

import datetime as dt

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from articles import confirming, publishing
from articles.acts import NotAllowed
from articles.gate import Blocked, GateError, blockers
from articles.models import Article, Figure, RelatedLink
from articles.proofing import ask_for_review
from articles.signing import sign_off
from reader.models import Publication
from reader.notices import notice_of
from sources.vetting import vet
from tests.factories import Desk, DocumentFactory, StaffFactory

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def desk(committed_db) -> Desk:
    return Desk()


def codes(article: Article) -> set[str]:
    return {b.code for b in blockers(article)}


def test_it_works(desk):
    publication = desk.published()
    assert list(Publication.objects.in_print()) == [publication]
    assert publication.digest == publication.printing.proof.digest
    assert publication.blocks == ["<p>First paragraph.</p>", "<p>Second paragraph.</p>"]


def test_an_empty_draft_says_all_that_it_lacks(desk):
    article = Article.objects.create(headline="Nothing yet", slug="nothing", language="en", created_by=desk.reporter)
    assert codes(article) == {
        "body_missing",
        "section_missing",
        "byline_missing",
        "no_facts",
        "proof_missing",
        "signature_missing",
    }


def test_every_blocker_is_listed_when_publication_is_refused(desk):
    article = desk.article()
    desk.fact(article, sources=[desk.source(confirmed=False)], confirmed=False)
    desk.fact(article, "She said that it snowed.", kind="statement", sources=[], confirmed=False)
    desk.fact(article, "The gazette lists it.", kind="record", sources=[], confirmed=False)
    with pytest.raises(Blocked) as refusal:
        publishing.publish(article, by=desk.editor)
    assert {b.code for b in refusal.value.blockers} == {
        "fact_unconfirmed",
        "fact_needs_sources",
        "source_unconfirmed",
        "statement_needs_talk",
        "record_needs_copy",
        "proof_missing",
        "signature_missing",
    }
    assert all(b.sentence and b.link for b in refusal.value.blockers)
    assert not Publication.objects.exists()


def test_a_reporter_does_not_publish(desk):
    article = desk.signed()
    with pytest.raises(NotAllowed):
        publishing.publish(article, by=desk.reporter)


def test_an_author_does_not_confirm(desk):
    article = desk.article()
    article.authors.add(desk.editor)
    fact = desk.fact(article, confirmed=False)
    with pytest.raises(NotAllowed):
        confirming.confirm(fact, by=desk.editor)


def test_the_account_behind_a_byline_does_not_sign(desk):
    article = desk.article()
    desk.fact(article, confirmed=False)
    desk.byline.accounts.add(desk.editor)
    confirming.confirm(article.facts.get(), by=desk.other_editor)
    proof = ask_for_review(article, by=desk.reporter)
    with pytest.raises(NotAllowed):
        sign_off(proof, by=desk.editor)


def test_who_records_does_not_confirm(desk):
    article = desk.article()
    fact = desk.fact(article, sources=[], confirmed=False)
    desk.says(fact, desk.source(), recorded_by=desk.editor)
    with pytest.raises(NotAllowed):
        confirming.confirm(fact, by=desk.editor)


@pytest.mark.parametrize("tie", ["one circle", "one told the other", "told by the same", "told by one of a circle"])
def test_sources_that_are_not_independent_count_once(desk, tie):
    from sources.models import Circle

    article = desk.article()
    one, two, three = desk.source(), desk.source(), desk.source()
    fact = desk.fact(article, sources=[], confirmed=False)
    circle = Circle.objects.create(name="kite")
    told = {"how": "was_told"}
    if tie == "one circle":
        one.circle = two.circle = circle
        one.save(), two.save()
        desk.says(fact, one), desk.says(fact, two)
    elif tie == "one told the other":
        desk.says(fact, one), desk.says(fact, two, told_by=one, **told)
    elif tie == "told by the same":
        desk.says(fact, one, told_by=three, **told), desk.says(fact, two, told_by=three, **told)
    else:
        one.circle = three.circle = circle
        one.save(), three.save()
        desk.says(fact, one), desk.says(fact, two, told_by=three, **told)
    confirming.confirm(fact, by=desk.editor)
    assert "fact_needs_sources" in codes(article)
    desk.says(fact, desk.source())
    # What is recorded after an editor's word is not hers: she confirms again.
    assert "fact_needs_sources" in codes(article)
    confirming.confirm(fact, by=desk.editor)
    assert "fact_needs_sources" not in codes(article)


def test_a_waiver_carries_a_single_source_and_is_told_to_the_reader(desk):
    article = desk.article()
    fact = desk.fact(article, sources=[desk.source()])
    assert "fact_needs_sources" in codes(article)
    with pytest.raises(NotAllowed):
        confirming.waive(fact, by=desk.reporter, reason="One witness", printed_reason="Only one person could see it.")
    waiver = confirming.waive(fact, by=desk.chief, reason="One witness", printed_reason="Only one person could see it.")
    assert "fact_needs_sources" in codes(article)
    with pytest.raises(NotAllowed):
        confirming.agree_to_waiver(waiver, by=desk.chief)
    confirming.agree_to_waiver(waiver, by=desk.editor)
    publication = desk.published(article)
    assert publication.how_known["single_source"] == ["Only one person could see it."]


def test_a_statement_rests_on_its_talk_and_a_record_on_its_copy(desk):
    article = desk.article()
    said = desk.fact(article, "She said that it snowed.", kind="statement", sources=[], confirmed=False)
    desk.says(said, desk.source(), talk=False, how="said")
    record = desk.fact(article, "The gazette lists it.", kind="record", sources=[], confirmed=False)
    assert {"statement_needs_talk", "record_needs_copy"} <= codes(article)
    desk.says(said, desk.source(), how="said")
    record.wording.confirmations.create(
        basis="document", document=DocumentFactory(archived_by=desk.reporter), recorded_by=desk.reporter
    )
    confirming.confirm(said, by=desk.editor)
    confirming.confirm(record, by=desk.editor)
    assert codes(article) == {"proof_missing", "signature_missing"}
    desk.published(article)


def test_rewording_voids_the_confirmation_of_that_fact_alone(desk):
    article = desk.article()
    desk.fact(article)
    second = desk.fact(article, "It snowed.")
    assert codes(article) == {"proof_missing", "signature_missing"}
    confirming.reword(second, "It snowed all day.", kind="event", by=desk.reporter)
    found = blockers(article)
    assert {b.fact_id for b in found if b.code == "fact_unconfirmed"} == {second.pk}


def test_a_changed_word_after_signature_blocks_again(desk):
    article = desk.signed()
    assert codes(article) == set()
    article.refresh_from_db()
    article.headline = "Rice is much dearer"
    article.save()
    assert "proof_outdated" in codes(article)
    with pytest.raises(Blocked):
        publishing.publish(article, by=desk.editor)


@pytest.mark.parametrize("change", ["tag", "link", "byline", "caption"])
def test_whatever_a_reader_would_see_asks_for_a_new_proof(desk, change, a_photo):
    article = desk.article()
    figure = Figure.objects.create(article=article, photo=a_photo, caption="A market", alt="Stalls")
    desk.signed(article)
    if change == "tag":
        article.tags.add("rice")
    elif change == "link":
        RelatedLink.objects.create(article=article, to=desk.article("Other"))
    elif change == "byline":
        article.bylines.clear()
    else:
        figure.caption = "Another market"
        figure.save()
    assert "proof_outdated" in codes(article)


def test_a_photo_needs_caption_credit_and_alternative_text(desk, a_photo):
    article = desk.article()
    desk.fact(article)
    a_photo.credit_en = ""
    a_photo.save()
    Figure.objects.create(article=article, photo=a_photo)
    lacks = {"figure_needs_caption", "figure_needs_credit", "figure_needs_alt"}
    assert lacks <= codes(article)
    ask_for_review(article, by=desk.reporter)
    assert lacks <= codes(article)


def test_a_publication_time_in_the_past_is_refused_with_a_sentence(desk):
    article = desk.signed()
    with pytest.raises(GateError, match="past"):
        publishing.publish(article, by=desk.editor, at=timezone.now() - dt.timedelta(hours=1))


def test_a_scheduled_story_becomes_the_next_version_at_its_hour(desk):
    publication = desk.published()
    article = publication.printing.article
    article.refresh_from_db()
    article.headline = "Rice is cheaper again"
    article.save()
    desk.signed(article)
    hour = timezone.now() + dt.timedelta(hours=3)
    second = publishing.publish(article, by=desk.editor, at=hour)
    publication.refresh_from_db()
    assert publication.superseded_at == second.go_live_at
    assert list(Publication.objects.in_print()) == [publication]
    assert second.version == 2 and second.first_printed_at == publication.first_printed_at
    # Stopped before its hour, the version in print goes on.
    publishing.pull(second, by=desk.reporter, reason="A doubt")
    publication.refresh_from_db()
    assert publication.superseded_at is None


def test_stories_of_one_minute_stand_in_the_order_of_their_release(desk):
    hour = timezone.now() + dt.timedelta(hours=1)
    released = []
    for headline in ("First", "Second", "Third"):
        article = desk.article(headline)
        desk.signed(article)
        released.append(publishing.publish(article, by=desk.editor, at=hour))
    assert list(Publication.objects.scheduled().latest()) == released[::-1]


def test_a_new_version_keeps_the_place_of_its_story(desk):
    first, second = desk.published(headline="First"), desk.published(headline="Second")
    article = first.printing.article
    article.refresh_from_db()
    article.headline = "First, corrected"
    article.save()
    corrected = desk.published(article)
    assert (corrected.turn, corrected.first_printed_at) == (first.turn, first.first_printed_at)
    assert second.turn > corrected.turn


def test_editing_what_is_printed_changes_nothing_for_the_reader(desk):
    publication = desk.published()
    article = publication.printing.article
    fact = article.facts.get()
    confirming.reword(fact, "The price of rice fell.", kind="event", by=desk.reporter)
    assert list(Publication.objects.in_print()) == [publication]


def test_a_source_that_falls_pulls_what_rests_on_it_and_only_an_editor_releases_it(desk):
    article = desk.article()
    source = desk.source()
    desk.fact(article, sources=[source, desk.source()])
    publication = desk.published(article)
    vet(source, "discredited", by=desk.editor, reason="He invented it")
    publication.refresh_from_db()
    assert publication.pulled_at and not Publication.objects.in_print().exists()
    assert publication.pulls.get().causes[0]["code"] == "fact_needs_sources"
    with pytest.raises(Blocked):
        publishing.release(publication, by=desk.editor, reason="It is right all the same")
    vet(source, "confirmed", by=desk.editor)
    publication.refresh_from_db()
    assert publication.pulled_at, "confirming again releases nothing by itself"
    publishing.release(publication, by=desk.editor, reason="Confirmed again")
    assert Publication.objects.in_print().exists()


def test_what_comes_back_keeps_the_promise_with_which_it_was_printed(desk):
    """Its page says "two independent sources"; that one is enough for a new story today does not make it true again."""
    publication = desk.published()
    desk.agree(min_sources=1)
    confirmation = publication.printing.article.facts.get().wording.confirmations.first()
    confirming.take_back(confirmation, by=desk.editor, reason="She was not there")
    with pytest.raises(Blocked) as refusal:
        publishing.release(publication, by=desk.editor, reason="One is enough now")
    assert {b.code for b in refusal.value.blockers} == {"fact_needs_sources"}


def test_a_pull_goes_down_through_every_story_that_rests_on_it(desk):
    first = desk.published()
    previous = first.printing.article.facts.get()
    chain = [first]
    for n in range(3):
        article = desk.article(f"Story {n}")
        fact = desk.fact(article, f"It went on, {n}.", sources=[], confirmed=False)
        fact.wording.confirmations.create(basis="earlier", earlier=previous.wording, recorded_by=desk.reporter)
        confirming.confirm(fact, by=desk.editor)
        chain.append(desk.published(article))
        previous = fact
    assert Publication.objects.in_print().count() == 4
    confirming.dispute(first.printing.article.facts.get(), by=desk.editor, reason="Another witness")
    assert not Publication.objects.in_print().exists()


def test_a_fact_cannot_come_to_rest_on_itself(desk):
    one = desk.published().printing.article.facts.get()
    article = desk.article("Second")
    two = desk.fact(article, "It went on.", sources=[], confirmed=False)
    two.wording.confirmations.create(basis="earlier", earlier=one.wording, recorded_by=desk.reporter)
    from articles.gate import explained

    with pytest.raises(GateError, match="rests, in the end, on this one"), explained():
        one.wording.confirmations.create(basis="earlier", earlier=two.wording, recorded_by=desk.reporter)


def test_a_translation_waits_for_an_editor_who_reads_its_language(desk):
    original = desk.published().printing.article
    translation = desk.article("쌀값 올라", language="ko", translation_of=original)
    proof = ask_for_review(translation, by=desk.reporter)
    sign_off(proof, by=desk.editor)
    assert codes(translation) == {"fact_not_rendered"}
    stranger = StaffFactory(roles=["editor"], reads=["en"])
    with pytest.raises(NotAllowed):
        confirming.mark_rendered(translation, original.facts.get(), by=stranger)
    confirming.mark_rendered(translation, original.facts.get(), by=desk.editor)
    assert publishing.publish(translation, by=desk.editor).translation_of == original.story


@pytest.mark.parametrize("stop", ["pull", "withdraw"])
def test_who_stops_a_story_stops_what_is_read_though_a_new_version_came_out_meanwhile(desk, stop):
    read_when_she_decided = desk.published()
    article = read_when_she_decided.printing.article
    Article.objects.filter(pk=article.pk).update(headline="In other words")
    desk.published(Article.objects.get(pk=article.pk))
    getattr(publishing, stop)(read_when_she_decided, by=desk.chief, reason="A doubt")
    assert not Publication.objects.in_print().exists()


def test_a_withdrawn_story_stays_withdrawn_and_says_so(desk):
    publication = desk.published()
    with pytest.raises(NotAllowed):
        publishing.withdraw(publication, by=desk.editor, reason="Asked for")
    publishing.withdraw(publication, by=desk.chief, reason="Asked for")
    assert notice_of(publication.language, publication.slug).kind == "withdrawn"
    assert not Publication.objects.in_print().exists()


def test_a_judged_fact_is_dropped_by_another_and_never_deleted(desk):
    article = desk.article()
    fact = desk.fact(article)
    from articles.gate import explained

    with pytest.raises(ProtectedError):
        fact.delete()
    with pytest.raises(GateError) as refusal, explained():
        fact.wordings.all()._raw_delete("default")
    assert refusal.value.code == "fact_is_on_record"
    with pytest.raises(GateError):
        confirming.drop(fact, by=desk.reporter, reason="Awkward")
    confirming.drop(fact, by=desk.editor, reason="Not needed")
    assert "no_facts" in codes(article)
