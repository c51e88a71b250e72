"""A source is named by a place and a role that she allows and that enough people fit; each proof notes by which."""

import contextlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import confirming, fitting, naming_words, publishing
from articles.acts import NotAllowed
from articles.gate import GateError
from articles.models import Article, Attribution, Proof, ProofAttribution
from articles.naming import choose, naming_of
from articles.proofing import ask_for_review
from articles.publishing import publish
from sources.census import COUNTRY, enter, names
from sources.forgetting import forget, what_there_is
from sources.models import Place, Source
from tests.factories import Desk, StaffFactory
from tests.laws import asked, codes, refused, run, told, undone
from tests.test_what_keeps_a_story import hours, kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]
FLOOR = 50_000


class Careful(Desk):
    """A newsroom with an anonymity floor."""

    FLOORS = {"anonymity_floor": FLOOR, "knowledge_floor": ""}


@pytest.fixture
def desk() -> Careful:
    return Careful()


def place(name: str) -> Place:
    return Place.objects.get(name_en=name)


def village(people: int | None = 2_000) -> Place:
    return Place.objects.create(
        name_en="Yuson-dong",
        name_ko="유선동",
        kind="district",
        parent=place("Hoeryong"),
        population=people,
        population_source="a count of ours" if people else "",
    )


def story_of(desk: Desk, *sources: Source, **kwargs) -> Article:
    article = desk.article(**kwargs)
    desk.fact(article, sources=list(sources))
    return article


def frozen(proof: Proof) -> set[tuple[str, str]]:
    return {(row.place.name_en, row.part) for row in proof.attributions.select_related("place")}


def name(article: Article, source: Source, where: str | Place, part: str = "source") -> Attribution:
    """Chosen by hand, past the desk."""
    where = where if isinstance(where, Place) else place(where)
    return Attribution.objects.create(article=article, source=source, place=where, part=part)


def test_the_narrowest_that_may_be_printed_is_offered_and_noted(desk):
    trader = desk.source(place=village(), part="trader")
    resident = desk.source(place=place("Hoeryong"), part="resident")
    official = desk.source(place=place("North Hamgyong Province"), part="official")
    article = story_of(desk, trader, resident, official)
    proof = ask_for_review(article, by=desk.reporter)
    assert frozen(proof) == {
        ("Hoeryong", "source"),
        ("Hoeryong", "resident"),
        ("North Hamgyong Province", "official"),
    }
    assert codes(article) == {"signature_missing"}
    desk.published(article)


def test_a_role_that_few_have_asks_for_more_people(desk):
    for where, part, offered in (
        ("Chongjin", "trader", ("Chongjin", "trader")),
        ("Chongjin", "official", ("Chongjin", "source")),
        ("Hyesan", "farmer", ("Hyesan", "source")),
        ("Ryanggang Province", "farmer", ("Ryanggang Province", "farmer")),
        ("Ryanggang Province", "official", ("Ryanggang Province", "source")),
    ):
        source = desk.source(place=place(where), part=part)
        key, role = asked("SELECT place, part FROM gate_attribution_offered(%s)", source.pk)[0]
        assert (Place.objects.get(pk=key).name_en, role) == offered


@pytest.mark.parametrize(
    ("where", "part", "code"),
    [
        ("Hoeryong", "resident", ""),
        ("Hoeryong", "source", ""),
        ("North Hamgyong Province", "resident", ""),
        ("North Korea", "source", ""),
        ("Hoeryong", "worker", "attribution_too_narrow"),
        ("Chongjin", "source", "attribution_too_narrow"),
        ("Yuson-dong", "source", "attribution_too_narrow"),
        ("Ryanggang Province", "source", "attribution_too_narrow"),
    ],
)
def test_no_story_names_her_by_more_than_she_allows(desk, where, part, code):
    village()
    source = desk.source(place=place("Hoeryong"), part="resident")
    article = story_of(desk, source, desk.source())
    row = name(article, source, where, part)
    expected = {code} - {""}
    assert codes(article) == expected | {"proof_missing", "signature_missing"}
    desk.sign(ask_for_review(article, by=desk.reporter))
    assert codes(article) == expected
    assert kept(lambda: publish(article, by=desk.editor)) == expected
    if code:
        row.delete()
        desk.sign(ask_for_review(article, by=desk.reporter))
        publish(article, by=desk.editor)


