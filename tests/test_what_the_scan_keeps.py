"""Protected terms and the gate: a story in which one stands, and a proof that was not scanned for all of them."""

import pytest
from django.utils import timezone

from articles.models import Article, Check, Leak, Proof
from articles.proofing import ask_for_review
from sources.models import ProtectedPerson, ProtectedTerm
from tests.factories import Desk
from tests.laws import codes, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]
UNREAD = {"proof_missing", "signature_missing", "no_facts"}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def person(desk: Desk) -> ProtectedPerson:
    return ProtectedPerson.objects.create(alias="quiet lamp", contact_reporter=desk.reporter)


def leak(article: Article, person: ProtectedPerson | None, kind: str = "name", **columns) -> Leak:
    return Leak.objects.create(article=article, person=person, kind=kind, places=["block 1"], **columns)


def scanned(proof: Proof, *, found: tuple[str, ...] = (), **columns) -> Check:
    return Check.objects.create(
        **{"proof": proof, "digest": proof.digest, "name": "leaks", "passed": not found, "findings": list(found)}
        | columns
    )


def test_a_term_in_the_working_copy_keeps_the_story(desk, person):
    draft, signed = desk.article(), desk.signed(headline="Another")
    for article, others in ((draft, UNREAD), (signed, set())):
        with undone():
            found = leak(article, person)
            assert codes(article) == others | {"protected_term"}
            assert codes(signed if article is draft else draft) == (set() if article is draft else UNREAD)
            found.gone_at = timezone.now()
            found.save(update_fields=["gone_at"])
            assert codes(article) == others
        with undone():
            leak(article, None, "unscanned")
            assert codes(article) == others | {"numbers_unscanned"}
        with undone():
            leak(article, None, "withheld")
            leak(article, person)
            assert codes(article) == others | {"scan_withheld"}, "where it is silent, it tells of nothing else"


def test_a_proof_is_scanned_whatever_the_policy_says(desk, person):
    desk.agree(required_checks=[])
    article = desk.article()
    desk.fact(article)
    proof = ask_for_review(article, by=desk.reporter)
    other = desk.signed(headline="Another").proofs.get()
    assert codes(article) == {"signature_missing"}
    with undone():
        scanned(proof, found=("block 1",))
        assert codes(article) == {"protected_term", "signature_missing"}
        for which, columns in (
            (proof, {"digest": other.digest}),
            (other, {"digest": proof.digest}),
            (other, {}),
            (proof, {"name": "markup"}),
        ):
            scanned(which, **columns)
            assert codes(article) == {"protected_term", "signature_missing"}, columns
        scanned(proof)
        assert codes(article) == {"signature_missing"}
    for found, code in (("withheld", "scan_withheld"), ("unscanned", "numbers_unscanned")):
        with undone():
            scanned(proof, found=(found,))
            assert codes(article) == {code, "signature_missing"}


def test_a_proof_that_nobody_scanned_is_kept(desk):
    article = desk.signed()
    proof = article.proofs.get()
    wordings = list(proof.wordings.all())
    proof.pk = None
    proof.save(force_insert=True)
    fresh = Proof.objects.latest("pk")
    fresh.wordings.set(wordings)
    fresh.sign_offs.create(digest=fresh.digest, by=desk.editor)
    for name in ("markup", "attributions"):
        Check.objects.create(proof=fresh, digest=fresh.digest, name=name, passed=True)
    assert codes(article) == {"not_scanned"}
    scanned(fresh)
    assert codes(article) == set()


def test_a_term_added_after_the_scan_asks_for_another(desk, person):
    article = desk.signed()
    proof = article.proofs.get()
    term = ProtectedTerm.objects.create(person=person, kind="name", fingerprint=b"0123456789abcdef")
    assert codes(article) == {"not_scanned"}
    # Whatever it claims, a scan knows the terms that there were.
    assert scanned(proof).newest_term is None
    assert proof.checks.latest("pk").newest_term == term.pk
    assert codes(article) == set()
    with undone():
        claims = Check(
            proof=proof, digest=proof.digest, name="leaks", passed=True, findings=[], newest_term=term.pk + 100
        )
        claims.save()
        ProtectedTerm.objects.create(person=person, kind="name", fingerprint=b"another of them!")
        assert codes(article) == {"not_scanned"}
    term.delete()
    assert codes(article) == set(), "what is forgotten makes no scan stale"
