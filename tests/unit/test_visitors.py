"""Is a machine told from somebody who read the page, and an address from its network?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.supporters import PublicId
from mailer.core.tokens import Purpose, TokenKey, derive
from mailer.core.visitors import QUICKEST, SLOWEST, UNKNOWN_NETWORK, check_stamp, make_stamp, network_of

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
KEY = TokenKey(3, b"k" * 32)
KEYS = {3: KEY.secret}
MOMENT = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("age", "counts"),
    [
        (timedelta(0), False),
        (QUICKEST - MOMENT, False),
        (QUICKEST, True),
        (timedelta(minutes=5), True),
        (SLOWEST, True),
        (SLOWEST + MOMENT, False),
        (timedelta(seconds=-5), False),
    ],
)
def test_a_form_counts_that_was_read_and_not_forgotten(age: timedelta, counts: bool) -> None:
    """What comes within three seconds is a machine's; a day later, or from the future, it does not count."""
    assert check_stamp(make_stamp(KEY, NOW), KEYS, NOW + age) is counts


def test_a_stamp_of_another_key_or_purpose_does_not_count() -> None:
    """A key that is dropped takes its forms with it, and no link of a mail is a stamp."""
    later = NOW + timedelta(minutes=1)
    shown = (NOW - datetime(1970, 1, 1, tzinfo=UTC)) // MOMENT
    link = derive(KEY, Purpose.UNSUBSCRIBE, "", PublicId(shown.to_bytes(8, "big")))

    assert not check_stamp(make_stamp(KEY, NOW), {4: KEY.secret}, later)
    assert not check_stamp(make_stamp(KEY, NOW), {3: b"x" * 32}, later)
    assert not check_stamp(link, KEYS, later)


@given(st.text(max_size=50))
def test_no_text_is_a_stamp_by_chance(text: str) -> None:
    """Whatever is sent, nothing is raised, and nothing counts."""
    assert not check_stamp(text, KEYS, NOW)


def test_a_stamp_cannot_be_made_younger() -> None:
    """Two thousand changed bytes: none counts."""
    stamp, dice = make_stamp(KEY, NOW - timedelta(days=2)), Random(7)
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    for _ in range(2_000):
        place = dice.randrange(len(stamp))
        forged = stamp[:place] + dice.choice(letters) + stamp[place + 1 :]
        assert not check_stamp(forged, KEYS, NOW)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", UNKNOWN_NETWORK),
        ("testclient", UNKNOWN_NETWORK),
        ("192.0.2.077", UNKNOWN_NETWORK),
    ],
)
def test_an_address_stands_for_its_network(address: str, network: str) -> None:
    """Neighbours count together, in either spelling; what is no address is a network of its own."""
    assert network_of(address) == network


@given(st.ip_addresses())
def test_a_network_tells_nobody_s_address(address: object) -> None:
    """The last part of every address is gone."""
    told = network_of(str(address))

    assert told.endswith(("/24", "/48"))
    assert network_of(told.partition("/")[0]) == told
