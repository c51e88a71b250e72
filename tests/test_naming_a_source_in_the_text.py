"""What a writer types of a source is held against what was chosen for her: narrower words fail the check of attributions."""

import datetime as dt

import pytest

from articles import confirming
from articles.attributed import attributions, in_working_copy, sentence_of
from articles.checks import ALWAYS
from articles.coverage import coverage_of
from articles.covering import cover, sentences_in
from articles.models import Article
from articles.naming_words import Map, phrases_in
from articles.proofing import ask_for_review
from sources.attributions import ready_to_print, with_particle
from sources.models import Place
from tests.factories import Desk
from tests.laws import codes, told
from tests.test_how_a_source_is_named import Careful, name, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Careful:
    return Careful()


def cover_all(desk: Desk, article: Article, fact) -> Article:
    """Every sentence states the fact."""
    article.refresh_from_db()
    keys = {sentence.key: f"fact {fact.pk}" for sentence in sentences_in(coverage_of(article))}
    cover(article, keys, by=desk.reporter)
    return article


def told_by_hand(
    desk: Desk, words: str, *, language: str = "en", where: str = "Hoeryong", part: str = "resident"
) -> Article:
    """A story of one paragraph that a source of this place and role carries."""
    article = desk.article("Headline", language=language, body=f"<p>{words}</p>")
    fact = desk.fact(
        article, "She said so.", kind="statement", sources=[desk.source(place=place(where), part=part)], confirmed=False
    )
    cover_all(desk, article, fact)
    confirming.confirm(fact, by=desk.editor)
    return article


FITS = [
    ("en", "“Rice is dear,” a resident of Hoeryong said."),
    ("en", "Rice is dear, a source in North Hamgyong Province said."),
    ("en", "Rice is dear, the resident said on Monday."),
    ("en", "Rice in the market is dear, sources there said."),
    ("en", "A Hoeryong resident said that traders in Hyesan ask more."),
    ("ko", "회령시 주민은 “쌀이 비싸다”고 전했다."),
    ("ko", "회령 주민들은 쌀이 비싸다고 말했다."),
    ("ko", "함경북도 소식통은 안전원들이 혜산 장마당 상인들을 단속했다고 전했다."),
    ("ko", "함경북도 회령시에 사는 한 주민은 쌀이 비싸다고 말했다."),
    ("ko", "회령시 장마당의 쌀값이 올랐다고 현지 소식통들이 전했다."),
    ("en", "Traders in Hyesan ask more, a resident of Hoeryong said."),
    ("en", "“Rice is dear,” said a resident of Hoeryong, who asked not to be named."),
    ("en", "A resident of Hoeryong told our reporter that a nurse in Hyesan was arrested."),
    ("en", "On Monday, the woman said that rice is dear."),
    ("en", "According to a resident of Hoeryong, traders in Hyesan ask more."),
    ("ko", "회령시 주민은 기자에게 쌀이 비싸다고 말했다."),
    ("ko", "혜산 상인들은 값을 올린다고 회령시 주민이 전했다."),
    ("ko", "회령시 주민에 따르면 혜산 간호원이 체포됐다."),
]
NARROWER = [
    ("en", "Rice is dear, a resident of Yuson-dong, Hoeryong, said.", "resident of Yuson-dong, Hoeryong"),
    ("en", "Rice is dear, a trader in Hoeryong said.", "trader in Hoeryong"),
    ("en", "“Rice is dear,” a Chongjin source said.", "Chongjin source"),
    ("en", "Rice is dear, a nurse who works in Hoeryong said.", "nurse who works in Hoeryong"),
    ("en", "Rice is dear, according to an official in North Hamgyong Province.", "official in North Hamgyong Province"),
    ("ko", "회령시 유선동의 한 주민은 쌀이 비싸다고 전했다.", "회령시 유선동의 한 주민"),
    ("ko", "무산광산 노동자는 “쌀이 비싸다”고 말했다.", "무산광산 노동자"),
    ("ko", "회령상인은 쌀이 비싸다고 전했다.", "회령상인"),
    ("ko", "함경북도 회령시당 간부는 쌀이 비싸다고 말했다.", "함경북도 회령시당 간부"),
    ("ko", "청진 주민에 따르면 쌀이 비싸다.", "청진 주민"),
]

