"""Does a token do exactly one thing for exactly one person?"""

from __future__ import annotations

import base64
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.supporters import PublicId
from mailer.core.tokens import (
    ADDRESS_CHARACTERS,
    TOKEN_CHARACTERS,
    Purpose,
    TokenKey,
    derive,
    derive_for_address,
    verify,
    verify_address,
)
from mailer.errors import LinkError
from tests.strategies import public_ids

KEY = TokenKey(7, b"k" * 32)
KEYS = {KEY.id: KEY.secret}
SOMEBODY = PublicId(b"\x01\x02\x03\x04\x05\x06\x07\x08")
purposes = st.sampled_from(Purpose)


@given(purposes, st.text(st.characters(exclude_categories=("Cs",))), public_ids)
def test_a_token_tells_whose_it_is(purpose, campaign, public_id):
    """What was derived verifies, in both spellings, for every campaign and person."""
    assert verify(derive(KEY, purpose, campaign, public_id), purpose, campaign, KEYS) == public_id
    assert verify_address(derive_for_address(KEY, purpose, campaign, public_id), purpose, campaign, KEYS) == public_id


@given(public_ids)
def test_tokens_have_the_length_that_headers_and_addresses_were_measured_for(public_id):
    """34 characters that no URL escapes, 40 that survive a change of case."""
    token, local = derive(KEY, Purpose.COPY, "c", public_id), derive_for_address(KEY, Purpose.COPY, "c", public_id)

    assert len(token) == TOKEN_CHARACTERS
    assert token.replace("-", "").replace("_", "").isalnum()
    assert len(local) == ADDRESS_CHARACTERS
    assert local == local.lower()
    assert verify_address(local.upper(), Purpose.COPY, "c", KEYS) == public_id


@given(st.binary(min_size=32, max_size=80), purposes, st.text(st.characters(exclude_categories=("Cs",))), public_ids)
def test_what_proves_a_token_is_an_hmac_over_all_that_it_is_for(secret, purpose, campaign, public_id):
    """The standard library makes the same bytes, in both spellings, from each part with its length before it."""
    parts = (b"mailer token 1", bytes([7]), purpose.encode(), campaign.encode(), public_id)
    message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    token = bytes([7]) + public_id + hmac.digest(secret, message, "sha256")[:16]
    what = (TokenKey(7, secret), purpose, campaign, public_id)

    assert derive(*what) == base64.urlsafe_b64encode(token).decode().rstrip("=")
    assert derive_for_address(*what) == base64.b32encode(token).decode().lower()


@given(purposes, purposes, public_ids)
def test_a_token_counts_for_its_own_purpose_only(purpose, other, public_id):
    """The link to leave can only leave, and no other link can."""
    if purpose is other:
        return
    with pytest.raises(LinkError):
        verify(derive(KEY, purpose, "case", public_id), other, "case", KEYS)


@given(st.tuples(st.text("ab", max_size=3), st.text("ab", max_size=3)).filter(lambda two: two[0] != two[1]))
def test_a_token_counts_for_its_own_campaign_only(campaigns):
    """An action in one campaign is none in another."""
    with pytest.raises(LinkError):
        verify(derive(KEY, Purpose.ACTION, campaigns[0], SOMEBODY), Purpose.ACTION, campaigns[1], KEYS)


@given(public_ids, st.integers(0, 199))
def test_any_flipped_bit_fails(public_id, bit):
    """Neither key id, person nor MAC can be changed."""
    import base64

    raw = bytearray(base64.urlsafe_b64decode(derive(KEY, Purpose.ACTION, "case", public_id) + "=="))
    raw[bit // 8] ^= 1 << bit % 8
    keys = dict.fromkeys(range(1, 256), KEY.secret)

    with pytest.raises(LinkError):
        verify(base64.urlsafe_b64encode(raw).rstrip(b"=").decode(), Purpose.ACTION, "case", keys)


def test_a_token_has_one_spelling():
    """The four bits of the last character that carry nothing cannot make a second link."""
    token = derive(KEY, Purpose.ACTION, "case", SOMEBODY)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    spare = alphabet[alphabet.index(token[-1]) ^ 1]

    with pytest.raises(LinkError):
        verify(token[:-1] + spare, Purpose.ACTION, "case", KEYS)


@given(st.one_of(st.text(max_size=60), st.from_regex(r"[A-Za-z0-9_-]{34}", fullmatch=True)))
def test_no_text_verifies_by_chance(text):
    """Guesses of any shape are refused with the one error that pages explain."""
    for check in (verify, verify_address):
        with pytest.raises(LinkError):
            check(text, Purpose.UNSUBSCRIBE, "", KEYS)


def test_a_dropped_key_ends_its_links():
    """Tokens of a key that is no longer in the ring are refused; those of an old one in it count."""
    token = derive(KEY, Purpose.UNSUBSCRIBE, "", SOMEBODY)

    assert verify(token, Purpose.UNSUBSCRIBE, "", {8: b"n" * 32, **KEYS}) == SOMEBODY
    with pytest.raises(LinkError):
        verify(token, Purpose.UNSUBSCRIBE, "", {8: b"n" * 32})
    with pytest.raises(LinkError):
        verify(token, Purpose.UNSUBSCRIBE, "", {KEY.id: b"n" * 32})


def test_a_refusal_does_not_repeat_the_token():
    """Errors may be logged, tokens may not."""
    token = derive(KEY, Purpose.UNSUBSCRIBE, "", SOMEBODY)

    with pytest.raises(LinkError) as caught:
        verify(token, Purpose.ACTION, "case", KEYS)
    assert token not in str(caught.value)
    assert "kkkk" not in repr(KEY)


@pytest.mark.parametrize(
    "make", [lambda: TokenKey(0, b"k" * 32), lambda: TokenKey(256, b"k" * 32), lambda: TokenKey(1, b"k")]
)
def test_keys_refuse_nonsense(make):
    """A key id fits one byte, and a short secret is no key."""
    with pytest.raises(ValueError, match="key"):
        make()


def test_a_public_id_has_eight_bytes():
    """Nothing of another length is put into a link."""
    with pytest.raises(ValueError, match="8 bytes"):
        derive(KEY, Purpose.ACTION, "case", PublicId(b"short"))
