"""What does everybody see of a campaign, in which phase, and what never?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.campaigns import (
    CampaignId,
    Closing,
    CountryRule,
    Donation,
    Link,
    Outcome,
    Picket,
    Safety,
    Status,
)
from mailer.core.counting import Numbers
from mailer.core.links import Links
from mailer.core.occasions import public_occasions
from mailer.core.packing import build_pack
from mailer.core.progress import CampaignRecord
from mailer.core.publicview import (
    Phase,
    PublicCampaign,
    Visit,
    anybody,
    campaign_view,
    card_view,
    numbers_view,
    phase_of,
)
from mailer.core.retirement import OutOfUse
from mailer.core.revisions import Revision
from mailer.core.targets import Phone, Risk, Target, Tone
from tests.letter_parts import END, NOW, mission, organisation, revision, said, target, wording

LAUNCHED = NOW - timedelta(days=1)
HIDDEN = {"email": "canary@hidden.example", "name": said(en="Canary office"), "public": False}


def published(*targets: Target, **changes: Any) -> PublicCampaign:
    """Return a campaign that was launched yesterday."""
    return standing(revision(*targets, **changes))


def standing(content: Revision, **changes: Any) -> PublicCampaign:
    """Return where a launched campaign with this content stands."""
    given = {"status": Status.READY, "file_status": Status.READY, "real_launched_at": LAUNCHED, **changes}
    return PublicCampaign(CampaignRecord(CampaignId("prisoner-2026"), revision=1, approvals=1, **given), content)


def visit(country: str = "", target: str = "", *, now: datetime = NOW, language: str = "en") -> Visit:
    """Return a reader."""
    return Visit(now, wording(language), country, target)


def words(value: object) -> str:
    """Return everything that a view holds, as one text."""
    if isinstance(value, Mapping):
        return " ".join(map(words, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ".join(map(words, value))
    return str(value)


def shown(public: PublicCampaign, reader: Visit | None = None) -> list[str]:
    """Return the ids of the targets that an open campaign's page shows."""
    return [each["id"] for each in campaign_view(public, Phase.OPEN, reader or visit())["targets"]]


@pytest.mark.parametrize(
    ("changes", "phase"),
    [
        ({}, Phase.OPEN),
        ({"status": Status.PAUSED}, Phase.HELD),
        ({"file_status": Status.PAUSED}, Phase.HELD),
        ({"file_status": Status.DRAFT}, Phase.HELD),
        ({"status": Status.STOPPED}, Phase.STOPPED),
        ({"status": Status.STOPPED, "file_status": Status.DRAFT}, Phase.STOPPED),
        ({"status": Status.CLOSED}, Phase.CLOSED),
        ({"real_launched_at": None}, None),
        ({"real_launched_at": NOW + timedelta(seconds=1)}, None),
        ({"real_launched_at": NOW}, Phase.OPEN),
        ({"real_launched_at": None, "status": Status.CLOSED}, None),
    ],
)
def test_a_page_tells_where_a_campaign_stands(changes: dict[str, Any], phase: Phase | None) -> None:
    """The stricter of file and database; there is none before a real launch has stopped holding."""
    assert phase_of(standing(revision(), **changes), NOW) is phase


@pytest.mark.parametrize(("moment", "phase"), [(END - timedelta(seconds=1), Phase.OPEN), (END, Phase.OVER)])
def test_after_the_end_no_letter_is_asked_for(moment: datetime, phase: Phase) -> None:
    """The end is the moment from which on nothing arrives in time."""
    assert phase_of(published(), moment) is phase


def test_without_an_end_a_campaign_lasts_as_long_as_its_mails_say() -> None:
    """21 days from the launch."""
    public = published(write_until=None)

    assert phase_of(public, LAUNCHED + timedelta(days=21, seconds=-1)) is Phase.OPEN
    assert phase_of(public, LAUNCHED + timedelta(days=21)) is Phase.OVER


def test_a_campaign_with_nothing_public_has_no_page() -> None:
    """A public picket alone is enough for one."""
    picket = Picket(said(en="Picket"), said(en="Embassy"), NOW, "Europe/London", public=True)

    assert phase_of(published(target(**HIDDEN)), NOW) is None
    assert phase_of(published(target(**HIDDEN), pickets=(replace(picket, public=False),)), NOW) is None
    assert phase_of(published(target(**HIDDEN), pickets=(picket,)), NOW) is Phase.OPEN