def test_what_few_or_uncounted_people_fit_is_not_printed(desk):
    few, unknown = (
        village(),
        Place.objects.create(name_en="Osan-dong", name_ko="오산동", kind="district", parent=place("Hoeryong")),
    )
    for where, code in ((few, "attribution_under_floor"), (unknown, "attribution_population_unknown")):
        source = desk.source(place=where, part="source")
        article = story_of(desk, source, desk.source())
        name(article, source, where)
        assert codes(article) == {code, "proof_missing", "signature_missing"}
        with pytest.raises(GateError) as error:
            choose(article, source, where, "source", by=desk.reporter)
        assert error.value.code == code
        choose(article, source, place("Hoeryong"), "source", by=desk.reporter)
        desk.published(article)


def test_a_policy_without_a_floor_still_asks_what_she_allows(desk):
    desk.agree(anonymity_floor=0)
    source = desk.source(place=village(None), part="worker")
    article = story_of(desk, source, desk.source())
    proof = ask_for_review(article, by=desk.reporter)
    assert ("Yuson-dong", "worker") in frozen(proof)
    assert codes(article) == {"signature_missing"}
    name(article, source, "Chongjin")
    assert "attribution_too_narrow" in codes(article)


def test_a_source_with_no_place_over_the_floor_is_not_named_at_all(desk):
    country = Place.objects.create(
        name_en="Nowhere", name_ko="나라", kind="country", population=10, population_source="us"
    )
    article = story_of(desk, desk.source(place=country, part="source"), desk.source())
    assert "attribution_under_floor" in codes(article)


def test_the_words_are_chosen_for_one_story_and_its_translation(desk):
    source = desk.source(place=place("Hoeryong"), part="resident")
    first, second = story_of(desk, source, desk.source()), story_of(desk, source, desk.source())
    choose(first, source, place("North Korea"), "source", by=desk.reporter)
    assert frozen(ask_for_review(first, by=desk.reporter)) == {("North Korea", "source"), ("North Korea", "resident")}
    assert ("Hoeryong", "resident") in frozen(ask_for_review(second, by=desk.reporter))
    translation = desk.article(language="ko", translation_of=first)
    assert ("Hoeryong", "resident") not in frozen(ask_for_review(translation, by=desk.reporter))
    choose(translation, source, place("North Hamgyong Province"), "resident", by=desk.reporter)
    assert ("North Hamgyong Province", "resident") in frozen(ask_for_review(translation, by=desk.reporter))
    assert ("North Hamgyong Province", "resident") not in frozen(ask_for_review(first, by=desk.reporter))


def test_another_choice_asks_for_another_proof(desk):
    source = desk.source(place=place("Hoeryong"), part="resident")
    article = desk.signed(story_of(desk, source, desk.source()))
    choose(article, source, place("North Korea"), "source", by=desk.reporter)
    assert codes(article) == {"proof_outdated", "signature_missing"}


def test_a_signed_proof_keeps_how_it_names_its_sources(desk):
    source, another = desk.source(place=place("Hoeryong")), desk.source(place=place("Chongjin"))
    article = desk.signed(story_of(desk, source, desk.source()))
    proof = article.proofs.get()
    row = {"proof": proof, "source": another, "place": another.place, "part": "source"}
    assert refused(lambda: ProofAttribution.objects.create(**row)) == "NR003"
    assert told("SELECT count(*) FROM articles_proofattribution WHERE proof_id = %s", proof.pk) == 2


