"""A proof is judged once more before print: what slipped past the cleaning of a body is not printed."""

import pytest

from articles import proofing, publishing
from articles.bodies import is_printable
from articles.gate import Blocked, blockers
from articles.models import Article
from articles.proofing import ask_for_review
from articles.signing import sign_off
from tests.factories import Desk

FORBIDDEN = [
    "<p>Rice<script>alert(1)</script></p>",
    "<script>alert(1)</script>",
    '<p onclick="alert(1)">Rice</p>',
    '<p style="position: fixed">Rice</p>',
    '<p class="lead">Rice</p>',
    '<p><a href="javascript:alert(1)">Rice</a></p>',
    '<p><img src="https://elsewhere.example/seen.png"></p>',
    '<iframe src="https://elsewhere.example/"></iframe>',
    "<p>Rice<!-- told by a cousin --></p>",
    "<p>Rice",
]
ALLOWED = [
    "<p>Rice is <strong>much</strong> <em>dearer</em>.<br>So is salt.</p>",
    '<p><a href="https://example.org/rice">Rice</a> and <a data-story="7f1c">salt</a></p>',
    "<h2>Rice</h2>",
    "<ul><li><p>Rice</p></li></ul>",
    "<hr>",
]


@pytest.fixture
def desk(committed_db) -> Desk:
    return Desk()


def codes(article: Article) -> set[str]:
    return {b.code for b in blockers(article)}


@pytest.mark.parametrize("block", FORBIDDEN)
def test_what_may_not_be_printed(block):
    assert not is_printable(block)


@pytest.mark.parametrize("block", ALLOWED)
def test_what_may_be_printed(block):
    assert is_printable(block)


def test_markup_that_slipped_past_the_cleaning_keeps_the_story(desk, monkeypatch):
    monkeypatch.setattr(proofing, "blocks", lambda body: [*ALLOWED, FORBIDDEN[0]])
    article = desk.article()
    desk.fact(article)
    proof = ask_for_review(article, by=desk.reporter)
    sign_off(proof, by=desk.editor)
    check = proof.checks.get(name="markup")
    assert (check.passed, check.findings) == (False, [f"block {len(ALLOWED) + 1}"])
    assert codes(article) == {"check_failed"}
    with pytest.raises(Blocked):
        publishing.publish(article, by=desk.editor)


def test_a_proof_that_nobody_judged_is_not_printed(desk, monkeypatch):
    monkeypatch.setattr(proofing, "judge", lambda proof: [])
    article = desk.signed()
    assert codes(article) == {"check_missing", "not_scanned"}
    with pytest.raises(Blocked):
        publishing.publish(article, by=desk.editor)


def test_a_clean_proof_passes(desk, monkeypatch):
    monkeypatch.setattr(proofing, "blocks", lambda body: ALLOWED)
    assert desk.published().blocks == ALLOWED