@given(
    st.sampled_from(Phase),
    st.sampled_from(["", "GB", "DE", "KZ", "TR"]),
    st.sampled_from(["", "court", "hidden", "nonsense"]),
    st.sampled_from(["en", "ru"]),
)
def test_nothing_of_what_is_not_public_is_ever_shown(phase: Phase, country: str, chosen: str, language: str) -> None:
    """Neither name nor address nor demand of a hidden target, nor a hidden picket, whatever is asked for."""
    hidden = target("hidden", demands=("inquiry",), **HIDDEN)
    court = target("court", demands=("release",))
    embassy = replace(hidden, id=hidden.id + "-embassy", embassy_of="KZ", email="")
    picket = Picket(said(en="Canary meeting"), said(en="Canary hall"), NOW + timedelta(days=1), "Europe/London")
    row = mission("GB", email="canary@mission.example", name="Canary mission")
    public = published(court, hidden, embassy, pickets=(picket,), missions=(row,))

    told = words(campaign_view(public, phase, visit(country, chosen, language=language)))

    assert "anary" not in told
    assert "a public inquiry" not in told
    assert [each.key for each in public_occasions(public.campaign)] == ["event-trial"] * len(public.campaign.events)


def test_a_fallback_shows_only_when_its_first_choice_is_dead() -> None:
    """A first choice that is not public still counts: its stand-in is not asked while it can be reached."""
    hidden, second = target("hidden", **HIDDEN), target("second", fallback_for="hidden")
    dead = replace(hidden, email="")

    assert shown(published(hidden, second)) == []
    assert shown(published(dead, second)) == ["second"]


def test_a_letter_is_the_one_that_a_pack_holds() -> None:
    """Pages and mails are made by the same code; nobody has signed the page's letter."""
    public = published(target())
    pack = build_pack(public.revision, anybody(visit("GB")), now=NOW, links=Links(), ends_at=public.ends_at)

    (view,) = campaign_view(public, Phase.OPEN, visit("GB"))["targets"]

    assert view["letter"]["body"] == pack.todo[0].letter.body
    assert (view["add_name"], view["sender"]) == (True, ())


def test_an_address_that_is_used_no_more_is_not_shown() -> None:
    """Retired and dead ones, as in mails."""
    out_of_use = OutOfUse(frozenset({"a@office.example"}))
    view = campaign_view(published(target("a"), target("b")), Phase.OPEN, visit(), out_of_use)

    assert [each["id"] for each in view["targets"]] == ["b"]


@pytest.mark.parametrize(("retired", "shown"), [(frozenset(), ["a"]), (frozenset({"a@office.example"}), [])])
def test_reports_alone_do_not_end_a_case(retired: frozenset[str], shown: list[str]) -> None:
    """Three strangers may say of the only office that it is dead: it stays, unless it was retired."""
    out_of_use = OutOfUse(frozenset({"a@office.example"}), retired)
    view = campaign_view(published(target("a")), Phase.OPEN, visit(), out_of_use)

    assert [each["id"] for each in view["targets"]] == shown


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.OPEN])
def test_only_an_open_campaign_has_letters_and_pickets(phase: Phase) -> None:
    """Whoever comes late is not led to write to somebody who is to be left alone."""
    picket = Picket(said(en="Picket"), said(en="Embassy"), NOW + timedelta(days=1), "Europe/London", public=True)
    view = campaign_view(published(pickets=(picket,)), phase, visit("GB"))

    assert (view["targets"], view["pickets"], view["deadline"]) == ((), (), None)


def test_only_a_closed_campaign_tells_how_it_ended() -> None:
    """A closing that stands in the file already is not told before it is sent."""
    public = published(closing=Closing(Outcome.RELEASED, said(en="He is free.")))
    endings = {phase: campaign_view(public, phase, visit())["ending"] for phase in Phase}

    assert [phase for phase, ending in endings.items() if ending] == [Phase.CLOSED]
    assert "He is free." in words(endings[Phase.CLOSED])


def test_an_embassy_shows_once_its_country_is_chosen() -> None:
    """Nobody is led to another country's embassy; the page says that there is one to choose."""
    embassy = target("embassy", email="", embassy_of="KZ", name=said(en="Embassy"))
    public = published(target(), embassy, missions=(mission("GB"), mission("DE")))

    assert shown(public) == ["court"]
    assert words(campaign_view(public, Phase.OPEN, visit())["embassies"]).startswith("Embassy")
    told = words(campaign_view(public, Phase.OPEN, visit("DE"))["targets"])
    assert "de@embassy.example" in told
    assert "gb@embassy.example" not in told


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (CountryRule.NONE, []),
        (CountryRule.SOLIDARITY, ["family"]),
        (CountryRule.INITIALS, ["court", "family"]),
    ],
)
def test_the_rules_of_a_country_hold_on_its_page(rule: CountryRule, expected: list[str]) -> None:
    """Who chooses a country gets no letter that a supporter there would not get, and its note."""
    family = target("family", tone=Tone.SOLIDARITY)
    safety = Safety({"RU": rule}, {"RU": said(en="Letters abroad are read.")})
    public = published(target(), family, safety=safety)

    assert shown(public, visit("RU")) == expected
    view = campaign_view(public, Phase.OPEN, visit("RU"))
    assert (view["rule"], view["note"]["text"]) == (rule.value, "Letters abroad are read.")
    assert campaign_view(public, Phase.OPEN, visit())["careful"] == ("en:RU",)
    assert not any(each["add_name"] for each in view["targets"])


