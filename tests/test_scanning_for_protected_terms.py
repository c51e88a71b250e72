"""A text is scanned for names, numbers, handles and places without knowing one of them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict

import pytest
from django.core.exceptions import ImproperlyConfigured

from sources import fingerprinting
from sources.known_terms import Known, Terms
from sources.leaks import MOST_NUMBERS, Piece, address, in_html, scan
from sources.protecting import TermRefused, TypedTerm, counts_alone, fingerprints
from sources.windows import numbers
from tests.planting import ENGLISH_NAMES, Person, people, variants


def terms_of(*people_of: list[TypedTerm]) -> Terms:
    """What is kept of these people's words; each is known by the place in the list."""
    terms: Terms = {}
    for number, typed in enumerate(people_of):
        for made in fingerprints(typed):
            known = Known(number, made.kind, made.needs_company, made.fingerprint)
            terms[made.fingerprint] = (*terms.get(made.fingerprint, ()), known)
    return terms


def typed_of(person: Person) -> list[TypedTerm]:
    return [
        TypedTerm("name", person.name),
        TypedTerm("name", person.romanised),
        TypedTerm("number", person.number),
        TypedTerm("handle", person.handle),
        TypedTerm("place", person.place),
        TypedTerm("place", person.place_in_latin),
    ]


CHOLSU = [
    TypedTerm("name", "김철수"),
    TypedTerm("name", "Kim Chol-su"),
    TypedTerm("number", "010-2345-6789"),
    TypedTerm("handle", "@river_cholsu7"),
    TypedTerm("place", "회령시 망양동 23인민반"),
]
SUJONG = [TypedTerm("name", "김수정"), TypedTerm("name", "Grace Kim"), TypedTerm("place", "장마당 뒤 세탁소")]


@pytest.fixture(scope="module")
def terms() -> Terms:
    return terms_of(CHOLSU, SUJONG)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("그날 김철수가 강을 건넜다.", "name"),
        ("김철수에게서 들었다", "name"),
        ("김 철수 씨", "name"),
        ("김-철-수", "name"),
        ("ㄱㅣㅁㅊㅓㄹㅅㅜ", "name"),
        ("김\u200b철\u00ad수", "name"),
        ("KIM CHOLSU", "name"),
        ("Chol Su Kim", "name"),
        ("Кim Сhol-su", "name"),
        ("kim_chol_su", "name"),
        ("+82 10 2345 6789", "number"),
        ("0082-10-2345-6789", "number"),
        ("(010) 2345.6789", "number"),
        ("０１０－２３４５－６７８９", "number"),
        ("O1O-2345-6789", "number"),
        ("공일공 이삼사오 육칠팔구", "number"),
        ("river.cholsu7", "handle"),
        ("회령시 망양동 23 인민반에서", "place"),
        ("김수정이 말했다", "name"),
        ("Grace Kim said", "name"),
    ],
)
def test_it_finds_a_term_however_it_is_written(terms, text, kind):
    assert {finding.kind for finding in scan([Piece("block 1", text)], terms)} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "헌법 수정 제안이 나왔다",
        "군대의 철수를 요구했다",
        "They said grace before the meal.",
        "By the grace of April.",
        "김씨 일가",
        "회령시에서 쌀값이 올랐다",
        "2024-05-12",
        "1,234,567",
    ],
)
def test_an_ordinary_word_is_no_finding(terms, text):
    assert scan([Piece("block 1", text)], terms) == []


def test_an_ordinary_word_counts_beside_another_term_of_the_same_person(terms):
    two = terms_of([TypedTerm("name", "수정"), TypedTerm("place", "혜산시")], [TypedTerm("name", "Grace")])
    assert scan([Piece("block 1", "혜산시에 사는 수정의 언니")], two) == [
        ("block 1", 0, "place"),
        ("block 1", 0, "name"),
    ]
    assert scan([Piece("block 1", "수정"), Piece("block 2", "혜산시")], two) == []
    assert scan([Piece("block 1", "혜산시" + " 쌀값" * 100 + " 수정")], two) == []
    assert scan([Piece("block 1", "혜산시의 Grace")], two) == [], "another's"


def test_it_finds_a_term_across_tags_and_in_addresses_and_file_names(terms):
    html = '<p>김<strong>철</strong>수는 <a href="https://t.me/river_cholsu7">여기</a></p>'
    assert {f.kind for f in scan(in_html("block 1", html), terms)} == {"name", "handle"}
    for written in (
        "https://paper.example/ko/%EA%B9%80%EC%B2%A0%EC%88%98",
        "https://paper.example/talkwithkimcholsu",
        "인터뷰김철수.m4a",
        "tel:+821023456789",
    ):
        assert scan([address("link 1", written)], terms), written


