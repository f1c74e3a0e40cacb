"""Which target of which campaign has this address?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.core.campaigns import CampaignId, Mission, Status
from mailer.core.incoming import Letter
from mailer.core.offices import Offices
from mailer.core.progress import CampaignRecord
from mailer.core.targets import Target, TargetId, Tone
from mailer.core.texts import LocalText
from tests.casework import case
from tests.databases import NOW

DAY = timedelta(days=1)


def target(name: str, email: str = "", **more) -> Target:
    """Return a target."""
    return Target(TargetId(name), LocalText({"en": name}), email=email, **more)


def published(name: str = "case", *targets: Target, status: Status = Status.READY, began=NOW, **changes):
    """Return a campaign with its record."""
    revision = case(id=CampaignId(name), targets=targets or (target("court", "Court@Justice.example"),), **changes)
    return CampaignRecord(CampaignId(name), status, Status.READY, 1, approvals=1, real_launched_at=began), revision


def letter_of(offices: Offices, sender: str, subject: str = "") -> Letter | None:
    """Return the letter that a mail answers."""
    office = offices.answering(sender, subject)
    return office.letter if office else None


@pytest.mark.parametrize(
    ("sender", "speaks"),
    [
        ("court@justice.example", True),
        ("Clerk@JUSTICE.example", True),
        ("clerk@mail.justice.example", True),
        ("clerk@example", False),
        ("clerk@injustice.example", False),
        ("clerk@justice.example.org", False),
        ("justice.example@elsewhere.example", False),
        ("", False),
    ],
)
def test_an_office_speaks_from_its_own_domain(sender, speaks):
    """Also from what is under it, and never from what only looks like it."""
    assert (letter_of(Offices([published()]), sender) is not None) == speaks


@pytest.mark.parametrize(
    "shared",
    [
        target("private", "city.office@gmail.com"),
        target("family", "family@relatives.example", tone=Tone.SOLIDARITY),
        target("ours", "desk@solidarity.example"),
    ],
)
def test_where_others_have_addresses_only_the_very_one_speaks(shared):
    """Somebody else at a provider, in a family's domain, or at the organisation itself is no official."""
    offices = Offices([published("case", shared)])
    domain = shared.email.partition("@")[2]

    assert letter_of(offices, shared.email) == Letter("case", shared.id)
    assert letter_of(offices, f"somebody@{domain}") is None


def test_an_embassy_answers_for_the_target_that_it_stands_for():
    """Its address comes from the campaign's rows or the directory's, not from the target."""
    embassy = Mission(of="KZ", host="GB", email="london@embassy.example")
    other = Mission(of="FR", host="GB", email="london@other.example")
    record, revision = published("case", target("embassy", embassy_of="KZ"))
    offices = Offices([(record, replace(revision, missions=(embassy, other)))])

    assert letter_of(offices, "visa@embassy.example") == Letter("case", "embassy")
    assert letter_of(offices, "london@other.example") is None


def test_an_answer_goes_to_the_campaign_that_it_fits_to_best():
    """The case that the subject names, then the very address, then what goes on, then what is newest."""
    court, clerk = target("court", "court@justice.example"), target("clerk", "clerk@justice.example")
    old = published("old", court, began=NOW - DAY, case="KZ-1")
    over = published("over", court, status=Status.CLOSED, began=NOW + DAY)
    new = published("new", clerk, case="KZ-2")
    offices = Offices([old, over, new])

    assert letter_of(offices, "judge@justice.example") == Letter("new", "clerk")
    assert letter_of(offices, "judge@justice.example", "Re: case kz-1") == Letter("old", "court")
    assert letter_of(offices, "court@justice.example") == Letter("old", "court")
    assert letter_of(Offices([over]), "court@justice.example") == Letter("over", "court")


def test_copies_are_of_campaigns_that_count_them():
    """One letter for each address that a mail names, and none of a campaign that is over or counts none."""
    court, city = target("court", "court@justice.example"), target("city", "mayor@city.example")
    counting = published("counting", court, city, count_copies=True)
    silent = published("silent", court, began=NOW + DAY)
    over = published("over", court, status=Status.STOPPED, count_copies=True)
    offices = Offices([silent, counting, over])

    named = ["Court@justice.example", "court@justice.example", "mayor@city.example", "nobody@x.example"]
    assert offices.written_to(named, "") == (Letter("counting", "court"), Letter("counting", "city"))
    assert Offices([silent, over]).written_to(named, "") == ()


def test_a_dead_address_is_dead_in_every_campaign_that_goes_on():
    """Whoever lists it; not in those that are over."""
    court = target("court", "court@justice.example")
    offices = Offices(
        [published("one", court), published("two", court), published("over", court, status=Status.CLOSED)]
    )

    assert offices.having("COURT@justice.example") == (Letter("one", "court"), Letter("two", "court"))
    assert offices.having("clerk@justice.example") == ()
