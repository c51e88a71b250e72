"""Cutting a block of a story into sentences: every border a hand would set, nothing lost, and no text that takes long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.sentences import sentences
from tests.labelled import FILES, blocks, score_borders

# Signs and words that mean something to the rules, so that a random text meets them often.
PIECES = [
    *".!?…。“”‘’\"'()「」[] \n,;—-Aa5다", ". ", "? ", ".” ", "”고 ", "” he said. ", "Kim ", "J. ", "U.S. ", "Mr. ", "No. ",
    "2026. 5. 4. ", "5.1. ", "3.5", "The ", "word ", "Kim asked", "I said ", "쌀이 ", "갔다.", "갔다. ", "그는 ", "라고 ", "가. ",
    "1. ", "5 p.m. ", "Monday ", "\n\n", "...", "!?", "late.The", "e.g. ", "\u2029",
]  # fmt: skip
LANGUAGES = st.sampled_from(["en", "ko"])


def test_a_paragraph_is_cut_where_its_sentences_end():
    text = "Rice cost 3.5 dollars at 5 p.m. on Jan. 14. “We have none. We never had any,” Mr. J. Kim said. Why?"
    assert sentences(text, "en") == [
        "Rice cost 3.5 dollars at 5 p.m. on Jan. 14. ",
        "“We have none. We never had any,” Mr. J. Kim said. ",
        "Why?",
    ]
    text = "2026. 5. 4. 평양에서 열렸다.그는 “쌀이 없다. 석탄도 없다”라고 말했다. 왜일까?"
    assert sentences(text, "ko") == [
        "2026. 5. 4. 평양에서 열렸다.",
        "그는 “쌀이 없다. 석탄도 없다”라고 말했다. ",
        "왜일까?",
    ]


def test_nothing_holds_no_sentence():
    assert sentences("", "en") == []
    assert sentences(" \n ", "ko") == [" \n "]


# What was measured: 1.0, 1.0, 1.0 and .987. Where the rules were written no border may be lost again.
@pytest.mark.parametrize(
    ("name", "least"), [("english", 0.997), ("english_held_out", 0.98), ("korean", 0.997), ("korean_held_out", 0.98)]
)
def test_borders_are_found_and_none_is_invented(name, least):
    score = score_borders(name)
    assert score.f1 >= least
    assert min(score.precision, score.recall) >= least - 0.01


def test_the_corpus_holds_three_hundred_sentences_half_in_each_language():
    count = {name: sum(len(block.sentences) for block in blocks(name)) for name in FILES}
    assert count["english"] + count["english_held_out"] >= 150
    assert count["korean"] + count["korean_held_out"] >= 150
    assert sum(count.values()) >= 300


@settings(max_examples=200, deadline=None)
@given(text=st.text() | st.lists(st.sampled_from(PIECES), max_size=16).map("".join), language=LANGUAGES)
def test_any_text_comes_back_whole_and_no_sentence_is_blank(text, language):
    cut = sentences(text, language)
    assert "".join(cut) == text
    assert all(sentence.strip() for sentence in cut) or not text.strip()


@settings(max_examples=200, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=16).map("".join), language=LANGUAGES)
def test_a_sentence_cut_again_alone_stays_whole(text, language):
    for sentence in sentences(text, language):
        assert sentences(sentence, language) == [sentence]


@pytest.mark.parametrize(
    "unit",
    [".", '"', "“", "”", "“”", "“a. ", '"a. ', "'a. ", "(.)", "((a. ", " ", "\n ", "J.", "갔다.” ", "2026. ", "‘a’"],
)
def test_a_megabyte_of_signs_takes_time_in_proportion(unit):
    """Eight times the text may take sixteen times as long, where squares would take sixty-four."""
    small, large = (unit * (size // len(unit)) for size in (125_000, 1_000_000))
    assert _seconds(large) < 16 * _seconds(small) + 0.5


def _seconds(text: str) -> float:
    started = time.process_time()
    sentences(text, "en")
    return time.process_time() - started