def test_a_finding_tells_whose_and_where_and_never_the_word(terms):
    found = scan([Piece("headline", "쌀값"), Piece("block 3", "김철수와 김수정")], terms)
    assert found == [("block 3", 0, "name"), ("block 3", 1, "name")]
    assert "철수" not in repr(found)


def test_a_text_with_too_many_numbers_is_kept_back(terms, monkeypatch):
    slow = []
    monkeypatch.setattr(fingerprinting, "of_number", lambda digits: slow.append(digits) or b"")
    text = " ".join(f"{10_000_000 + n} 그리고" for n in range(MOST_NUMBERS + 1))
    assert scan([Piece("block 1", text), Piece("block 2", "김철수")], terms) == [
        ("block 1", None, "unscanned"),
        ("block 2", 0, "name"),
    ]
    assert slow == [], "none of them is tried"


def test_without_the_key_a_fingerprint_tells_nothing(settings):
    before = {made.fingerprint for made in fingerprints(CHOLSU)}
    settings.FINGERPRINT_KEY = "another key, which a thief might try"
    assert before.isdisjoint(made.fingerprint for made in fingerprints(CHOLSU))
    settings.FINGERPRINT_KEY = ""
    fingerprinting._begun.cache_clear()
    with pytest.raises(ImproperlyConfigured):
        fingerprints(CHOLSU)


def test_a_number_costs_a_guesser_more_than_a_name(settings):
    settings.NUMBER_FINGERPRINT_COST = 5
    one = fingerprinting.of_number("1023456789")
    settings.NUMBER_FINGERPRINT_COST = 6
    assert fingerprinting.of_number("1023456789") != one
    assert fingerprinting.of_words("1023456789") not in {one, fingerprinting.of_number("1023456789")}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("number", "12-34"),
        ("number", "1" * 18),
        ("name", "?!"),
        ("name", ""),
        ("handle", "@"),
        ("place", "·"),
        ("name", "김" * 201),
        ("", "김철수"),
    ],
)
def test_what_can_not_be_looked_for_is_refused_without_naming_it(kind, words):
    with pytest.raises(TermRefused) as refused:
        fingerprints([TypedTerm(kind, words)])
    assert not words or words not in str(refused.value)
    assert words == "" or words not in repr(TypedTerm(kind, words))


def test_of_a_thousand_ways_to_write_a_name_it_finds_99_in_100():
    """Written by rules of their own (tests/planting.py); the plain ways find far less."""
    protected = people(12, seed=5)
    terms = terms_of(*map(typed_of, protected))
    planted, found, plainly, squeezed, missed = Counter(), Counter(), 0, 0, defaultdict(list)
    for number, person in enumerate(protected):
        for variant in variants(person, number):
            planted[variant.family] += 1
            texts = [piece.text for piece in variant.pieces]
            if any(finding.person == number for finding in scan(variant.pieces, terms)):
                found[variant.family] += 1
            else:
                missed[variant.family].append(texts[0])
            words = [term.words for term in typed_of(person)]
            plainly += any(nfkc(word) in nfkc(text) for word in words for text in texts)
            squeezed += any(letters(word) in letters(text) for word in words for text in texts)
    number = planted.total()
    assert number >= 1000
    assert found.total() / number >= 0.99, dict(missed)
    assert found.total() > squeezed > plainly
    assert len(planted) > 70


def nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", nfkc(text))


ORDINARY = (
    "이 수정안은 지난 회의에서 나온 보람 있는 제안이다. 은혜를 갚는다는 말도 있고, 이슬이 맺힌 아침에 소리가 들렸다. 정상 회담 이후 "
    "한 사랑방에서 기쁨을 나누었다. 이상 기후로 쌀값이 올랐고 군대는 철수를 시작했다. 조사 결과는 전 세계에 알려졌으며 나라의 미래가 "
    "달라졌다. 주민들은 이 보람을 잊지 않겠다고 했다. 영광스러운 충성과 혁명의 평화를 노래하는 방송이 계속되었다. 진주 목걸이와 별을 보았다.",
    "In April the market opened in faith and hope; may the reader mark this well. The grace period ends in June. A young man in a song "
    "will grant that a rose by any name, frank or not, is a daisy. Bill and Will are also words, so is Dean. Kim in a statement said so. "
    "Park in the north. An old son sang a song in an inn. The hunter was chasing the king.",
)


def test_ordinary_words_that_are_names_too_raise_no_alarm():
    protected = [typed_of(person) for person in people(300, seed=9)]
    terms = terms_of(*protected, *([TypedTerm("name", name)] for name in ENGLISH_NAMES), CHOLSU, SUJONG)
    for text in ORDINARY:
        assert scan([Piece("block 1", text)], terms) == []