# Where the attribution that was chosen stands there besides, and where other words or spellings hide what is said of her.
EACH = [
    ("en", "A resident of Hoeryong, a nurse at the city hospital, said rice is dear."),
    ("en", "A resident of Hoeryong (a nurse) said that rice is dear."),
    ("en", "A source in North Hamgyong Province who is a nurse in Hoeryong said that rice is dear."),
    ("en", "“Rice is dear,” said a resident of Hoeryong, a nurse at the city hospital."),
    ("en", "According to a resident of Hoeryong, a baker, rice is dear."),
    ("en", "In Hoeryong, a nurse said that rice is dear."),
    ("en", "Speaking from Hoeryong, a nurse said that rice is dear."),
    ("en", "Rice is dear, said a nurse whose home is Hoeryong."),
    ("en", "A glassblower in Hoeryong said that rice is dear."),
    ("en", "Rice is dear, a Hoeryong glassblower said."),
    ("en", "A resident of Hoeryong, a glassblower by trade, said that rice is dear."),
    ("en", "A 43-year-old resident of Hoeryong said that rice is dear."),
    ("en", "A resident of Hoeryong, 43, said that rice is dear."),
    ("en", "Rice is dear, a trader in HOERYONG said."),
    ("en", "Rice is dear, a trader in Hoeryŏng said."),
    ("en", "Rice is dear, a trader in Hoe\u200bryong said."),
    ("en", "Rice is dear, a resident of Ｃｈｏｎｇｊｉｎ said."),
    ("en", "The source is a nurse in Hoeryong."),
    *(("en", f"Rice is dear, a {role} in Hoeryong said.") for role in (
        "midwife", "journalist", "hairdresser", "baker", "pharmacist", "railwayman", "student", "teacher", "doctor")),
    ("ko", "회령시 주민인 한 간호원은 쌀이 비싸다고 전했다."),
    ("ko", "회령 시 상인은 쌀이 비싸다고 전했다."),
    ("ko", "회 령 시 상인은 쌀이 비싸다고 전했다."),
    ("ko", "회\u200b령시 상인은 쌀이 비싸다고 전했다."),
    ("ko", "회령시 상인까지도 쌀이 비싸다고 전했다."),
    ("ko", "회령시 상인조차 쌀이 비싸다고 전했다."),
    ("ko", "회령시 상인마저 쌀이 비싸다고 전했다."),
    ("ko", "회령시 상인께서는 쌀이 비싸다고 전했다."),
    ("ko", "회령시 상인한테서 쌀이 비싸다고 들었다고 전했다."),
    ("ko", "쌀이 비싸다는 말을 회령시 상인에게서는 들었다고 전했다."),
    ("ko", "회령시 상인이었던 소식통은 쌀이 비싸다고 전했다."),
    ("ko", "회령시 간호원인 소식통은 쌀이 비싸다고 전했다."),
    ("ko", "소식통은 회령시 간호원으로서 쌀이 비싸다고 전했다."),
    ("ko", "이 소식통은 회령시 간호원이다."),
    ("ko", "43세의 회령시 주민은 쌀이 비싸다고 전했다."),
    ("ko", "회령시 유리공은 쌀이 비싸다고 전했다."),
    *(("ko", f"회령시 {role}은 쌀이 비싸다고 전했다.") for role in (
        "조산원", "기자", "미용사", "약사", "철도원", "직원", "의사", "교원")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), EACH)
def test_each_word_that_is_said_of_her_is_judged_by_itself(desk, language, words):
    article = told_by_hand(desk, words, language=language)
    assert "narrower" in {finding["why"] for finding in in_working_copy(article)}
    assert not ask_for_review(article, by=desk.reporter).checks.get(name="attributions").passed


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "A source, a resident of Hoeryong, said that rice is dear."),
        ("en", "In Hoeryong, a source in North Hamgyong Province said that rice is dear."),
        ("ko", "함경북도 소식통인 회령시 주민은 쌀이 비싸다고 전했다."),
    ],
)
def test_a_wide_place_does_not_excuse_a_narrow_one_beside_it(desk, language, words):
    article = told_by_hand(desk, words, language=language, where="North Hamgyong Province")
    assert "narrower" in {finding["why"] for finding in in_working_copy(article)}


@pytest.mark.parametrize(("language", "words"), FITS)
def test_words_that_say_no_more_pass(desk, language, words):
    article = told_by_hand(desk, words, language=language)
    assert in_working_copy(article) == []
    proof = ask_for_review(article, by=desk.reporter)
    assert proof.checks.get(name="attributions").passed
    assert "check_failed" not in codes(article)


@pytest.mark.parametrize(("language", "words", "said"), NARROWER)
def test_words_that_say_more_fail(desk, language, words, said):
    article = told_by_hand(desk, words, language=language)
    proof = ask_for_review(article, by=desk.reporter)
    check = proof.checks.get(name="attributions")
    assert not check.passed
    assert [(f["place"], f["words"], f["why"]) for f in check.findings] == [("block 1", said, "narrower")]
    assert check.findings == in_working_copy(article)
    assert said in sentence_of(check.findings[0])
    desk.sign(proof)
    assert codes(article) == {"check_failed"}


BESIDE = [
    ("en", {"dateline": "Hoeryong, by a nurse"}, "dateline", "narrower"),
    ("en", {"dateline": "Hyesan"}, "dateline", "beside"),
    ("en", {"dateline": "Hoeryong"}, "", ""),
    ("en", {"slug": "rice-is-dear-a-nurse-in-hoeryong-says"}, "slug", "narrower"),
    ("en", {"slug": "traders-in-hyesan-ask-more"}, "slug", "beside"),
    ("en", {"slug": "rice-is-dear-a-resident-of-hoeryong-says"}, "", ""),
    ("ko", {"dateline": "회령시 간호원"}, "dateline", "narrower"),
    ("ko", {"slug": "회령시-간호원은-쌀이-비싸다고-말했다"}, "slug", "narrower"),
]


