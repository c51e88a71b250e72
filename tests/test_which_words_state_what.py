"""What the law reads in a story's words, place by place and sentence by sentence, and what it asks of a proof."""

import datetime as dt
import json

import psycopg
import pytest
from django.utils import timezone

from articles import confirming
from articles.models import (
    Article,
    Check,
    Context,
    Dropping,
    Fact,
    Invitation,
    Proof,
    ProofWording,
    Rendering,
    SignOff,
    Wording,
)
from articles.proofing import ask_for_review
from articles.publishing import publish, pull, withdraw
from articles.signing import sign_off
from tests.factories import Desk, StaffFactory, by_passkey
from tests.laws import asked, codes, refused, told, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def owner(database_server, django_db_setup):
    """The owner, for functions that read no table."""
    with psycopg.connect(**database_server.address("owner", django_db_setup).psycopg, autocommit=True) as connection:
        yield lambda query, *values: connection.execute(query, values).fetchall()


def piece(
    n: int, text: str, *facts: int, place: str = "block 1", context: bool = False, claim: str | None = None
) -> dict:
    return {"place": place, "n": n, "text": text, "facts": list(facts), "context": context, "claim": claim}


def test_a_printed_block_is_read_as_a_reader_does(owner):
    [(words,)] = owner("SELECT gate_plain(%s)", '<p>A <em class="x">b</em> &lt;c&gt; &quot;d&quot;&nbsp;&amp;lt; e</p>')
    assert words == 'A b <c> "d"\u00a0&lt; e'


def test_every_place_of_a_story_is_read(owner):
    picture = {"alt": "Stalls"}
    printed = {
        "headline": "Head",
        "standfirst": "Stand",
        "blocks": ["<p>One</p>", "<p>Two</p>"],
        "figures": [
            {"caption": "Cap", "pictures": [picture, {"alt": "Sky"}]},
            {"caption": "Second", "pictures": [picture]},
        ],
    }
    assert dict(owner("SELECT place, words FROM gate_words(%s)", json.dumps(printed))) == {
        "headline": "Head",
        "standfirst": "Stand",
        "block 1": "One",
        "block 2": "Two",
        "caption 1": "Cap",
        "caption 2": "Second",
        "alt 1.1": "Stalls",
        "alt 1.2": "Sky",
        "alt 2.1": "Stalls",
    }


def test_white_space_counts_once():
    assert told("SELECT gate_squeezed(%s)", " a\u00a0b \n\t c\r\n\f\v d ") == "a\u00a0b c d"
    assert told("SELECT gate_squeezed(%s)", "a\nb") == "a b"


def test_the_pieces_of_a_passage():
    coverage = [
        piece(1, "zebra ", 7),
        piece(1, "b", 7),
        piece(2, "Élan", 7),
        piece(2, " ", 8),
        piece(3, " apart", 7),
        piece(1, "zebra b", 7, place="block 2"),
        piece(3, "Zoo", 7, place="block 2"),
        piece(4, "no fact"),
    ]
    found = asked("SELECT fact, passages FROM gate_passages(%s)", json.dumps(coverage))
    assert found == [(7, ["Zoo", "apart", "zebra b", "Élan"])]


def covering(desk: Desk, *pieces: dict, marked: tuple[str, ...] = ()) -> set[str]:
    """What a story lacks by this coverage; what is not of the words is left aside."""
    article = Article.objects.order_by("pk").first()
    with undone():
        for text in marked:
            Context.objects.create(article=article, text=text, by=desk.reporter)
        Article.objects.filter(pk=article.pk).update(coverage=list(pieces))
        return codes(article) - {"proof_missing", "signature_missing"}


