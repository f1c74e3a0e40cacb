"""Which mail of ours does one that came answer, or bring back?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.links import message_id
from mailer.core.own_mails import (
    MOST_TOKENS,
    Sent,
    envelope_senders,
    is_shaped_like_ours,
    named_among,
    owner_of,
    reader_of_returned,
    tags_in,
)
from mailer.core.received import Received
from mailer.core.supporters import PublicId
from mailer.core.tokens import Purpose, TokenKey, derive, derive_for_address

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
KEY = TokenKey(7, b"k" * 32)
KEYS = {7: KEY.secret}
ANNA, BORIS = PublicId(b"anna----"), PublicId(b"boris---")
SCOPES = ("other", "case", "~sign-up")
MAILS = (Sent("case", 2, "reminder", 0, NOW), Sent("case", 1, "alert", 0, NOW), Sent("other", 3, "alert", 0, NOW))


def address(campaign: str = "case", public_id: PublicId = ANNA, key: TokenKey = KEY, purpose=Purpose.BOUNCE) -> str:
    """Return a signed address."""
    return f"bounces+{derive_for_address(key, purpose, campaign, public_id)}@solidarity.example"


def owner(*addresses: str) -> tuple[str, PublicId] | None:
    """Return whose signed envelope address is among these."""
    return owner_of(tags_in(addresses), Purpose.BOUNCE, SCOPES, KEYS)


@pytest.mark.parametrize("campaign", SCOPES)
def test_a_signed_address_tells_whose_it_is(campaign):
    """In whatever case a mail system wrote it, wherever it stands."""
    mine = address(campaign)

    assert owner("office@solidarity.example", mine) == (campaign, ANNA)
    assert owner(mine.upper()) == (campaign, ANNA)


@pytest.mark.parametrize(
    "forged",
    [
        address(key=TokenKey(7, b"x" * 32)),
        address(key=TokenKey(8, KEY.secret)),
        address(purpose=Purpose.COPY),
        address("unknown"),
        address()[:30] + "@solidarity.example",
        "bounces+anna@solidarity.example",
    ],
)
def test_a_forged_address_is_nobodys(forged):
    """Of another key, another purpose, another campaign, or cut."""
    assert owner(forged) is None


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz234567", min_size=40, max_size=40))
def test_nobody_guesses_a_token(guessed):
    """Whatever has the form of one."""
    assert owner(f"bounces+{guessed}@solidarity.example") is None


def test_only_a_few_tokens_of_a_mail_are_tried():
    """Each costs an HMAC for every campaign, and a stranger wrote the mail."""
    many = [f"a+{letter * 40}@x.example" for letter in "abcdefgh"]

    assert len(tags_in(many)) == MOST_TOKENS
    assert owner(*many, address()) is None
    assert owner(*many[: MOST_TOKENS - 1], *many[: MOST_TOKENS - 1], address()) == ("case", ANNA)


@pytest.mark.parametrize(
    ("campaign", "mailing", "row"), [("case", "alert", 1), ("case", "reminder", 2), ("other", "alert", 3)]
)
def test_a_message_id_names_one_mail(campaign, mailing, row):
    """Whatever its domain was then; among what else is referred to."""
    mine = message_id(campaign, mailing, 0, ANNA, "former.example")
    sent = named_among(["<else@x.example>", mine], MAILS, ANNA)

    assert sent is not None
    assert sent.mailing == row


@pytest.mark.parametrize(
    "identifier",
    [
        message_id("case", "alert", 0, BORIS, "solidarity.example"),
        message_id("case", "alert", 1, ANNA, "solidarity.example"),
        message_id("case", "update", 0, ANNA, "solidarity.example"),
        "<0@x.example>",
        "",
    ],
)
def test_a_message_id_of_another_mail_names_none(identifier):
    """Of another reader, a rehearsal, a mailing that they did not get."""
    assert named_among([identifier], MAILS, ANNA) is None


def test_the_link_to_leave_tells_whose_mail_came_back():
    """In its fields, as a page or as a mail; one of another purpose does not."""
    token = derive(KEY, Purpose.UNSUBSCRIBE, "", ANNA)
    others = derive(KEY, Purpose.PREFERENCES, "", ANNA)

    def returned(link: str) -> Received:
        return Received(returned=(Received(fields={"list-unsubscribe": (link,)}),))

    assert reader_of_returned(returned(f"<https://x.example/u/{token}>"), KEYS) == ANNA
    assert reader_of_returned(returned(f"<mailto:o@x.example?subject=unsubscribe%20{token}>"), KEYS) == ANNA
    assert reader_of_returned(returned(f"<https://x.example/u/{others}>"), KEYS) is None
    assert reader_of_returned(returned(f"<https://x.example/u/{token}x>"), KEYS) is None
    assert reader_of_returned(Received(fields={"list-unsubscribe": (f"<https://x.example/u/{token}>",)}), KEYS) is None


def test_returned_mails_tell_their_envelope():
    """A complaint in its own field, a returned mail in the field that the last server wrote."""
    came = Received(
        feedback={"original-mail-from": "<a@x.example>"},
        returned=(Received(return_path="b@x.example"), Received(fields={"return-path": ("<c@x.example>",)})),
    )

    assert list(filter(None, envelope_senders(came))) == ["<a@x.example>", "b@x.example", "<c@x.example>"]


def test_our_message_ids_have_a_form_of_their_own():
    """Anybody can write one: it only tells mails in a loop from a person's."""
    assert is_shaped_like_ours(message_id("case", "alert", 0, ANNA, "solidarity.example"))
    assert not is_shaped_like_ours("<1234@solidarity.example>")
