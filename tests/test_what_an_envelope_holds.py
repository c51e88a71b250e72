"""Whatever is typed comes out of an envelope as it went in, for each keeper and for nobody else; its length tells nothing."""

import uuid
from contextlib import suppress

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.envelopes import (
    FIELDS,
    PADDED,
    Bundle,
    Carried,
    EnvelopeError,
    NotForThisKey,
    Print,
    enveloped,
    opened,
    packed,
    read,
    recipients_of,
    sealed,
    unpacked,
    written,
)

IDENTITIES = [pyrage.x25519.Identity.generate() for _ in range(4)]
KEYS = [str(identity.to_public()) for identity in IDENTITIES]
STRANGER = pyrage.x25519.Identity.generate()
WORDS = st.dictionaries(st.sampled_from(FIELDS), st.text(st.characters(exclude_categories=[]), max_size=300))


@given(WORDS, st.integers(1, 4))
@settings(max_examples=200, deadline=None)
def test_each_keeper_opens_it_and_nobody_else(typed, number):
    envelope = enveloped(typed)
    ciphertext = sealed(envelope, KEYS[:number])
    assert recipients_of(ciphertext) == number
    for identity in IDENTITIES[:number]:
        assert opened(ciphertext, identity) == envelope
    with pytest.raises(NotForThisKey):
        opened(ciphertext, STRANGER)


@given(WORDS)
@settings(max_examples=200, deadline=None)
def test_its_length_tells_nothing(typed):
    assert len(packed(enveloped(typed))) % PADDED == 0
    assert unpacked(packed(enveloped(typed))).fields == enveloped(typed).fields


def test_a_short_word_and_a_long_note_are_as_long():
    few, many = enveloped({"name": "김"}), enveloped({"name": "김봉구", "notes": "말 " * 400})
    assert len(sealed(few, KEYS[:2])) - len(sealed(many, KEYS[:2])) in range(-300, 300)  # age's own grease
    assert len(packed(few)) == len(packed(many))


def test_each_line_of_what_must_never_appear_is_a_term():
    envelope = enveloped(
        {"name": "김봉구\r\n 봉구 \n\n", "romanised": "Kim Bonggu", "notes": "a\nb", "numbers": "1\n1"}
    )
    assert [(term.kind, term.words) for term in envelope.terms] == [
        ("name", "김봉구"),
        ("name", "봉구"),
        ("name", "Kim Bonggu"),
        ("number", "1"),
    ]
    assert "봉구" not in repr(envelope) + repr(envelope.terms)


SEALED = sealed(enveloped({"name": "김봉구"}), KEYS[:2])


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
@settings(max_examples=300, deadline=None)
def test_what_was_changed_on_its_way_does_not_open(where, by):
    changed = bytearray(SEALED)
    changed[where] ^= by
    for identity in (IDENTITIES[0], STRANGER):
        with pytest.raises(EnvelopeError):
            opened(bytes(changed), identity)


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda b: b"age-encryption.org/v1\n-> X25519 " + b))
@settings(max_examples=300, deadline=None)
def test_no_file_breaks_the_reader(content):
    for reader in (
        lambda: opened(content, STRANGER),
        lambda: recipients_of(content),
        lambda: read(content),
        lambda: unpacked(content),
    ):
        with suppress(EnvelopeError):
            reader()


def test_it_is_sealed_to_somebody():
    for keys in ([], ["age1"], ["age1" + "q" * 58], [str(IDENTITIES[0])]):
        with pytest.raises(EnvelopeError):
            sealed(enveloped({"name": "김"}), keys)


@given(
    st.lists(
        st.tuples(
            st.binary(min_size=1, max_size=40), st.none() | st.lists(st.binary(min_size=1, max_size=16), max_size=3)
        )
    )
)
@settings(max_examples=100, deadline=None)
def test_a_bundle_comes_back_as_it_was(rows):
    records = tuple(
        Carried(uuid.uuid4(), each, None if made is None else tuple(Print("name", one) for one in made))
        for each, made in rows
    )
    bundle = Bundle(tuple(sorted(KEYS[:2])), tuple(sorted(records, key=lambda r: r.id)), "ab")
    assert read(written(bundle)) == bundle
