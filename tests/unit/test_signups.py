"""Is somebody who signed up asked to confirm, and not too often? And what do they become who answer?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.enrolment import MOST_TAGS, Applicant, Step
from mailer.core.signups import (
    MOST_IN_WINDOW,
    NEVER_LIFTED,
    SERVICE,
    WINDOW,
    Asked,
    Judgement,
    SignUp,
    breaker_reason,
    confirm,
    confirm_mailing_id,
    judge_signup,
    stranger,
    token_hash,
)
from mailer.core.supporters import Consent, Person, PublicId, SafetyLevel, Supporter, SuppressionReason

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
TEXT = "I want to get mails about cases like this one."
ANNA = Applicant("anna@union.example", name="Anna Example", language="en", country="GB", city="Leeds", tags=("nurses",))
SIGN_UP = SignUp(PublicId(b"12345678"), ANNA, TEXT, "en")
MEMBER = Supporter(
    PublicId(b"abcdefgh"), Person("anna@union.example", "A.", organisation="Union", tags=("north",)), seed=7
)


def test_a_stranger_is_asked() -> None:
    """Nothing is known of the address, and it gets the mail."""
    assert judge_signup(Asked(), NOW) is Judgement.ASK


@pytest.mark.parametrize("reason", list(SuppressionReason))
def test_only_complaints_and_bounces_bar_for_good(reason: SuppressionReason) -> None:
    """Who left or was erased may come back; who complained, or whose mailbox is dead, is never asked."""
    barred = judge_signup(Asked(reason), NOW) is Judgement.BARRED

    assert barred is (reason in NEVER_LIFTED)
    assert barred is (reason in (SuppressionReason.COMPLAINT, SuppressionReason.BOUNCED))


@pytest.mark.parametrize(
    ("earlier", "judgement"),
    [
        (timedelta(0), Judgement.ASKED_TODAY),
        (timedelta(hours=10), Judgement.ASKED_TODAY),
        (timedelta(hours=10, microseconds=1), Judgement.ASK),
        (timedelta(hours=-30), Judgement.ASKED_TODAY),  # the clock was ahead
    ],
)
def test_an_address_is_asked_once_a_day(earlier: timedelta, judgement: Judgement) -> None:
    """A day is one of UTC; a clock that went back gives nobody a second mail."""
    assert judge_signup(Asked(at=(NOW - earlier,)), NOW) is judgement


@pytest.mark.parametrize(
    ("ages", "judgement"),
    [
        ((1, 2), Judgement.ASK),
        ((1, 2, 3), Judgement.ASKED_OFTEN),
        ((1, 2, 29), Judgement.ASKED_OFTEN),
        ((1, 2, 30), Judgement.ASK),
        ((1, 2, 30, 45, 60), Judgement.ASK),
    ],
)
def test_an_address_is_asked_three_times_in_thirty_days(ages: tuple[int, ...], judgement: Judgement) -> None:
    """The fourth waits until the first is thirty days old."""
    assert judge_signup(Asked(at=tuple(NOW - timedelta(days=age) for age in ages)), NOW) is judgement


@given(st.lists(st.integers(0, 100_000), max_size=200))
def test_however_often_somebody_types_it_in_an_address_gets_its_share(minutes: list[int]) -> None:
    """In any thirty days there are three mails at most, and one on any day."""
    known = Asked()
    for moment in sorted(NOW + timedelta(minutes=each) for each in minutes):
        if judge_signup(known, moment) is Judgement.ASK:
            known = known.again(moment)

    assert len({moment.date() for moment in known.at}) == len(known.at)
    assert all(sum(first <= moment < first + WINDOW for moment in known.at) <= MOST_IN_WINDOW for first in known.at)


def test_ten_thousand_sign_ups_for_one_address_are_one_mail() -> None:
    """However often a machine sends the form, the address is asked once."""
    known, asked = Asked(), 0
    for _ in range(10_000):
        if judge_signup(known, NOW) is Judgement.ASK:
            known, asked = known.again(NOW), asked + 1

    assert asked == 1


def test_a_stranger_waits_with_no_more_than_their_mail_needs() -> None:
    """Name, town and tags stay sealed with the sign-up until they are confirmed; no consent is made of it."""
    waiting = stranger(SIGN_UP, TODAY, lambda n: b"\xff" * n)

    assert waiting.person == Person("anna@union.example")
    assert (waiting.country, waiting.language, waiting.consent) == ("GB", "en", Consent.UNCONFIRMED)
    assert (waiting.public_id, waiting.seed, waiting.joined_on) == (b"\xff" * 8, 2**31 - 1, TODAY)


@pytest.mark.parametrize("consent", list(Consent))
def test_who_answers_is_confirmed_whatever_they_were(consent: Consent) -> None:
    """An answer is the person's own word; it stands above an earlier one."""
    change = confirm(SIGN_UP, replace(MEMBER, consent=consent), TODAY)

    assert (change.step, change.supporter.consent) == (Step.UPDATE, Consent.CONFIRMED)


def test_who_comes_back_keeps_what_they_did_not_tell_anew() -> None:
    """The link, the seed, the union and older tags stay; the name, the town and a new tag are taken over."""
    after = confirm(SIGN_UP, replace(MEMBER, consent=Consent.UNSUBSCRIBED), TODAY).supporter

    assert (after.public_id, after.seed) == (MEMBER.public_id, 7)
    assert after.person == Person(
        "anna@union.example", "Anna Example", "Leeds", "Union", "", SafetyLevel.FULL, ("nurses", "north")
    )


def test_nobody_else_changes_a_member() -> None:
    """Anybody may type a member's address: their press of the button adds a topic, and no name, town or country."""
    after = confirm(SIGN_UP, MEMBER, TODAY).supporter

    assert replace(after, person=replace(after.person, tags=())) == replace(
        MEMBER, person=replace(MEMBER.person, tags=())
    )
    assert after.person.tags == ("nurses", "north")


def test_tags_never_grow_beyond_what_is_kept() -> None:
    """Chosen ones come first; the sum of both is bounded as in a file."""
    many = replace(MEMBER, person=replace(MEMBER.person, tags=tuple(map(str, range(MOST_TAGS)))))

    tags = confirm(SIGN_UP, many, TODAY).supporter.person.tags

    assert (len(tags), tags[:2]) == (MOST_TAGS, ("nurses", "0"))


def test_the_statement_is_the_text_that_was_shown() -> None:
    """What they agreed to, in which language, where and on which day can be shown to anybody who asks."""
    statement = confirm(SIGN_UP, MEMBER, TODAY).statement

    assert statement is not None
    assert (statement.text, statement.day, statement.source) == (TEXT, TODAY, "sign-up page (en)")
    assert statement.sha256 == SIGN_UP.version == sha256(TEXT.encode()).hexdigest()


def test_the_hash_of_a_link_tells_nothing_of_the_link() -> None:
    """What the database keeps is another value than what the link holds."""
    hashed = token_hash(SIGN_UP.public_id)

    assert len(hashed) == 32
    assert SIGN_UP.public_id not in hashed
    assert hashed != token_hash(PublicId(b"12345679"))


def test_names_that_no_file_can_take() -> None:
    """The service is no slug, and each day has a mailing of its own."""
    assert SERVICE.startswith("~")
    assert confirm_mailing_id(TODAY) == "confirm-2026-11-22"
    assert "mailer resume sign-up" in breaker_reason(1_000)


def test_a_public_id_of_another_length_is_refused() -> None:
    """A link is derived from eight bytes."""
    with pytest.raises(ValueError, match="8 bytes"):
        replace(SIGN_UP, public_id=PublicId(b"short"))