def test_a_figure_or_an_accusation_does_not_stand_on_one_persons_word(desk):
    desk.agree(covers_text=True)
    article = desk.article()
    said, other = (desk.fact(article, text, kind="statement").pk for text in ("She said so.", "He said so."))
    event = desk.fact(article, "It happened.").pk
    alone, least = "statement_stands_alone", {"passage_changed"}

    def lacks(*pieces: dict) -> set[str]:
        # The facts that stand nowhere else stand at the end.
        rest = piece(9, "It was so.", other, event, place="block 9")
        return covering(desk, *pieces, rest) - least

    heavy = piece(1, "She said that 500 fell.", said) | {"weighs": "figure"}
    assert lacks(heavy) == {alone}
    assert lacks(heavy | {"weighs": None}) == set()
    assert lacks(piece(1, "She said so.", said)) == set()
    assert lacks(heavy | {"facts": [said, other]}) == {alone}
    assert lacks(heavy | {"facts": [said, event]}) == set()
    assert lacks(heavy, heavy | {"text": " They fell.", "facts": [event]}) == set(), "one sentence"
    assert lacks(heavy, piece(2, "They fell.", event)) == {alone}, "another sentence"
    doubt = piece(2, " We could not confirm it.", said)
    assert lacks(heavy, doubt) == set()
    assert lacks(heavy, doubt | {"place": "block 2"}) == set()
    assert lacks(heavy, doubt | {"place": "block 3"}) == {alone}
    assert lacks(heavy | {"place": "block 2"}, doubt) == {alone}, "the paragraph before"
    assert lacks(heavy | {"place": "headline"}) == {alone}
    assert lacks(heavy | {"place": "headline"}, doubt | {"place": "block 3"}) == set()
    assert lacks(heavy, doubt | {"place": "caption 1"}) == {alone}
    of_event = piece(1, "500 fell.", event) | {"weighs": "figure"}
    assert lacks(of_event, piece(2, "She said so.", said)) == set()


def test_an_event_is_not_told_on_what_somebody_says_or_a_document(desk):
    desk.agree(covers_text=True)
    article = desk.article()
    facts = {kind: desk.fact(article, f"Of kind {kind}.", kind=kind).pk for kind in ("event", "statement", "record")}
    other = desk.fact(article, "He said so.", kind="statement").pk
    told = {kind: f"{kind}_told_as_event" for kind in facts}
    least = covering(desk, piece(1, "It was so.", *facts.values(), other, place="block 9"))

    def lacks(*pieces: dict) -> set[str]:
        rest = piece(9, "It was so.", *facts.values(), other, place="block 9")
        return covering(desk, *pieces, rest) - least

    for kind in ("statement", "record"):
        plain = piece(1, "It fell.", facts[kind], claim="event")
        assert lacks(plain) == lacks(plain | {"place": "headline"}) == {told[kind]}
        assert lacks(plain | {"claim": None}) == lacks(plain | {"claim": kind}) == set()
        assert lacks(plain | {"facts": [facts["event"]]}) == lacks(plain | {"facts": [*facts.values()]}) == set()
        assert lacks(plain, plain | {"text": " It broke.", "facts": [facts["event"]]}) == set(), "one sentence"
        assert lacks(plain, piece(2, " It broke.", facts["event"], claim="event")) == {told[kind]}, "another sentence"
        for claim in ("statement", "record"):
            words = piece(2, " They say so.", facts[kind], claim=claim)
            assert lacks(plain, words) == set(), "it goes on in somebody's words"
            assert lacks(plain, words | {"place": "block 2"}) == {told[kind]}, "another paragraph"
            assert lacks(plain | {"place": "headline"}, words) == {told[kind]}
            assert lacks(plain, words | {"facts": [other]}) == {told[kind]}, "another fact"
            assert lacks(plain, words | {"claim": None}) == {told[kind]}, "in nobody's words"
    both = piece(1, "It fell.", facts["statement"], facts["record"], claim="event")
    assert lacks(both) == {told["statement"], told["record"]}


@pytest.mark.parametrize(
    ("says", "text"),
    [
        (True, "The paper could not independently confirm this."),
        (True, "We couldn’t confirm it."),
        (True, "It has not been verified."),
        (True, "Reporters were unable to verify the figure."),
        (True, "본지는 이를 확인하지 못했다."),
        (True, "값은 확인되지 않았다."),
        (True, "따로 확인할 수 없었다."),
        (False, "Officials confirmed it."),
        (False, "They did not come to confirm."),
        (False, "여러 사람이 확인했다."),
    ],
)
def test_who_reads_is_told_that_it_could_not_be_confirmed(owner, says, text):
    assert owner("SELECT gate_says_unconfirmed(%s)", text) == [(says,)]