def test_who_carries_a_story_later_is_noted_when_it_is_confirmed(desk):
    article = story_of(desk, desk.source(), desk.source())
    printed = desk.published(article)
    proof = article.proofs.get()
    later = desk.source(place=place("Hoeryong"), part="resident")
    fact = article.facts.get()
    desk.says(fact, later)
    assert later.pk not in set(proof.attributions.values_list("source", flat=True))
    confirming.confirm(fact, by=desk.editor)
    assert proof.attributions.get(source=later).place == later.place
    publishing.pull(printed, by=desk.reporter, reason="Somebody rang")
    publishing.release(printed, by=desk.editor, reason="It stands")


def test_a_story_that_would_name_her_by_more_than_she_allows_now_does_not_come_back(desk):
    source = desk.source(place=place("Hoeryong"), part="resident")
    printed = desk.published(story_of(desk, source, desk.source()))
    publishing.pull(printed, by=desk.reporter, reason="Somebody rang")
    Source.objects.filter(pk=source.pk).update(place=place("North Hamgyong Province"))
    assert kept(lambda: publishing.release(printed, by=desk.editor, reason="It stands")) == {"attribution_too_narrow"}
    Source.objects.filter(pk=source.pk).update(place=place("Hoeryong"))
    publishing.release(printed, by=desk.editor, reason="It stands")


@pytest.mark.parametrize(
    ("change", "outdated"),
    [
        ("UPDATE sources_place SET population = 60000 WHERE name_en = 'Hoeryong'", True),
        ("UPDATE sources_place SET parent_id = (SELECT id FROM sources_place WHERE name_en = 'Ryanggang Province')"
         " WHERE name_en = 'Hoeryong'", True),
        ("UPDATE sources_place SET population = 800000 WHERE name_en = 'Ryanggang Province'", False),
        ("UPDATE sources_place SET population_source = 'elsewhere' WHERE name_en = 'Hoeryong'", False),
        ("UPDATE sources_source SET part = 'source' WHERE part = 'worker'", True),
        ("UPDATE sources_source SET safety = 'at_risk' WHERE part = 'worker'", False),
    ],
)  # fmt: skip
def test_another_ladder_asks_for_another_signature(desk, change, outdated):
    source = desk.source(place=place("Hoeryong"), part="worker")
    printed = desk.published(story_of(desk, source, desk.source()))
    before = told("SELECT revision FROM articles_article WHERE story = %s", printed.story)
    article = desk.signed(story_of(desk, source, desk.source()))
    run(change)
    assert ("proof_outdated" in codes(article)) is outdated
    assert told("SELECT revision FROM articles_article WHERE story = %s", printed.story) == before, "it was printed so"


def test_a_place_lies_in_a_wider_one(desk):
    hoeryong, province, country = place("Hoeryong"), place("North Hamgyong Province"), place("North Korea")
    for row, values in (
        (country, {"parent": hoeryong}),
        (province, {"parent": hoeryong}),
        (hoeryong, {"parent": place("Chongjin")}),
        (province, {"kind": "city"}),
    ):
        assert refused(lambda r=row, v=values: Place.objects.filter(pk=r.pk).update(**v)) in (
            "place_not_in_a_wider_one",
            "23514",
        )
    assert refused(lambda: Place.objects.filter(pk=hoeryong.pk).update(kind="county")) == ""
    assert refused(lambda: Place.objects.create(name_en="A", name_ko="가", kind="city", parent=hoeryong)) == (
        "place_not_in_a_wider_one"
    )
    village()


@pytest.mark.parametrize(
    ("where", "values", "code"),
    [
        ("Hoeryong", {"population": 3_000_000}, "place_holds_too_many"),
        ("Yuson-dong", {"population": 153_533}, "place_holds_too_many"),
        ("Yuson-dong", {"population": 153_532}, ""),
        ("Yuson-dong", {"population": None, "population_source": ""}, ""),
        ("Hoeryong", {"population": 1_999}, "place_holds_too_many"),
        ("Hoeryong", {"population": 2_000}, ""),
        ("Hoeryong", {"population": None, "population_source": ""}, ""),
        ("North Hamgyong Province", {"population": 1_999}, "place_holds_too_many"),
        ("North Korea", {"population": 1_999}, "place_holds_too_many"),
    ],
)
def test_a_place_holds_no_more_people_than_what_it_lies_in(desk, where, values, code):
    quarter = village()
    assert refused(lambda: Place.objects.filter(name_en=where).update(**values)) == code
    assert Place.objects.get(pk=quarter.pk).population == 2_000
    row = place(where)
    for name_of, value in values.items():
        setattr(row, name_of, value)
    said = set()
    with contextlib.suppress(ValidationError):
        row.clean()
        said.add("")
    assert (said == {""}) is (code == ""), "the form says it before the law does"


