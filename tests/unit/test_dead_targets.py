"""Does a forwarded report say that a target's address does not exist?"""

from __future__ import annotations

import pytest

from mailer.core.bounces import Bounced, Classified, ReturnKind
from mailer.core.dead_targets import MOST_ADDRESSES, dead_addresses

COURT = "court@justice.example"


def about(status: str = "", reason: str = "", kind: ReturnKind = ReturnKind.HARD, recipient: str = COURT) -> Classified:
    """Return a report about one address."""
    return Classified(kind, (Bounced(recipient, kind, status, reason),))


@pytest.mark.parametrize("status", ["5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4"])
def test_statuses_that_call_an_address_dead(status):
    """A mailbox or a domain that is not there, whatever the words."""
    assert dead_addresses([about(status, "blocked")]) == (COURT,)


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "5.1.8", "5.0.0", "5.4.1"])
def test_statuses_that_do_not(status):
    """A full mailbox, spam, policy: the address may be right, whatever the words."""
    assert dead_addresses([about(status, "user unknown")]) == ()


@pytest.mark.parametrize(
    "reason",
    [
        "550 No such user here",
        "The recipient address was not found",
        "Recipient's mailbox does not exist",
        "the address couldn't be found",
        "Host or domain name not found",
        "User unknown in virtual mailbox table",
        "unknown recipient",
        "550 Invalid recipient",
    ],
)
def test_words_that_call_an_address_dead(reason):
    """Where the report has no status."""
    assert dead_addresses([about("", reason)]) == (COURT,)


@pytest.mark.parametrize(
    "reason", ["", "mailbox is full", "message rejected as spam", "unknown error", "found nothing"]
)
def test_words_that_do_not(reason):
    """Another reason, or none."""
    assert dead_addresses([about("", reason)]) == ()


def test_only_what_is_refused_for_good_is_dead():
    """A report that the mail is late says nothing of the address."""
    assert dead_addresses([about("5.1.1", kind=ReturnKind.SOFT)]) == ()


def test_each_address_once_and_only_so_many():
    """In small letters, of all reports that a mail holds."""
    many = [about("5.1.1", recipient=f"P{number}@x.example") for number in range(2 * MOST_ADDRESSES)]

    found = dead_addresses([about("5.1.1", recipient="Court@Justice.example"), about("5.1.1"), *many])

    assert found[:2] == (COURT, "p0@x.example")
    assert len(found) == MOST_ADDRESSES