def test_every_sentence_is_settled(desk):
    desk.agree(covers_text=True)
    article = desk.article()
    fact = desk.fact(article).pk
    says, extra = piece(1, "It rose.", fact), {"passage_changed"}
    assert covering(desk, says) == extra
    assert covering(desk, piece(1, "It", fact), piece(1, " rose."), says | {"n": 2}) == extra | {"sentence_uncovered"}
    assert covering(desk, piece(1, "It rose", fact), piece(1, " … ")) == extra
    assert covering(desk, says, piece(2, "Why.")) == extra | {"sentence_uncovered"}
    why = piece(2, " Why. ", context=True)
    assert covering(desk, says, why) == extra | {"sentence_uncovered"}, "nobody marked it"
    assert covering(desk, says, why, marked=("Why.",)) == extra
    assert covering(desk, says, why, marked=("Who.",)) == extra | {"sentence_uncovered"}
    assert covering(desk, says, piece(2, "Why."), marked=("Why.",)) == extra | {"sentence_uncovered"}
    assert covering(desk, says, why | {"claim": "a figure"}, marked=("Why.",)) == extra | {"context_states_a_fact"}
    assert covering(desk, says, piece(2, "Gone.", 0)) == extra | {"passage_without_fact"}
    assert covering(desk, why, marked=("Why.",)) == {"fact_without_passage"}
    with undone():
        Context.objects.create(article=desk.article("Another"), text="Why.", by=desk.reporter)
        assert covering(desk, says, why) == extra | {"sentence_uncovered"}
    with undone():
        second = desk.fact(article, "It snowed.").pk
        assert covering(desk, says) == extra | {"fact_without_passage"}
        assert covering(desk, says, piece(2, "It snowed.", second)) == extra
    assert "text_not_read" in codes(article)
    with undone():
        desk.agree(covers_text=False)
        assert covering(desk, says, piece(2, "Why.")) == extra
        assert "text_not_read" not in codes(article)


def test_an_editor_confirms_a_fact_in_the_words_that_stand_in_the_story(desk):
    fact = desk.fact(desk.article(), confirmed=False)
    Wording.objects.filter(pk=fact.wording.pk).update(passages=["It rose."])
    confirming.confirm(fact, by=desk.editor)
    assert covering(desk, piece(1, "It rose.", fact.pk)) == set()
    assert covering(desk, piece(1, "It rose much.", fact.pk)) == {"passage_changed"}


def test_print_asks_who_confirmed(desk):
    article = desk.signed()
    fact = article.facts.get()
    confirming.confirm(fact, by=desk.other_editor)
    assert codes(article) == set()
    desk.other_editor.groups.clear()
    assert codes(article) == {"fact_confirmed_by_no_editor"}


def test_the_facts_that_a_story_states(desk):
    article = desk.article()
    assert "no_facts" in codes(article)
    empty = Fact.objects.create(article=article, created_by=desk.reporter)
    assert "no_facts" in codes(article), "a fact without words is none"
    fact, other = desk.fact(article), desk.fact(article, "It snowed.")
    new = confirming.reword(fact, "It rose much.", kind="event", by=desk.reporter)
    Dropping.objects.create(fact=other, by=desk.editor, reason="Not needed")
    stated = [(new.pk,)]
    assert asked("SELECT w FROM gate_wordings(%s) w", article.pk) == stated
    translation = desk.article("쌀값 올라", language="ko", translation_of=article)
    assert asked("SELECT w FROM gate_wordings(%s) w", translation.pk) == stated
    assert empty.wordings.count() == 0


# ---------------------------------------------------------------------------------------------------------------------
# A proof
# ---------------------------------------------------------------------------------------------------------------------


def proof_with(desk: Desk, proof: Proof, **columns) -> Proof:
    """Another proof of the story, as somebody with a psql prompt would make it."""
    fresh = Proof.objects.get(pk=proof.pk)
    wordings = list(fresh.wordings.all())
    fresh.pk = None
    for name, value in columns.items():
        setattr(fresh, name, value)
    fresh.save(force_insert=True)
    fresh.refresh_from_db()
    ProofWording.objects.bulk_create(ProofWording(proof=fresh, wording=w) for w in wordings)
    for check in proof.checks.all():
        Check.objects.create(proof=fresh, digest=fresh.digest, name=check.name, passed=check.passed)
    SignOff.objects.create(proof=fresh, digest=fresh.digest, by=desk.editor)
    return fresh


def test_the_coverage_of_a_proof_is_of_the_words_that_it_prints(desk):
    desk.agree(covers_text=True)
    article = desk.article("Rice is dearer", body="<p>It <strong>rose</strong> &amp; rose.</p>")
    fact = desk.fact(article, confirmed=False)
    Article.objects.filter(pk=article.pk).update(
        body=f'<p><span data-fact="{fact.pk}">It <strong>rose</strong> &amp; rose.</span></p>'
    )
    article.refresh_from_db()
    desk.cover(article)
    confirming.confirm(fact, by=desk.editor)
    proof = sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor).proof
    assert codes(article) == set()
    coverage = proof.coverage
    lead = piece(1, "Rice is dearer", context=True, place="headline")
    for other in (
        [*coverage, piece(1, "…", place="standfirst")],
        [*coverage, piece(1, "…", place="block 9")],
        [p for p in coverage if p["place"] != "headline"],
        [lead | {"text": "Rice is dearer, they say"} if p["place"] == "headline" else p for p in coverage],
    ):
        with undone():
            proof_with(desk, proof, coverage=other)
            assert "text_not_read" in codes(article), other
    with undone():
        proof_with(desk, proof, coverage=[*coverage, piece(1, "…", place="standfirst")])
        assert codes(article) == {"text_not_read"}
        desk.agree(covers_text=False)
        assert codes(article) == set()


