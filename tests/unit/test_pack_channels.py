"""Channels as one supporter would use them."""

from __future__ import annotations

from datetime import time, timedelta
from urllib.parse import unquote

import pytest

from mailer.core.links import Links
from mailer.core.packing import build_pack
from mailer.core.retirement import Retired
from mailer.core.targets import ChannelKind, Phone, Tone, WebForm
from tests.letter_parts import NOW, letter_text, library, mission, revision, said, supporter, target, template

FAX, PHONE = "+442079460102", "+442079460107"
EVERY_WAY = {
    "fax": FAX,
    "phone": Phone(PHONE, time(9), time(18), "Asia/Almaty"),
    "post": ("Court Street 1", "Almaty"),
    "web": WebForm("https://court.example/ask", 2000, ("name", "phone"), said(en="Use the tab", ru="Откройте вкладку")),
}


def channels(to, **changes):
    """Return kind -> channel of the one item in the pack for `to`."""
    links, who, retired = (changes.pop(key, None) for key in ("links", "who", "retired"))
    pack = build_pack(
        revision(to, **changes), who or supporter(), now=NOW, links=links or Links(), retired=retired or frozenset()
    )
    (item,) = pack.items
    return {channel.kind: channel for channel in item.channels}


def test_the_quickest_channel_comes_first():
    """E-mail, telephone, web, fax, post."""
    assert list(channels(target(**EVERY_WAY))) == [
        ChannelKind.EMAIL, ChannelKind.PHONE, ChannelKind.WEB, ChannelKind.FAX, ChannelKind.POST,
    ]  # fmt: skip


@pytest.mark.parametrize("way", list(ChannelKind))
def test_the_best_way_leads(way):
    """Who said that they write by fax is shown the fax first."""
    assert next(iter(channels(target(**EVERY_WAY), who=supporter(best_way=way.value)))) is way


def test_an_email_is_a_link_with_letter_and_copies():
    """The campaign's desk reads along openly, the counting address unseen by the office."""
    found = channels(
        target(), copies_to=("desk@solidarity.example",), count_copies=True,
        links=Links(copy_addresses={"court": "copies+abc@solidarity.example"}),
    )[ChannelKind.EMAIL]  # fmt: skip

    assert (found.cc, found.bcc) == (("desk@solidarity.example",), ("copies+abc@solidarity.example",))
    assert found.mailto.startswith("mailto:court@office.example?cc=desk@solidarity.example&bcc=copies%2Babc@")
    assert "1. his release\r\n2. a public inquiry" in unquote(found.mailto)
    assert found.mailto_has_text


def test_a_letter_that_is_too_long_for_a_link_is_not_cut():
    """The link then carries recipient and subject alone, and says so."""
    letters = library("en")
    long = {"en": template("en")}
    long["en"] = type(long["en"])(long["en"].openings, letter_text("long " * 500), long["en"].closings)
    found = channels(target(), letters=type(letters)({"protest": long}))[ChannelKind.EMAIL]

    assert not found.mailto_has_text
    assert "long" not in found.mailto


@pytest.mark.parametrize(
    ("tone", "own", "copied"),
    [
        (Tone.PROTEST, (), ("desk@solidarity.example",)),
        (Tone.PROTEST, ("own@solidarity.example",), ("own@solidarity.example",)),
        (Tone.SOLIDARITY, (), ()),
        (Tone.SOLIDARITY, ("own@solidarity.example",), ("own@solidarity.example",)),
    ],
)
def test_copies_are_the_targets_own_or_the_campaigns(tone, own, copied):
    """What is written to a family is never copied to the desk that collects protests."""
    found = channels(target(tone=tone, copies_to=own), copies_to=("desk@solidarity.example",))

    assert found[ChannelKind.EMAIL].cc == copied


def test_copies_are_counted_only_where_the_campaign_says_so():
    """Nobody's letter goes to a counting address unannounced."""
    links = Links(copy_addresses={"court": "copies+abc@solidarity.example"})

    assert channels(target(), links=links)[ChannelKind.EMAIL].bcc == ()


