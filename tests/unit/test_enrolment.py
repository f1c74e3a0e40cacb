"""What becomes of somebody whom an organiser enters?"""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.enrolment import (
    LONGEST,
    Applicant,
    Standing,
    Step,
    Suppression,
    Terms,
    clean_text,
    decide,
    enter,
)
from mailer.core.supporters import (
    Consent,
    ConsentStatement,
    Person,
    PublicId,
    SafetyLevel,
    Supporter,
    SupporterId,
    SuppressionReason,
)

TODAY = date(2026, 11, 20)
STATEMENT = ConsentStatement("signed the list at the branch meeting", TODAY, "list.csv", "0" * 64)
CONFIRMED = Terms(Consent.CONFIRMED, STATEMENT, TODAY)
UNCONFIRMED = Terms(Consent.UNCONFIRMED, STATEMENT, TODAY)
ASKED = Applicant(email="a@union.example", name="A. Example", country="GB")
KNOWN = Supporter(
    PublicId(b"12345678"),
    Person("a@union.example", name="Old", city="Leeds", tags=("nurses",)),
    country="DE",
    language="de",
    seed=5,
    joined_on=date(2020, 1, 1),
    id=SupporterId(9),
)
suppressions = st.sampled_from(SuppressionReason).map(lambda r: Suppression(r, datetime(2026, 1, 1, tzinfo=UTC)))


def with_consent(consent: Consent) -> Standing:
    """Return the standing of the known supporter with this consent."""
    from dataclasses import replace

    return Standing(replace(KNOWN, consent=consent))


def counting_bytes():
    """Return a source of bytes that never repeats itself."""
    numbers = count(1)
    return lambda n: next(numbers).to_bytes(n, "big")


def test_a_new_address_becomes_a_supporter_with_random_ids():
    """Public id and seed come from the random source; consent and day from the terms."""
    change = enter(ASKED, Standing(), UNCONFIRMED, counting_bytes())

    assert change.step is Step.ADD
    assert change.supporter.public_id == (1).to_bytes(8, "big")
    assert change.supporter.seed == 1
    assert (change.supporter.consent, change.supporter.joined_on) == (Consent.UNCONFIRMED, TODAY)
    assert (change.supporter.person.name, change.supporter.country) == ("A. Example", "GB")
    assert change.statement == STATEMENT


@given(st.binary(min_size=8, max_size=8))
def test_a_seed_fits_a_signed_column_of_32_bits(noise):
    """Every seed can be stored on every database."""
    change = enter(ASKED, Standing(), CONFIRMED, lambda n: noise[:n])

    assert 0 <= change.supporter.seed < 2**31


def test_an_update_keeps_who_somebody_is_and_what_is_not_told():
    """Id, public id, seed, day and statement stay; told columns change, others do not."""
    change = enter(ASKED, Standing(KNOWN), CONFIRMED, counting_bytes())
    after = change.supporter

    assert change.step is Step.UPDATE
    assert (after.id, after.public_id, after.seed, after.joined_on) == (9, KNOWN.public_id, 5, KNOWN.joined_on)
    assert (after.person.name, after.country) == ("A. Example", "GB")
    assert (after.person.city, after.language, after.person.tags) == ("Leeds", "de", ("nurses",))
    assert change.statement is None


def test_a_told_empty_value_is_taken():
    """A column that is there and empty empties the value; that is how a wrong city goes away."""
    told = Applicant(email="a@union.example", city="", tags=(), safety=SafetyLevel.INITIALS)

    after = enter(told, Standing(KNOWN), CONFIRMED, counting_bytes()).supporter

    assert (after.person.city, after.person.tags, after.person.safety) == ("", (), SafetyLevel.INITIALS)


@pytest.mark.parametrize(
    ("before", "terms", "after", "states"),
    [
        (Consent.UNCONFIRMED, CONFIRMED, Consent.CONFIRMED, STATEMENT),
        (Consent.UNCONFIRMED, UNCONFIRMED, Consent.UNCONFIRMED, None),
        (Consent.CONFIRMED, UNCONFIRMED, Consent.CONFIRMED, None),
        (Consent.CONFIRMED, CONFIRMED, Consent.CONFIRMED, None),
    ],
)
def test_consent_rises_only_with_a_statement(before, terms, after, states):
    """Nobody is confirmed silently, and a confirmation is never taken back by an entry."""
    change = enter(ASKED, with_consent(before), terms, counting_bytes())

    assert (change.supporter.consent, change.statement) == (after, states)


@given(st.sampled_from(Consent), st.sampled_from((CONFIRMED, UNCONFIRMED)), st.none() | suppressions)
def test_who_left_or_is_suppressed_is_never_revived(consent, terms, suppression):
    """Whatever an entry says, it writes nothing for an address that left."""
    standing = Standing(with_consent(consent).supporter, None, suppression)
    change = enter(ASKED, standing, terms, counting_bytes())

    if suppression is not None or consent is Consent.UNSUBSCRIBED:
        assert change is None
        assert decide(standing) in (Step.LEAVE_SUPPRESSED, Step.LEAVE_UNSUBSCRIBED)
    else:
        assert change.supporter.consent is not Consent.UNSUBSCRIBED


def test_a_suppressed_address_without_a_row_is_not_added():
    """An erased supporter stays away: the hash alone bars the address."""
    barred = Standing(suppression=Suppression(SuppressionReason.ERASED, datetime(2026, 1, 1, tzinfo=UTC)))

    assert enter(ASKED, barred, CONFIRMED, counting_bytes()) is None


def test_nobody_is_entered_as_unsubscribed():
    """Terms that would bar everybody in a file are a mistake."""
    with pytest.raises(ValueError, match="unsubscribed"):
        Terms(Consent.UNSUBSCRIBED, STATEMENT, TODAY)


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "\x1b[31mred", "a\x00", "a\u2028b", "a\u202eb", "=?utf-8?b?DQo=?="])
def test_texts_that_could_turn_a_line_or_a_header_are_refused(text):
    """Controls, line separators, bidirectional overrides and encoded words do not enter."""
    with pytest.raises(ValueError, match="name holds"):
        clean_text("name", text)


@given(st.text(st.characters()))
def test_a_clean_text_is_clean(text):
    """What was cleaned is one line within its limit, and cleaning it again changes nothing."""
    try:
        clean = clean_text("name", text)
    except ValueError:
        return
    assert len(clean) <= LONGEST["name"]
    assert clean == clean.strip() == clean_text("name", clean)
    assert len(clean.splitlines()) <= 1
    assert not {unicodedata.category(c) for c in clean} & {"Cc", "Cs", "Zl", "Zp"}


def test_a_text_at_its_limit_is_kept_and_one_beyond_is_not():
    """The limit is the last length that is kept."""
    assert len(clean_text("city", "x" * LONGEST["city"])) == LONGEST["city"]
    with pytest.raises(ValueError, match="101 characters"):
        clean_text("city", "x" * (LONGEST["city"] + 1))