def figure(**columns) -> dict:
    pictures = [{"hash": "a" * 64, "alt": columns.pop("alt", "Stalls"), "renditions": []}]
    return {"after": 0, "caption": "A market", "credit": "A resident", "pictures": pictures, **columns}


def test_a_printed_photo_needs_its_words(desk):
    proof = desk.signed().proofs.get()
    for lack in ("caption", "credit", "alt"):
        with undone():
            proof_with(desk, proof, figures=[figure(**{lack: ""})])
            assert codes(proof.article) == {f"figure_needs_{lack}"}
    with undone():
        proof_with(desk, proof, figures=[figure()])
        assert codes(proof.article) == set()


def test_the_checks_of_a_proof(desk):
    article = desk.article()
    desk.fact(article)
    proof = ask_for_review(article, by=desk.reporter)
    sign_off(proof, by=desk.editor)
    other = desk.signed(headline="Another").proofs.get()
    assert codes(article) == set()
    Check.objects.create(proof=proof, digest=proof.digest, name="markup", passed=False)
    assert codes(article) == {"check_failed"}
    with undone():
        Check.objects.create(proof=proof, digest=other.digest, name="markup", passed=True)
        assert codes(article) == {"check_failed"}, "a check of other words"
        Check.objects.create(proof=proof, digest=proof.digest, name="spelling", passed=True)
        assert codes(article) == {"check_failed"}, "another check"
        Check.objects.create(proof=other, digest=proof.digest, name="markup", passed=True)
        assert codes(article) == {"check_failed"}, "a check of another proof"
        Check.objects.create(proof=proof, digest=proof.digest, name="markup", passed=True)
        assert codes(article) == set()
    desk.agree(required_checks=["markup", "spelling"])
    assert codes(article) == {"check_failed", "check_missing"}


def test_who_signs(desk):
    article = desk.article()
    desk.fact(article)
    proof = ask_for_review(article, by=desk.reporter)

    def signed(by) -> set[str]:
        with undone():
            SignOff.objects.create(proof=proof, digest=proof.digest, by=by)
            return codes(article)

    assert codes(article) == {"signature_missing"}
    assert signed(desk.editor) == signed(desk.chief) == set()
    assert signed(StaffFactory()) == signed(StaffFactory(roles=["photo editor"])) == {"signature_missing"}
    SignOff.objects.create(proof=proof, digest=proof.digest, by=desk.other_editor)
    with undone():
        # The same words, and nobody has signed that they rest on the same facts.
        ask_for_review(article, by=desk.reporter)
        assert codes(article) == {"signature_missing"}
    with undone():
        desk.byline.accounts.add(desk.other_editor)
        assert codes(article) == {"signature_missing"}
    assert codes(article) == set()


def test_a_guest_signs_where_the_policy_lets_her_and_an_editor_asked_her_to(desk):
    desk.agree(guests_sign=True)
    article = desk.article()
    desk.fact(article)
    proof = ask_for_review(article, by=desk.reporter)
    guest = StaffFactory(roles=["guest signatory"])
    tomorrow, yesterday = (timezone.now() + dt.timedelta(days=d) for d in (1, -1))

    def signed(**invited) -> set[str]:
        by = invited.pop("guest", guest)
        with undone():
            guests = {"article": article, "guest": by, "until": tomorrow, "by": desk.editor, **invited}
            invitation = Invitation.objects.create(**guests)
            by_passkey(SignOff.objects.create(proof=proof, digest=proof.digest, by=guest), invitation)
            return codes(article)

    assert signed() == set()
    assert signed(by=StaffFactory()) == {"signature_missing"}
    assert signed(until=yesterday) == {"signature_missing"}
    assert signed(article=desk.article("Another")) == {"signature_missing"}
    assert signed(guest=StaffFactory(roles=["guest signatory"])) == {"signature_missing"}
    with undone():
        guest.groups.clear()
        assert signed() == {"signature_missing"}
    with undone():
        article.authors.add(guest)
        assert "signature_missing" in signed()
    desk.agree(guests_sign=False)
    assert signed() == {"signature_missing"}


