"""What makes a sentence a claim, so that it has to be stated as a fact and can't be context."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.claims import Claim, claim_in, claims_in
from articles.coverage import coverage_of
from articles.models import Article, Fact
from articles.names_of_places import names_of_places
from sources.models import Place
from tests.factories import StaffFactory
from tests.labelled import (
    FILES,
    known_names,
    rows_of_places,
    score_claims,
    share_kept_back,
    share_let_through,
    share_of_right_kinds,
)

EVENTS = [
    ("en", "Two hundred households were moved.", "figure"),
    ("en", "Half of the pumps stand still.", "figure"),
    ("en", "The gates stayed shut until Thursday.", "date"),
    ("en", "They left yesterday.", "date"),
    ("en", "The order was signed by a Mr. Han.", "name"),
    ("ko", "세 명이 강을 건넜다.", "figure"),
    ("ko", "수백 명이 모였다.", "figure"),
    ("ko", "양수기의 절반은 돌지 않는다.", "figure"),
    ("ko", "지난달 문을 닫았다.", "date"),
    ("ko", "리 위원장은 보이지 않았다.", "name"),
    ("ko", "김철수 씨는 관을 짠다.", "name"),
    ("ko", "길주역에는 기차가 서지 않는다.", "name"),
]
WORDS = [
    ("en", "A trader said that the rice was gone."),
    ("en", "According to a trader, the rice was gone."),
    ("en", "“So we waited until the gate was opened.”"),
    ("ko", "상인은 쌀이 동났다고 말했다."),
    ("ko", "소식통에 따르면 쌀이 동났다."),
    ("ko", "상인은 “쌀이 없다”라고 했다."),
    ("ko", "그는 살기 어렵다고 토로했다."),
]
RECORDS = [
    ("en", "According to the Rodong Sinmun, the plan was met."),
    ("en", "State media reported the visit."),
    ("en", "The gazette carried the decree."),
    ("ko", "노동신문에 따르면 계획은 달성됐다."),
    ("ko", "조선중앙통신은 다리가 열렸다고 전했다."),
    ("ko", "통계에 따르면 수출은 줄었다."),
]
CONTEXT = [
    ("en", "That is why the bridge mattered."),
    ("en", "No one goes there any more, and I know why."),
    ("en", "They march before sunrise; it may rain."),
    ("en", "1. That explains the long faces."),
    ("ko", "그래서 이 다리는 중요했다."),
    ("ko", "한편 도시는 다시 조용해졌다."),
    ("ko", "공사는 무산됐고 원산지는 적혀 있지 않다."),
    ("ko", "1. 말하기 어렵다."),
]

# Who says so, without a verb of telling; which document, without one of publishing; and events that look like these.
TOLD = [
    ("en", "Hoeryong bridge collapsed, residents say", "statement"),
    ("en", "Bridge at Hoeryong collapsed: residents", "statement"),
    ("en", "Residents: bridge at Hoeryong collapsed on Monday", "statement"),
    ("en", "Hoeryong bridge collapsed – sources in the city", "statement"),
    ("en", "‘No bread’ in Hyesan, source claims", "statement"),
    ("en", "As he tells it, two men were shot.", "statement"),
    ("en", "By her account two guards fled on Monday.", "statement"),
    ("en", "Workers were paid in noodles in May, a foreman of the plant confirmed.", "statement"),
    ("en", "The driver was certain that the lorry had carried six tons.", "statement"),
    ("ko", "회령 다리 월요일 무너져…현지 소식통", "statement"),
    ("ko", "“회령 다리 무너졌다”…소식통", "statement"),
    ("ko", "“다리 붕괴”: 회령 소식통", "statement"),
    ("ko", "회령 주민들 “다리 무너져”", "statement"),
    ("ko", "소식통: 회령 다리 무너져", "statement"),
    ("ko", "회령 다리 무너졌다는 말 나와", "statement"),
    ("ko", "다리는 월요일에 무너졌다는 것이다.", "statement"),
    ("ko", "조수의 말로는 9톤이었다.", "statement"),
    ("en", "Rail fares doubled: KCNA", "record"),
    ("en", "Satellite images: bridge at Hoeryong gone", "record"),
    ("en", "Under the 2020 law, smugglers face ten years.", "record"),
    ("en", "The notice, dated 4 May, bans bicycles.", "record"),
    ("ko", "철도 운임 두 배로…중앙통신", "record"),
    ("ko", "2020년 법은 밀수를 10년형으로 처벌한다.", "record"),
    ("ko", "4월 단둥에서 맺은 계약서대로라면 가발 하나에 300위안을 낸다.", "record"),
    ("en", "The bridge at Hoeryong collapsed on Monday", "event"),
    ("en", "Guards shot half-starved workers in Hyesan.", "event"),
    ("en", "Police arrested three men – traders.", "event"),
    ("en", "Two residents of Hoeryong were shot on Monday.", "event"),
    ("en", "Traders in Hyesan sold 40 bicycles.", "event"),
    ("en", "The notice was torn down on Monday.", "event"),
    ("en", "On Monday, the rain continued.", "event"),
    ("en", "Two guards “lost” a boat on Monday.", "event"),
    ("ko", "회령 다리 무너져", "event"),
    ("ko", "불법으로 강을 건넌 두 명이 총살됐다.", "event"),
    ("ko", "이 방법으로 쌀 40톤을 옮겼다.", "event"),
    ("ko", "다른 기관보다 40명 많았다.", "event"),
    ("ko", "명령에 따라 두 명이 총살됐다.", "event"),
    ("ko", "주민 두 명이 “충성 다리”를 건넜다.", "event"),
    ("ko", "회령 다리 무너져…숨진 주민 두 명", "event"),
    ("ko", "중대장은 부하들 앞에서 총살됐다.", "event"),
]

KINDS = [
    *(("event", why) for why in ("figure", "date", "name", "harm")),
    ("statement", "telling"),
    ("record", "record"),
]


@pytest.mark.parametrize(("language", "sentence", "why"), EVENTS)
def test_a_figure_a_date_and_a_name_claim_an_event(language, sentence, why):
    assert claim_in(sentence, language) == Claim("event", why)


@pytest.mark.parametrize(("language", "sentence"), WORDS)
def test_words_passed_on_claim_a_statement(language, sentence):
    assert claim_in(sentence, language) == Claim("statement", "telling")


@pytest.mark.parametrize(("language", "sentence"), RECORDS)
def test_what_was_published_claims_a_record(language, sentence):
    assert claim_in(sentence, language) == Claim("record", "record")


@pytest.mark.parametrize(("language", "sentence", "kind"), TOLD)
def test_an_attribution_is_found_in_whatever_form(language, sentence, kind):
    claim = claim_in(sentence, language, names=known_names())
    assert claim and claim.kind == kind


@pytest.mark.parametrize(("language", "sentence"), CONTEXT)
def test_what_claims_nothing_may_be_context(language, sentence):
    assert claim_in(sentence, language, names=known_names()) is None


@pytest.mark.parametrize(
    ("english", "korean", "others"),
    [
        ("Hyesan", "혜산시", {"혜산"}),
        ("Musan County", "무산군", {"Musan", "무산"}),
        ("Samho-guyok", "삼호구역", {"Samho", "삼호"}),
        ("North Hamgyong Province", "함경북도", {"North Hamgyong", "Hamgyong", "함북", "함경도"}),
        ("Ryanggang Province", "량강도", {"Ryanggang", "량강", "양강도", "양강"}),
        ("North Korea", "북한", set()),
    ],
)
def test_a_place_goes_by_its_full_name_and_by_a_shorter_one(english, korean, others):
    assert names_of_places([(english, korean)]) == {english, korean} | others


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Musan lost its trees."),
        ("en", "They fled to Hamgyong."),
        ("ko", "무산에는 나무가 없다."),
        ("ko", "혜산은 조용하다."),
        ("ko", "함북의 산은 헐벗었다."),
        ("ko", "회령 세관이 다시 열렸다."),
        ("ko", "양강도당은 말이 없다."),
    ],
)
def test_a_place_that_the_desk_knows_is_a_claim_in_whatever_form(language, sentence):
    assert claim_in(sentence, language, names=known_names()) == Claim("event", "name")


def test_a_place_of_ones_own_is_known_once_it_stands_in_the_list():
    assert claim_in("도래골은 조용하다.", "ko", names=known_names()) is None
    assert claim_in("도래골은 조용하다.", "ko", names=names_of_places([("Toraegol", "도래골리")])) is not None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Putin visited the port."),
        ("en", "Trump sent a letter."),
        ("en", "Dandong’s cranes stand still."),
        ("en", "Kwon Thae-sik mends nets."),
        ("en", "Song was seen no more."),
        ("ko", "장성택은 오지 않았다."),
        ("ko", "이광수는 산을 넘었다."),
        ("ko", "최선희 외무상이 영접했다."),
        ("ko", "마체고라 대사가 웃었다."),
        ("ko", "시진핑이 방문했다."),
        ("ko", "트럼프가 서한을 보냈다."),
        ("ko", "박철 소좌를 본 사람은 없다."),
        ("ko", "김 군은 학교에 가지 않는다."),
        ("ko", "수남시장에서는 국수를 판다."),
    ],
)
def test_a_name_that_stands_in_no_list_of_the_desk_is_a_claim(language, sentence):
    assert claim_in(sentence, language) == Claim("event", "name")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Officials deny that anyone died."),
        ("en", "Word has it that the bridge is sold."),
        ("en", "Rumours spread of a coup."),
        ("en", "Villagers swear that the dam leaks."),
        ("ko", "상인들은 단속 탓이라고 입을 모은다."),
        ("ko", "간부가 달라진다는 소문이 돈다."),
        ("ko", "사람들이 굶는단다."),
        ("ko", "그는 빈손이었다고 실토했다."),
        ("ko", "새 길이 난 것으로 알려졌다."),
    ],
)
def test_denial_rumour_and_hearsay_are_somebodys_words(language, sentence):
    assert claim_in(sentence, language) == Claim("statement", "telling")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The manager was purged."),
        ("en", "The boy was shot at the river."),
        ("en", "The authorities closed the school."),
        ("en", "A mother of the village went into the river."),
        ("ko", "지배인은 숙청됐다."),
        ("ko", "소년은 강가에서 총살됐다."),
        ("ko", "당국은 학교를 닫았다."),
        ("ko", "한 어머니가 강에 뛰어들었다."),
    ],
)
def test_harm_and_what_an_office_does_are_claims_without_any_name(language, sentence):
    assert claim_in(sentence, language) == Claim("event", "harm")


# Words of every day that have the shape of a name, or hold one.
ORDINARY = [
    *(
        ("ko", f"{word} 그대로다.")
        for word in [
            "정치국은",
            "장마당은",
            "이웃이",
            "강냉이는",
            "배급소는",
            "주민들은",
            "전기가",
            "고향은",
            "지도원은",
            "정치범은",
        ]
    ),
    *(
        ("ko", f"{word} 낡았다.")
        for word in ["트랙터는", "아파트가", "프로그램은", "노트북이", "원산지는", "청진기는", "승용트럭은"]
    ),
    *(
        ("en", f"{word} is dear.")
        for word in ["Kerosene", "Vinyl", "Maize", "Netting", "Tofu", "Scrap", "Handcart", "Second-hand", "Neighbours’"]
    ),
]


@pytest.mark.parametrize(("language", "sentence"), ORDINARY)
def test_a_word_of_every_day_is_no_name(language, sentence):
    assert claim_in(sentence, language, names=known_names()) is None


@pytest.mark.django_db
def test_the_desk_hands_over_the_forms_of_its_places():
    assert set(Place.objects.values_list("name_en", "name_ko")) == set(rows_of_places())
    Place.objects.create(name_en="Toraegol", name_ko="도래골리", kind="district", parent=Place.objects.first())
    article = Article.objects.create(
        language="ko", slug="골", body="<p>도래골은 조용하다. 골은 조용하다.</p>", created_by=StaffFactory()
    )
    told = {segment["text"].strip(): segment["claim"] for segment in coverage_of(article)}
    assert told["도래골은 조용하다."] == "event" and told["골은 조용하다."] is None


@pytest.mark.parametrize(
    ("language", "block"),
    [
        ("en", ["“You ask once. ", "It is enough. ", "Never twice.” ", "She left."]),
        ("en", ['"You ask once. ', "It is enough. ", 'Never twice." ', "She left."]),
        ("ko", ["“소를 팔았다. ", "쟁기도 팔았다. ", "더 팔 것이 없다.” ", "해가 졌다."]),
    ],
)
def test_in_the_midst_of_a_quotation_each_sentence_is_somebodys_words(language, block):
    said = Claim("statement", "telling")
    assert claims_in(block, language) == [said, said, said, None]
    assert claim_in(block[1], language) is None


def test_a_block_set_as_a_quotation_is_somebodys_words():
    block = ["The bridge fell on Monday. ", "No one came. ", "The gazette reported it."]
    said, record = Claim("statement", "telling"), Claim("record", "record")
    assert claims_in(block, "en", quoted=True) == [said, said, record]
    assert claims_in(block, "en") == [Claim("event", "date"), None, record]


@pytest.mark.django_db
def test_a_quotation_in_the_text_needs_no_marks():
    body = "<blockquote><p>The bridge fell on Monday.</p></blockquote><p>The bridge fell on Monday.</p>"
    article = Article.objects.create(language="en", slug="bridge", body=body, created_by=StaffFactory())
    claims = {segment["place"]: segment["claim"] for segment in coverage_of(article)}
    assert (claims["block 1"], claims["block 2"]) == ("statement", "event")


def test_a_name_handed_in_is_no_pattern():
    names = frozenset({".", "", "(", "%s", "why?"})
    assert claim_in("That is why.", "en", names=names) is None
    assert claim_in("That is %s.", "en", names=names) == Claim("event", "name")


def test_every_kind_is_one_of_a_fact():
    kinds = {claim.kind for _, text in RECORDS + WORDS if (claim := claim_in(text, _))} | {"event"}
    assert kinds == set(Fact.Kind.values)


# What was measured, recall and precision: 1.0 and .940, 1.0 and 1.0, .996 and .964, 1.0 and .967; on the prose that no
# rule was written for .886 and .886 in English, .805 and 1.0 in Korean. Of the right kind .903 at least.
@pytest.mark.parametrize(
    ("name", "recall", "precision"),
    [
        ("english", 0.99, 0.93),
        ("english_held_out", 0.97, 0.95),
        ("english_held_out_prose", 0.87, 0.86),
        ("korean", 0.99, 0.95),
        ("korean_held_out", 0.97, 0.93),
        ("korean_held_out_prose", 0.79, 0.97),
    ],
)
def test_claims_are_found_and_few_are_invented(name, recall, precision):
    score = score_claims(name)
    assert score.recall >= recall
    assert score.precision >= precision
    assert share_of_right_kinds(name) >= 0.9


# What was measured: .048 at most, but for one of ten in the English prose that is held out; and .040. At first sight, round by
# round, .41, .23, .12, .36, .12, .08 and .00 were kept back in English, .36, .21, .20, .19, .04, .17 and .05 in Korean.
@pytest.mark.parametrize("name", FILES)
def test_few_words_passed_on_are_taken_for_an_event_and_few_events_for_words(name):
    assert share_kept_back(name) <= (0.1 if name == "english_held_out_prose" else 0.05)
    assert share_let_through(name) <= 0.05


@settings(max_examples=200, deadline=None)
@given(text=st.text(), language=st.sampled_from(["en", "ko"]), names=st.frozensets(st.text(max_size=4), max_size=3))
def test_no_text_breaks_it(text, language, names):
    assert claim_in(text, language, names=names) in {None, *(Claim(k, w) for k, w in KINDS)}


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        '"',
        " ",
        "A. ",
        "report ",
        "자료는 ",
        "관영",
        "두 ",
        "가나시",
        "s say",
        ",a ",
        "a",
        "women x ",
        "party ",
        "당국은 ",
        "한 주민",
        "프",
        "리성호",
    ],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_long_sentence_takes_time_in_proportion(unit, language):
    small, large = (unit * (size // len(unit)) for size in (10_000, 80_000))
    assert _seconds(large, language) < 16 * _seconds(small, language) + 0.5


def _seconds(text: str, language: str) -> float:
    started = time.process_time()
    claim_in(text, language, names=known_names())
    return time.process_time() - started