def test_a_phone_has_a_script_and_its_hours_by_two_clocks():
    """09:00 in Almaty is 04:00 in London; the script is in what the office reads, the translation below it."""
    found = channels(target(**EVERY_WAY, languages=("ru",)))[ChannelKind.PHONE]

    assert (found.hours_there, found.hours_here, found.zone_there) == ("09:00–18:00", "04:00–13:00", "Asia/Almaty")
    assert (found.value, found.display) == (PHONE, "+44 20 7946 0107")
    assert found.script is not None
    assert found.script_translation is not None
    assert (found.script.language, found.script_translation.language) == ("ru", "en")


def test_hours_are_told_for_the_clock_that_holds_on_the_next_working_day():
    """After the change of summer time the same office is an hour further away."""
    summer = build_pack(
        revision(target(email="", phone=EVERY_WAY["phone"]), write_until=None),
        supporter(),
        now=NOW - timedelta(days=150),
        links=Links(),
    )

    assert summer.items[0].channels[0].hours_here == "05:00–14:00"


def test_a_phone_without_zone_or_hours():
    """The capital of the campaign's country has the clock; without hours none are told."""
    zoneless = channels(target(phone=Phone(PHONE, time(9), time(18))))[ChannelKind.PHONE]
    always = channels(target(phone=Phone(PHONE, display="020 7946 0107")))[ChannelKind.PHONE]

    assert zoneless.zone_there == "Asia/Almaty"
    assert (always.hours_there, always.hours_here, always.zone_there) == ("", "", "")
    assert always.display == "020 7946 0107"


def test_a_family_is_called_without_a_script():
    """The script asks for something; solidarity does not."""
    assert channels(target(tone=Tone.SOLIDARITY, phone=Phone(PHONE)))[ChannelKind.PHONE].script is None


@pytest.mark.parametrize(
    ("language", "hint"), [("en", "Use the tab"), ("ru", "Откройте вкладку"), ("kk", "Use the tab")]
)
def test_a_web_form_is_explained_in_the_supporters_language(language, hint):
    """The hint is for who fills the form in, whatever the office reads."""
    found = channels(target(**EVERY_WAY), who=supporter(language=language))[ChannelKind.WEB]

    assert (found.value, found.hint) == ("https://court.example/ask", hint)
    assert (found.asks_for, found.max_chars) == (("name", "phone"), 2000)


def test_fax_and_post_are_shown_as_people_write_them():
    """A number in groups, an address in lines."""
    found = channels(target(**EVERY_WAY))

    assert found[ChannelKind.FAX].display == "+44 20 7946 0102"
    assert channels(target(fax=FAX, fax_display="(020) 7946 0102"))[ChannelKind.FAX].display == "(020) 7946 0102"
    assert found[ChannelKind.POST].value == "Court Street 1\nAlmaty"


@pytest.mark.parametrize(
    ("retired", "kind"),
    [
        ("COURT@office.example", ChannelKind.EMAIL),
        ("+44 20 7946-0102", ChannelKind.FAX),
        (PHONE, ChannelKind.PHONE),
        ("https://court.example/ask", ChannelKind.WEB),
        ("Court Street 1\nAlmaty", ChannelKind.POST),
    ],
)
def test_what_was_retired_is_no_channel(retired, kind):
    """However it was written: out of every pack."""
    everything = channels(target(**EVERY_WAY))
    left = channels(target(**EVERY_WAY), retired=frozenset({retired}))

    assert set(everything) - set(left) == {kind}


def test_a_retired_copy_is_left_out_and_not_replaced():
    """A target with a desk of its own does not fall back to the campaign's when that is retired."""
    found = channels(
        target(copies_to=("old@solidarity.example",)), copies_to=("desk@solidarity.example",),
        retired=frozenset({"old@solidarity.example"}),
    )  # fmt: skip

    assert found[ChannelKind.EMAIL].cc == ()


def test_a_missions_channels_can_be_retired():
    """An embassy's dead address gives way to its next channel."""
    row = mission(fax=FAX, phone=PHONE, post=("Embassy", "1 Street"), web="https://embassy.example")

    assert Retired().of_mission(row) is row
    assert Retired(frozenset({"gb@embassy.example", FAX})).of_mission(row) == mission(
        email="", phone=PHONE, post=row.post, web=row.web
    )
