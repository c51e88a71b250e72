"""Figures in a story's words and in a fact, read in English and Korean."""

from decimal import Decimal

import pytest

from articles import confirming
from articles.figures_in_words import differing, figures_in
from tests.desks import as_shown, at_the_desk, page_of, said
from tests.factories import Desk

READ = {
    "값은 2,900원이다": [2900],
    "값은 2900원이다": [2900],
    "값은 ２，９００원이다": [2900],
    "값은 2천9백 원이다": [2900],
    "값은 2천 900원이다": [2900],
    "값은 이천구백 원이다": [2900],
    "2만 9천 명": [29000],
    "3만5000원": [35000],
    "1억 2천만 원": [120000000],
    "십이만 원": [120000],
    "이천칠백만 원": [27000000],
    "1.2만 톤": [12000],
    "300만 달러": [3000000],
    "천 명이 모였다": [1000],
    "만 원짜리": [10000],
    "10월 3일 얼음 12t": ["month 10", 3, 12],
    "두 명과 열두 명, 스무 살": [2, 12, 20],
    "한 주민은 이제 얼음을 산다": [],
    "천천히 만들었다": [],
    "The price is 2,900 won": [2900],
    "3.5 million people": [3500000],
    "twenty-five tonnes": [25],
    "two hundred and fifty": [250],
    "a dozen": [12],
    "Two thousand nine hundred won": [2900],
    "one of them said": [],
    "It may rain in May": ["month 5"],
    "on 3 October": [3, "month 10"],
    "on May 5": ["month 5", 5],
    "12\u00a0000 won": [12000],
    "2.5%": [Decimal("2.5")],
}


@pytest.mark.parametrize("text", READ)
def test_figures(text):
    assert [figure.values for figure in figures_in(text)] == [
        {value if isinstance(value, str) else Decimal(value)} for value in READ[text]
    ]


@pytest.mark.parametrize(
    ("words", "statement", "said"),
    [
        ("옥수수 1kg 값은 2,900원 안팎이다.", "옥수수 1kg 값은 2,700원 안팎이다.", ("2,900", "2,700")),
        ("Corn costs 2,900 won.", "Corn costs 2,700 won.", ("2,900", "2,700")),
        ("10월 3일 문을 열었다.", "11월 3일 문을 열었다.", ("10월", "11월")),
        (
            "It opened on 3 March with twelve shops.",
            "It opened on 3 April with 13 shops.",
            ("March, twelve", "April, 13"),
        ),
        ("2만 9천 명이 모였다.", "2만 7천 명이 모였다.", ("2만 9천", "2만 7천")),
    ],
)
def test_another_figure_is_told(words, statement, said):
    assert differing([words], statement) == said


@pytest.mark.parametrize(
    ("words", "statement"),
    [
        ("값은 2,900원이다.", "값은 2천9백 원이다."),
        ("Twelve shops opened.", "12 shops opened."),
        ("3백만 명이 모였다.", "3 million people came."),
        ("2.900 Won", "2,900 won"),
        # Who says less does not say otherwise.
        ("Corn costs 2,900 won.", "Corn is dearer."),
        ("It opened on 3 October and makes 12 tonnes.", "It makes 12 tonnes."),
        ("10월 3일 문을 열었다.", "2026년 10월 3일 문을 열었다."),
        ("", "12 shops opened."),
    ],
)
def test_the_same_figures_are_not_told(words, statement):
    assert differing([words], statement) is None


@pytest.mark.django_db
def test_whoever_judges_is_warned_and_not_kept_from_it():
    desk = Desk()
    story = desk.article(body="<p>Corn costs 2,900 won.</p>")
    fact = desk.fact(story, "Corn costs 2,700 won.", confirmed=False)
    desk.cover(story, fact)
    words = "The words say 2,900, the fact says 2,700."
    client, page = at_the_desk(desk.reporter), f"/desk/articles/fact/{fact.pk}/change/"
    assert words in client.get(page).text and '<details class="stated-in" open>' in client.get(page).text
    data = {"basis": "source", "source": desk.source().pk, "how": "saw"}
    assert words in said(client.post(f"/desk/articles/fact/{fact.pk}/confirmations/", data, follow=True))
    data = {"ruling": "confirmed", **as_shown(fact)}
    told = said(at_the_desk(desk.editor).post(f"/desk/stories/facts/{fact.pk}/verdict/", data, follow=True))
    assert words in told and fact.status == "confirmed"
    confirming.reword(fact, "Corn costs 2천9백 won.", kind="event", by=desk.reporter)
    assert "The words say" not in client.get(page).text


@pytest.mark.django_db
def test_a_translation_is_warned_of_its_own_words():
    desk = Desk()
    fact = desk.fact(desk.article(), "Corn costs 2,700 won.", confirmed=False)
    korean = desk.article(
        "옥수수", language="ko", slug="corn", translation_of=fact.article, body="<p>값은 2,900원이다.</p>"
    )
    desk.cover(korean, fact)
    assert "The words say 2,900, the fact says 2,700." in at_the_desk(desk.editor).get(page_of(korean)).text
