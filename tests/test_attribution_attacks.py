"""Ways to have a source named more narrowly than she allows, each by the desk's own role and in raw SQL.

Each test shows that the attack is refused, or changes nothing, and that the honest way works. docs/gate.md lists them.
"""

import pytest
from django.db import connection

from articles import confirming, knowledge, publishing
from articles.models import Attribution, Proof
from articles.proofing import ask_for_review
from articles.publishing import publish
from sources.models import Place, Source
from tests.attacking import answer_of, attack
from tests.factories import Desk
from tests.laws import undone
from tests.test_how_a_source_is_named import Careful, frozen, name, place, story_of, village

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]


@pytest.fixture
def desk() -> Careful:
    return Careful()


@pytest.fixture
def answer(request) -> str:
    return request.node.function.answer


def psql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def tried(deed, *args, **kwargs) -> str:
    """What an attacker hears; what it did is taken back."""
    heard = []
    with undone():
        heard.append(answer_of(deed, *args, **kwargs))
    return heard[0]


def ready(desk: Desk, where: str | Place = "Hoeryong", part: str = "source"):
    """A story that only waits for print, and the source that is to be found."""
    source = desk.source(place=where if isinstance(where, Place) else place(where), part=part)
    return desk.signed(story_of(desk, source, desk.source())), source


@attack("A place and a role chosen past the desk, by hand", "NR001 attribution_too_narrow")
def test_chosen_past_the_desk(desk, answer):
    article, source = ready(desk)
    psql(
        "INSERT INTO articles_attribution (article_id, source_id, place_id, part) VALUES (%s, %s, %s, 'official')",
        article.pk, source.pk, place("Hoeryong").pk,
    )  # fmt: skip
    desk.sign(ask_for_review(article, by=desk.reporter))
    assert tried(publish, article, by=desk.editor) == answer
    Attribution.objects.all().delete()
    desk.sign(ask_for_review(article, by=desk.reporter))
    publish(article, by=desk.editor)


@attack("A narrower attribution written into a signed proof", "NR003")
def test_written_into_a_signed_proof(desk, answer):
    article, _source = ready(desk)
    proof, other = article.proofs.get(), desk.source(place=village())
    assert tried(
        psql,
        "INSERT INTO articles_proofattribution (proof_id, source_id, place_id, part) VALUES (%s, %s, %s, 'source')",
        proof.pk, other.pk, other.place_id,
    ) == answer  # fmt: skip
    publish(article, by=desk.editor)


@attack("A proof's attribution changed or taken out", "42501")
def test_changed_in_a_proof(desk, answer):
    article, _source = ready(desk)
    for statement in ("UPDATE articles_proofattribution SET part = 'source'", "DELETE FROM articles_proofattribution"):
        assert tried(psql, statement) == answer
    publish(article, by=desk.editor)


@attack("A proof made by hand, without a word of its sources", "they are noted all the same")
def test_a_proof_without_attributions(desk, answer):
    article, source = ready(desk)
    proof = article.proofs.get()
    columns = ", ".join(f.column for f in Proof._meta.local_fields if f.name not in ("id", "digest"))
    psql(
        f"INSERT INTO articles_proof ({columns}, digest) SELECT {columns}, '' FROM articles_proof WHERE id = %s",
        proof.pk,
    )
    forged = Proof.objects.latest("pk")
    assert not forged.attributions.exists()
    psql("INSERT INTO articles_proofwording (proof_id, wording_id) SELECT %s, wording_id FROM articles_proofwording"
         " WHERE proof_id = %s", forged.pk, proof.pk)  # fmt: skip
    assert frozen(forged) == frozen(proof) and forged.attributions.filter(source=source).exists(), answer


@attack("Her limit narrowed down after the signature, so that what was chosen fits", "NR001 proof_outdated")
def test_her_limit_moved(desk, answer):
    source = desk.source(place=place("North Hamgyong Province"))
    article = story_of(desk, source, desk.source())
    row = name(article, source, "Hoeryong")
    desk.sign(ask_for_review(article, by=desk.reporter))
    with undone():
        psql("UPDATE sources_source SET place_id = %s WHERE id = %s", place("Hoeryong").pk, source.pk)
        assert tried(publish, article, by=desk.editor) == answer
    row.delete()
    publish(desk.signed(article), by=desk.editor)


