"""Replies as verdicts: the status is found, what does not fit is a lost connection, addresses are gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.relay.replies import lost, read_reply
from mailer.core.verdicts import LARGEST_RESPONSE, Phase
from tests.strategies import addresses


@pytest.mark.parametrize(
    ("code", "text", "enhanced", "kept"),
    [
        (550, "5.1.1 no such user", "5.1.1", "5.1.1 no such user"),
        (550, "5.1.1 no\n5.1.1 such\n5.1.1 user", "5.1.1", "5.1.1 no such user"),
        (550, "5.1.10 null MX", "5.1.10", "5.1.10 null MX"),
        (550, "no such user", "", "no such user"),
        (550, "4.1.1 wrong class", "", "4.1.1 wrong class"),
        (550, "5.1.1.1 a version", "", "5.1.1.1 a version"),
        (250, "2.0.0", "2.0.0", "2.0.0"),
        (250, "", "", ""),
        (451, "4.7.650 throttled", "4.7.650", "4.7.650 throttled"),
    ],
)
def test_the_status_is_read(code: int, text: str, enhanced: str, kept: str) -> None:
    """RFC 2034: class, subject and detail, of the same class as the code, once."""
    verdict = read_reply(code, text, Phase.CONTENT)

    assert (verdict.code, verdict.enhanced, verdict.text) == (code, enhanced, kept)


@given(st.integers(-1, 999), st.sampled_from(Phase))
def test_only_a_fitting_code_goes_on(code: int, phase: Phase) -> None:
    """3xx answers DATA, 2xx everything else, 4xx and 5xx refuse; the rest is no conversation."""
    verdict = read_reply(code, "x", phase)

    goes_on = code in (range(300, 400) if phase is Phase.DATA else range(200, 300))
    assert verdict.is_positive == goes_on
    assert verdict.code == (code if goes_on or 400 <= code < 600 else 0)


@given(addresses, st.text(max_size=20), st.booleans())
def test_no_reply_keeps_an_address(address: str, words: str, bracketed: bool) -> None:
    """Verdicts are stored in clear, so what the relay repeats of an address is hidden."""
    shown = f"<{address}>" if bracketed else f" {address} "

    verdict = read_reply(550, f"5.1.1 {words} {shown} unknown", Phase.RCPT, recipient=address)

    assert address not in verdict.text


def test_a_name_without_its_domain_is_hidden_too() -> None:
    """Some relays say only the part before the @."""
    verdict = read_reply(
        550, "5.1.1 User Jane.Doe unknown; janet.doe known", Phase.RCPT, recipient="jane.doe@union.example"
    )

    assert verdict.text == "5.1.1 User (address) unknown; janet.doe known"


def test_an_address_in_pieces_is_hidden_too() -> None:
    """A relay that escapes it, or says it in words, still tells who somebody is."""
    told = "4.2.1 jane.doe%40union.example | jane.doe at union.example"

    verdict = read_reply(450, told, Phase.RCPT, recipient="jane.doe@union.example")

    assert "jane" not in verdict.text
    assert "union" not in verdict.text


def test_the_senders_address_is_hidden_too() -> None:
    """It is different for every letter and signed: who has it can tell the supporter."""
    verdict = read_reply(
        550, "5.1.8 Sender <bounces+ab12@solidarity.example> rejected", Phase.MAIL, recipient="jane@union.example"
    )

    assert verdict.text == "5.1.8 Sender <(address)> rejected"


@given(st.text(st.characters(exclude_categories=()), max_size=1000))
def test_any_reply_is_one_bounded_printable_line(text: str) -> None:
    """No escape sequence reaches a terminal, no half character the database."""
    for verdict in (read_reply(550, text, Phase.MAIL), lost(Phase.MAIL, text)):
        assert verdict.text.isprintable()
        assert len(verdict.text) <= LARGEST_RESPONSE + len("connection lost: ")