def test_what_nobody_counted_between_two_places_lets_no_figure_through(desk):
    quarter = village()
    Place.objects.filter(name_en="Hoeryong").update(population=None, population_source="")
    assert refused(lambda: Place.objects.filter(pk=quarter.pk).update(population=3_000_000)) == "place_holds_too_many"
    few = Place.objects.create(
        name_en="A small province", name_ko="작은도", kind="province", parent=place("North Korea"), population=100,
        population_source="us",
    )  # fmt: skip
    assert refused(lambda: Place.objects.filter(name_en="Hoeryong").update(parent=few)) == "place_holds_too_many"


def test_her_reporter_and_editors_choose_and_others_see_an_alias(desk):
    source = desk.source(place=place("Hoeryong"), part="resident")
    article = story_of(desk, source, desk.source())
    stranger = StaffFactory(roles=["reporter"])
    with pytest.raises(NotAllowed):
        choose(article, source, place("North Korea"), "source", by=stranger)
    for user, sees in ((desk.reporter, True), (desk.editor, True), (stranger, False)):
        named = next(each for each in naming_of(user, article).sources if each.source == source)
        assert bool(named.rungs) is bool(named.ready) is sees
    rungs = next(n for n in naming_of(desk.reporter, article).sources if n.source == source).rungs
    assert [(r.phrase, r.lack, r.is_chosen) for r in rungs][:3] == [
        ("a resident of Hoeryong", "", True),
        ("a source in Hoeryong", "", False),
        ("a resident of North Hamgyong Province", "", False),
    ]


def test_the_places_of_the_census_come_once_and_spare_what_is_there(desk):
    assert sorted(Place.objects.values_list("name_en", "name_ko")) == sorted(names())
    assert place("Hoeryong").population == 153_532
    assert place("Samjiyon").population is None and place("Samjiyon").population_source == ""
    Place.objects.filter(name_en="Hoeryong").update(name_en="Hweryong", population=1, population_source="us")
    Place.objects.filter(name_en="Hyesan").update(population=None, population_source="")
    count = Place.objects.count()
    enter(Place.objects.all())
    assert Place.objects.count() == count
    assert (place("Hweryong").population, place("Hyesan").population) == (1, 192_680)
    within = [each.people for each in COUNTRY.within if each.kind == "province"]
    # 702,372 people lived in military camps, counted with no province.
    assert sum(within) + place("Pyongyang").population + 702_372 == COUNTRY.people


TIMES = {"source": 1, "resident": 1, "official": 20, "trader": 10, "worker": 10, "farmer": 10}