SUNNY = [
    TypedTerm("handle", "https://t.me/hope_in_north"),
    TypedTerm("handle", "@sunflower"),
    TypedTerm("handle", "카톡 haneul77"),
]
CHARACTERS = [TypedTerm("name", "金哲洙"), TypedTerm("name", "王小明")]
WORDS = [TypedTerm("name", "이재민"), TypedTerm("name", "유일한"), TypedTerm("name", "최선")]
PLACES = [
    TypedTerm("place", "무산광산"),
    TypedTerm("place", "은덕동"),
    TypedTerm("place", "혜산시 혜강동 23인민반"),
    TypedTerm("place", "Unit 47"),
]
TOGETHER = [
    TypedTerm("name", "김철수 (아버지)"),
    TypedTerm("name", "박영희, 김봉구"),
    TypedTerm("name", "Kim Chol-su/Ri Yong-ho"),
]


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        (SUNNY, ["hope_in_north", "t.me/hope_in_north", "@hope_in_north에게", "t.me/sunflower", "@sunflower"]),
        (SUNNY, ["haneul77", "카톡 sunflower", "https://t.me/sunflower/"]),
        (CHARACTERS, ["金哲洙", "어제 王小明을 만났다", "金 哲洙"]),
        (WORDS, ["이재민 씨", "유일한 동지", "최선 동지가", "이재민씨는"]),
        (
            PLACES,
            ["무산광산에서", "은덕동에서 왔다", "혜강동 23인민반", "혜산시 혜강동 23 인민반", "Unit 47", "unit-47"],
        ),
        (TOGETHER, ["김철수가", "박영희는", "김봉구에게", "Kim Chol Su", "Ri Yong-ho"]),
    ],
)
def test_it_finds_what_is_a_word_where_it_stands_for_somebody(typed, texts):
    terms = terms_of(typed)
    for text in texts:
        assert scan([Piece("block 1", text)], terms), text


@pytest.mark.parametrize(
    "text",
    ["hope in north", "a sunflower field", "이재민 구호소", "유일한 방법", "최선을 다했다", "아버지가 왔다", "May 12"],
)
def test_what_is_a_word_is_no_finding_where_it_is_one(text):
    assert scan([Piece("block 1", text)], terms_of([*SUNNY, *WORDS, *TOGETHER, TypedTerm("handle", "may12")])) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>김      철수</p>",
        "<p>Kim\n      Chol-su</p>",
        "김&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;철수",
        "0️⃣1️⃣0️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣",
        "010,2345,6789",
        "010:2345:6789",
        "K1m Ch0l-su",
        "ᴋɪᴍ ᴄʜᴏʟ-ꜱᴜ",
        "우리김철수가",
        "지배인김철수동지가",
        "“Kim” “Chol-su”",
        "[Kim] [Chol-su]",
        "Kim; Chol-su",
        "김|철|수",
        "김■철■수",
        "김👍철수",
    ],
)
def test_it_finds_a_term_whatever_stands_between_its_parts(terms, text):
    assert scan(in_html("block 1", text), terms)


def test_rows_of_prices_and_dates_are_no_numbers_of_anybody(terms):
    prices = " ".join(str(4210 + 17 * n) for n in range(72))
    dates = " ".join(f"20{n:02}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(48))
    for text in (prices, dates, prices.replace(" ", "\n"), prices.replace(" ", " / "), dates.replace("-", ".")):
        assert list(numbers(text)) == []
        assert scan([Piece("block 1", text)], terms) == []
    assert scan([Piece("block 1", f"{dates} 010-2345-6789 {prices}")], terms)
    assert scan([Piece("block 1", f"{prices} 010 2345 6789")], terms)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("이유진", "이유진단이 나왔다"),
        ("민영기", "민영기업이 늘었다"),
        ("오영수", "오영수산물 시장"),
        ("방수진", "방수진지를 쌓았다"),
        ("한미연", "한미연합 훈련"),
        ("차용수", "차용수표를 받았다"),
    ],
)
def test_a_name_inside_a_longer_word_is_no_finding(name, text):
    terms = terms_of([TypedTerm("name", name)])
    assert scan([Piece("block 1", text)], terms) == []
    assert scan([Piece("block 1", f"{name}에게 물었다")], terms)


def test_whoever_types_a_word_is_told_that_it_counts_in_company_only():
    for typed, alone in (
        (TypedTerm("name", "수정"), False),
        (TypedTerm("place", "혜산시"), False),
        (TypedTerm("name", "김철수"), True),
        (TypedTerm("number", "010-2345-6789"), True),
    ):
        assert counts_alone(typed.kind, fingerprints([typed])) is alone