@attack("More people written into a place after the signature", "NR001 proof_outdated")
def test_more_people_after_the_signature(desk, answer):
    article, source = ready(desk, village())
    name(article, source, source.place)
    desk.sign(ask_for_review(article, by=desk.reporter))
    with undone():
        psql("UPDATE sources_place SET population = 90000 WHERE id = %s", source.place_id)
        assert tried(publish, article, by=desk.editor) == answer
    Attribution.objects.all().delete()
    publish(desk.signed(article), by=desk.editor)


@attack("A narrow place moved above her limit, as if it were wider", "NR004 place_not_in_a_wider_one")
def test_a_place_moved_above(desk, answer):
    article, _source = ready(desk, "North Hamgyong Province")
    for statement in (
        "UPDATE sources_place SET parent_id = (SELECT id FROM sources_place WHERE name_en = 'Hoeryong')"
        " WHERE name_en = 'North Hamgyong Province'",
        "UPDATE sources_place SET kind = 'province' WHERE name_en = 'Hoeryong'",
    ):
        assert tried(psql, statement) == answer
    publish(article, by=desk.editor)


@attack("An attribution chosen for another story", "hers stays as it was")
def test_an_attribution_of_another_story(desk, answer):
    article, source = ready(desk, "Hoeryong", "resident")
    name(desk.article(), source, village())
    publish(article, by=desk.editor)
    assert frozen(article.proofs.get()) >= {("Hoeryong", "resident")}, answer


@attack("A story back in print that names her by more than she allows now", "NR001 attribution_too_narrow")
def test_back_in_print(desk, answer):
    article, source = ready(desk)
    printed = publish(article, by=desk.editor)
    publishing.pull(printed, by=desk.reporter, reason="Somebody rang")
    Source.objects.filter(pk=source.pk).update(place=place("North Korea"))
    assert tried(publishing.release, printed, by=desk.editor, reason="It stands") == answer
    Source.objects.filter(pk=source.pk).update(place=place("Hoeryong"))
    publishing.release(printed, by=desk.editor, reason="It stands")


@attack("A decision on what few could know, in a colleague's words but by its author", "NR001 known_to_few")
def test_a_decision_by_its_author(desk, answer):
    desk.agree(knowledge_floor="workplace")
    article = desk.article()
    fact = desk.fact(article, confirmed=False)
    psql("UPDATE articles_fact SET known_to = 'meeting' WHERE id = %s", fact.pk)
    confirming.confirm(fact, by=desk.editor)
    psql(
        "INSERT INTO articles_discretion (wording_id, remedy, known_to, queried, reason, proposed_by_id, proposed_at)"
        " VALUES (%s, 'rounded', 'anyone', '[]', 'x', %s, now())",
        fact.wording.pk, desk.reporter.pk,
    )  # fmt: skip
    desk.signed(article)
    assert tried(publish, article, by=desk.editor) == answer
    knowledge.decide(fact, "rounded", by=desk.editor, reason="Rounded")
    publish(article, by=desk.editor)


@attack("Said to be known to anyone, once an editor has confirmed it as known to few", "NR001 known_to_changed")
def test_said_to_be_known_to_anyone(desk, answer):
    desk.agree(knowledge_floor="workplace")
    article = desk.article()
    fact = desk.fact(article, confirmed=False)
    psql("UPDATE articles_fact SET known_to = 'handful' WHERE id = %s", fact.pk)
    confirming.confirm(fact, by=desk.editor)
    psql("UPDATE articles_fact SET known_to = 'anyone' WHERE id = %s", fact.pk)
    desk.signed(article)
    assert tried(publish, article, by=desk.editor) == answer
    confirming.confirm(fact, by=desk.editor)
    publish(article, by=desk.editor)