def test_a_dangerous_target_gets_initials_only() -> None:
    """Nobody is told to put their name below such a letter."""
    (view,) = campaign_view(published(target(risk=Risk.HIGH)), Phase.OPEN, visit())["targets"]

    assert (view["add_name"], view["initials_only"]) == (False, True)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(days=9, hours=23), (9, 0)),
        (timedelta(days=2), (2, 0)),
        (timedelta(days=2, seconds=-1), (0, 47)),
        (timedelta(hours=1), (0, 1)),
        (timedelta(minutes=59), (0, 0)),
    ],
)
def test_the_countdown_never_promises_more_than_there_is(left: timedelta, expected: tuple[int, int]) -> None:
    """Whole days from two on, else whole hours; both are rounded down."""
    deadline = card_view(published(), visit(now=END - left))["deadline"]

    assert isinstance(deadline, Mapping)
    assert (deadline["days"], deadline["hours"]) == expected


def test_the_end_is_told_by_a_clock_that_is_named() -> None:
    """That of the chosen country's capital, else that of the organisation."""
    cities = [campaign_view(published(), Phase.OPEN, visit(code))["deadline"] for code in ("", "KZ")]

    assert [each["city"] for each in cities] == ["London", "Almaty"]


def test_pickets_keep_their_numbers() -> None:
    """What is over is left out, and the address of the others' files stays as it was shared."""
    moments = (NOW - timedelta(days=1), NOW - timedelta(hours=1), NOW + timedelta(days=1))
    pickets = tuple(
        Picket(said(en=f"Picket {n}"), said(en="Square"), at, "Europe/London", public=True)
        for n, at in enumerate(moments, start=1)
    )
    public = published(pickets=pickets)

    view = campaign_view(public, Phase.OPEN, visit())

    assert [each["number"] for each in view["pickets"]] == [2, 3]
    assert [(each.key, each.at) for each in public_occasions(public.campaign) if each.where] == [
        (f"picket-{number}", at) for number, at in enumerate(moments, start=1)
    ]


def test_long_letters_are_a_link_away() -> None:
    """A page of many offices stays small; the first is whole, and so is whichever is asked for."""
    many = tuple(target(f"office-{n}") for n in range(30))
    public = published(*many)

    first = campaign_view(public, Phase.OPEN, visit())["targets"]
    chosen = campaign_view(public, Phase.OPEN, visit(target="office-29"))["targets"]

    assert len(first) == len(chosen) == 30
    assert first[0]["in_full"]
    assert not first[-1]["in_full"]
    assert (chosen[0]["id"], chosen[0]["in_full"]) == ("office-29", True)


def test_only_pages_are_linked_to() -> None:
    """A link that would run something is left out."""
    links = (Link(said(en="Video"), "https://news.example/v"), Link(said(en="Trick"), "javascript:alert(1)"))
    view = campaign_view(published(links=links, donate=Donation("data:text/html,x")), Phase.OPEN, visit())

    assert [link["url"] for link in view["links"]] == ["https://news.example/v"]
    assert view["donate"]["url"] == ""


def test_a_description_is_one_short_line() -> None:
    """What is shared elsewhere is cut at a word, and says so."""
    public = published(summary=said(en="Long   words\n\nagain " * 40))
    description = campaign_view(public, Phase.OPEN, visit())["description"]

    assert len(description) <= 202
    assert description.startswith("Long words again")
    assert description.endswith("again Long words …")


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (1, "a few"), (4, "a few"), (5, 5), (1200, 1200)])
def test_few_answers_are_a_few(count: int, expected: int | str) -> None:
    """Each of the three numbers is told by itself."""
    numbers = Numbers(sent_out=count, by_target={"court": count}, copies=count)

    assert numbers_view(numbers) == {"sent_out": expected, "said_sent": expected, "copies": expected}


def test_the_organisation_s_zone_is_used_where_no_country_is_known() -> None:
    """An organisation elsewhere tells its own clock."""
    content = replace(revision(), organisation=replace(organisation(), timezone="Asia/Almaty"))

    assert campaign_view(standing(content), Phase.OPEN, visit())["deadline"]["city"] == "Almaty"


def test_a_number_that_only_some_are_to_ring_is_on_no_public_page():
    """Whoever comes by is not counted, and an office's line would be blocked all the same."""
    number = {"phone": Phone("+442079460107", ask_at_most=5)}
    case = published(
        target(**number), target("city", email="", **number), target("ministry", phone=Phone("+442079460109"))
    )
    seen = campaign_view(case, Phase.OPEN, visit())

    assert [each["id"] for each in seen["targets"]] == ["court", "ministry"]
    assert "7946 0107" not in words(seen)
    assert "7946 0109" in words(seen)