@pytest.mark.parametrize(("language", "changes", "where", "why"), BESIDE)
def test_what_is_printed_beside_the_text_is_looked_at_as_well(desk, language, changes, where, why):
    words = "쌀이 비싸다고 회령시 주민이 전했다." if language == "ko" else "Rice is dear, a resident of Hoeryong said."
    article = told_by_hand(desk, words, language=language)
    Article.objects.filter(pk=article.pk).update(**changes)
    article.refresh_from_db()
    found = in_working_copy(article)
    assert [(f["place"], f["why"]) for f in found] == ([(where, why)] if where else [])
    assert all(sentence_of(each) for each in found)
    check = ask_for_review(article, by=desk.reporter).checks.get(name="attributions")
    assert check.findings == found
    assert check.passed is (why != "narrower")


def test_a_correction_names_nobody_more_narrowly_either(desk):
    article = told_by_hand(desk, "Rice is dear, a resident of Hoeryong said.")
    article.corrections.create(
        kind="correction", text="A nurse in Hoeryong told us the price.", dated=dt.date(2026, 5, 4), by=desk.reporter
    )
    assert [(f["place"], f["why"], f["warns"]) for f in in_working_copy(article)] == [
        ("correction 1", "narrower", False)
    ]
    desk.published(told_by_hand(desk, "Rice is dear, a resident of Hoeryong said."))


def test_it_is_held_against_what_was_chosen_for_this_story(desk):
    article = told_by_hand(desk, "Rice is dear, a resident of Hoeryong said.")
    source = article.facts.get().wording.confirmations.get().source
    name(article, source, "North Hamgyong Province")
    assert not ask_for_review(article, by=desk.reporter).checks.get(name="attributions").passed
    article.attributions.all().delete()
    assert ask_for_review(article, by=desk.reporter).checks.get(name="attributions").passed


def test_where_nobody_can_tell_whose_words_they_are_an_editor_is_warned(desk):
    article = desk.article("Headline", body="<p>Rice is dear.</p><p>A worker in Musan County said so.</p>")
    desk.fact(article, sources=[desk.source(place=place("Hoeryong"))])
    (warning,) = in_working_copy(article)
    assert (warning["why"], warning["warns"]) == ("few", True)
    check = ask_for_review(article, by=desk.reporter).checks.get(name="attributions")
    assert check.passed
    assert check.findings == [warning]


def test_a_text_that_nobody_read_is_held_against_every_source(desk):
    article = desk.article("Headline", body="<p>Rice is dear, a trader in Hoeryong said.</p>")
    desk.fact(article, sources=[desk.source(place=place("Hoeryong"), part="resident"), desk.source()])
    Article.objects.filter(pk=article.pk).update(coverage=[])
    proof = ask_for_review(article, by=desk.reporter)
    proof.coverage = []
    assert [f["words"] for f in attributions(proof)] == ["trader in Hoeryong"]


def test_no_policy_spares_this_check(desk):
    assert list(ALWAYS) == told("SELECT gate_always_checked()")
    desk.agree(required_checks=[], anonymity_floor=0)
    article = told_by_hand(desk, "Rice is dear, a nurse in Hoeryong said.")
    desk.sign(ask_for_review(article, by=desk.reporter))
    assert codes(article) == {"check_failed"}


@pytest.mark.parametrize(
    ("phrase", "particle", "joined"),
    [
        ("회령시 소식통", "은", "회령시 소식통은"),
        ("회령시 노동자", "은", "회령시 노동자는"),
        ("량강도 주민", "이", "량강도 주민이"),
        ("함흥시 관계자", "이", "함흥시 관계자가"),
        ("회령시 농민", "을", "회령시 농민을"),
        ("회령시 노동자", "과", "회령시 노동자와"),
        ("마을", "으로", "마을로"),
        ("회령시 주민", "으로", "회령시 주민으로"),
        ("A", "은", "A는"),
    ],
)
def test_a_korean_phrase_takes_the_particle_of_its_last_syllable(phrase, particle, joined):
    assert with_particle(phrase, particle) == joined


def test_the_phrase_stands_ready_for_a_sentence():
    hoeryong = place("Hoeryong")
    assert ready_to_print("resident", hoeryong, "ko") == [
        "회령시 주민은",
        "회령시 주민이",
        "회령시 주민을",
        "회령시 주민과",
    ]
    assert ready_to_print("official", hoeryong, "en") == ["an official in Hoeryong", "the official in Hoeryong"]


def test_a_word_of_every_day_is_no_place():
    places = Map.of(Place.objects.all())
    for sentence in ("안주 한 잔을 마신 주민은 웃었다", "혜산시는 주민들이 많다", "매대 상인들이 따라갔다"):
        assert all(not phrase.places for phrase in phrases_in(sentence, "ko", places)), sentence