def test_the_law_the_reading_of_a_text_and_the_exposure_ask_for_as_many_people():
    parts = sorted(Source.Part.values)
    assert parts == sorted(TIMES)
    law = dict(asked("SELECT p, gate_times_the_floor(p) FROM unnest(%s::text[]) p", parts))
    read = {part: naming_words.TIMES.get(part, naming_words.OTHER_TIMES) for part in parts}
    exposed = {str(part): times for part, times in fitting.TIMES_THE_FLOOR.items()}
    assert law == read == exposed == TIMES
    assert told("SELECT gate_times_the_floor('other')") == naming_words.OTHER_TIMES


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_narrower_than_allowed_is_ever_let_through(desk, data):
    """Any source, any choice, any figures: what the law lets through is on her ladder, and enough people fit it."""
    rows = list(Place.objects.all())
    mine, chosen = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(rows))
    part, said = data.draw(st.sampled_from(sorted(TIMES))), data.draw(st.sampled_from(sorted(TIMES)))
    people = data.draw(st.none() | st.integers(0, 2 * FLOOR * 20))
    ladder, at = set(), mine
    while at is not None:
        ladder.add(at.pk)
        at = at.parent
    allowed = chosen.pk in ladder and said in ("source", part)
    enough = people is not None and people >= FLOOR * TIMES[said]
    with undone():
        Place.objects.exclude(pk=chosen.pk).update(population=None, population_source="")
        Place.objects.filter(pk=chosen.pk).update(
            population=people, population_source="us" if people is not None else ""
        )
        source = Source.objects.create(place=mine, part=part, contact_reporter=desk.reporter, alias="one of the drawn")
        lack = told("SELECT gate_attribution_lack(%s, %s, %s)", source.pk, chosen.pk, said)
        assert (lack is None) == (allowed and enough)
        place_offered, part_offered = asked("SELECT place, part FROM gate_attribution_offered(%s)", source.pk)[0]
        assert place_offered in ladder and part_offered in ("source", part)


WAITING = [
    ("UPDATE sources_source SET place_id = (SELECT id FROM sources_place WHERE name_en = 'North Hamgyong Province')"
     " WHERE id = %(source)s", "attribution_too_narrow"),
    ("UPDATE sources_source SET part = 'source' WHERE id = %(source)s", "attribution_too_narrow"),
    ("UPDATE sources_place SET population = 100 WHERE name_en = 'Hoeryong'", "attribution_under_floor"),
    ("UPDATE sources_place SET population = NULL WHERE name_en = 'Hoeryong'", "attribution_population_unknown"),
    ("UPDATE sources_source SET safety = 'at_risk' WHERE id = %(source)s", ""),
    ("UPDATE sources_place SET population = 160000 WHERE name_en = 'Hoeryong'", ""),
    ("UPDATE sources_place SET population = 100 WHERE name_en = 'Hyesan'", ""),
    ("UPDATE sources_place SET parent_id = (SELECT id FROM sources_place WHERE name_en = 'Ryanggang Province')"
     " WHERE name_en = 'Hoeryong'", "attribution_too_narrow"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code"), WAITING)
def test_a_story_that_waits_is_stopped_when_it_names_her_by_more_than_may_be_printed_now(desk, change, code):
    chosen = "North Hamgyong Province" if "parent_id" in change else "Hoeryong"
    source = desk.source(place=place("Hoeryong"), part="resident")
    article = story_of(desk, source, desk.source())
    choose(article, source, place(chosen), "resident", by=desk.reporter)
    waits = publish(desk.signed(article), by=desk.editor, at=hours(5))
    printed = desk.published(story_of(desk, source, desk.source()))
    run(change.replace("%(source)s", str(source.pk)))
    waits.refresh_from_db()
    printed.refresh_from_db()
    assert (waits.pulled_at is not None) is bool(code)
    assert printed.pulled_at is None, "it is in readers' hands"
    if code:
        causes = (
            "SELECT c ->> 'code' FROM articles_pull p, jsonb_array_elements(p.causes) c WHERE p.publication_id = %s"
        )
        assert asked(causes, waits.pk) == [(code,)], "and never which source"


def test_a_story_that_waits_and_names_who_is_forgotten_is_stopped(desk):
    source = desk.source(place=place("Hoeryong"), part="resident")
    waits = publish(desk.signed(story_of(desk, source, desk.source())), by=desk.editor, at=hours(5))
    printed = desk.published(story_of(desk, source, desk.source()))
    _goes, stays = what_there_is(source)
    assert (stays["stories"], stays["in_print"], stays["waiting"]) == (2, 1, 1)
    forget(source, by=desk.chief, reason="She asks for it", alias=source.alias)
    waits.refresh_from_db()
    printed.refresh_from_db()
    assert waits.pulled_at is not None
    assert printed.pulled_at is None