def test_what_was_taken_off_does_not_come_back_on_its_old_signature(desk, monkeypatch):
    publication = desk.published()
    article = Article.objects.get(pk=publication.printing.article_id)
    desk.published(headline="Another")
    assert codes(article) == set()
    with undone():
        pull(publication, by=desk.reporter, reason="A doubt")
        assert codes(article) == {"pulled_since"}
        sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor)
        assert codes(article) == set()
    # From here on the hour of an act is later than that of the proof.
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime.now(dt.UTC))
    with undone():
        withdraw(publication, by=desk.chief, reason="Gone")
        assert codes(article) == {"withdrawn_since"}
        asked("UPDATE reader_publication SET withdrawn_at = NULL WHERE id = %s RETURNING 1", publication.pk)
        assert codes(article) == {"withdrawn_since"}
    with undone():
        asked(
            "UPDATE reader_publication SET withdrawn_at = clock_timestamp() WHERE id = %s RETURNING 1", publication.pk
        )
        assert codes(article) == {"withdrawn_since"}
        sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor)
        assert codes(article) == set()
    pull(publication, by=desk.reporter, reason="A doubt")
    assert codes(Article.objects.get(headline="Another")) == set()


@pytest.mark.parametrize("lack", ["rendering", "other words", "another fact", "another translation"])
def test_a_translation_needs_an_editors_word_for_each_fact(desk, lack):
    original = desk.published().printing.article
    fact = original.facts.get()
    translation = desk.article("쌀값 올라", language="ko", translation_of=original)
    sign_off(ask_for_review(translation, by=desk.reporter), by=desk.editor)
    row = {"article": translation, "wording": fact.wording, "by": desk.editor}
    if lack == "other words":
        row["passages"] = ["다른 말"]
    elif lack == "another fact":
        row["wording"] = desk.fact(desk.article("Another"), "It snowed.").wording
    elif lack == "another translation":
        row["article"] = desk.article("다시", language="ko", translation_of=desk.article("Another"))
    if lack != "rendering":
        Rendering.objects.create(**row)
    assert codes(translation) == {"fact_not_rendered"}
    Rendering.objects.create(article=translation, wording=fact.wording, by=desk.editor)
    assert codes(translation) == set()


@pytest.mark.parametrize(
    ("reads", "role", "wrote", "counts"),
    [
        (["en", "ko"], "editor", False, True),
        (["en", "ko"], "chief editor", False, True),
        (["en"], "editor", False, False),
        (["ko"], "editor", False, False),
        (["en", "ko"], "photo editor", False, False),
        (["en", "ko"], "editor", True, False),
    ],
)
def test_who_marks_a_translation_as_faithful(desk, reads, role, wrote, counts):
    original = desk.published().printing.article
    translation = desk.article("쌀값 올라", language="ko", translation_of=original)
    by = StaffFactory(roles=[role], reads=reads)
    if wrote:
        translation.authors.add(by)
    sign_off(ask_for_review(translation, by=desk.reporter), by=desk.editor)
    Rendering.objects.create(article=translation, wording=original.facts.get().wording, by=by)
    assert codes(translation) == (set() if counts else {"fact_not_rendered"})


def test_what_a_proof_says_of_itself_is_the_laws_word(desk):
    proof = desk.signed().proofs.get()
    other = proof_with(desk, proof, revision=77, made_at=timezone.now() + dt.timedelta(days=9), digest="x" * 64)
    assert other.revision == proof.revision
    assert other.made_at <= timezone.now() + dt.timedelta(hours=1)
    assert other.digest == proof.digest
    parts = "e\u0301"
    for column, value in {
        "headline": parts,
        "standfirst": parts,
        "label": parts,
        "blocks": [f"<p>{parts}</p>"],
        "figures": [figure(caption=parts)],
    }.items():
        assert refused(lambda c=column, v=value: proof_with(desk, proof, **{c: v})) == "proof_not_nfc", column


def test_a_signature_is_on_the_words_of_its_own_proof(desk):
    mine, other = desk.signed().proofs.get(), desk.signed(headline="Another").proofs.get()
    row = {"proof": mine, "by": desk.chief}
    assert refused(lambda: SignOff.objects.create(digest=other.digest, **row)) == "signed_other_words"
    assert refused(lambda: SignOff.objects.create(digest=mine.digest, **row)) == ""
    assert publish(mine.article, by=desk.editor)
