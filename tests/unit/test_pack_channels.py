"""Channels as one supporter would use them."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from urllib.parse import unquote

import pytest

from mailer.core.fitting import characters
from mailer.core.links import Links
from mailer.core.pack import WrittenLetter
from mailer.core.packing import build_pack
from mailer.core.retirement import Retired
from mailer.core.targets import ChannelKind, Phone, Risk, Tone, WebForm
from mailer.core.texts import LetterLibrary
from tests.letter_parts import NAME, NOW, letter_text, library, mission, revision, said, supporter, target, template

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
    assert found.mailto_without_copy == found.mailto.replace("&bcc=copies%2Babc@solidarity.example", "")
    assert channels(target())[ChannelKind.EMAIL].mailto_without_copy == ""


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


@pytest.mark.parametrize(
    ("country", "phone", "fax"),
    [
        ("DE", "00 44 20 7946 0107", "00 44 20 7946 0102"),
        ("GB", "020 7946 0107", "020 7946 0102"),
        ("BR", "", ""),
        ("", "", ""),
    ],
)
def test_numbers_are_told_as_the_supporter_dials_them(country, phone, fax):
    """Telephone and fax, beside the form with a plus; nothing where the country is unknown or has no one prefix."""
    found = channels(target(**EVERY_WAY), who=supporter(country=country))

    for kind, as_dialled in ((ChannelKind.PHONE, phone), (ChannelKind.FAX, fax)):
        assert (found[kind].dialled, found[kind].dialled_from) == (as_dialled, country)
        assert found[kind].display.startswith("+44 20 7946 010")


def test_an_answering_machine_is_told_what_a_person_would_be():
    """In the language of the script, with what it means below; without the campaign's words for it nothing is told."""
    found = channels(target(**EVERY_WAY, languages=("ru",)), letters=with_machine("en", "ru"))[ChannelKind.PHONE]
    silent = channels(target(**EVERY_WAY, languages=("ru",)))[ChannelKind.PHONE]

    assert found.machine == WrittenLetter(
        "ru", "", "ru machine: Anna Maria Kovács asks for\n1. освобождение\n2. a public inquiry"
    )
    assert found.machine_translation is not None
    assert found.machine_translation.body.startswith("en machine: Anna Maria Kovács")
    assert (silent.machine, silent.machine_translation) == (None, None)


def test_a_machine_learns_no_name_of_who_shows_initials_only():
    """A recording is kept: less is said to it than to a person, never more."""
    found = channels(target(**EVERY_WAY, risk=Risk.HIGH), letters=with_machine("en"))[ChannelKind.PHONE]

    assert found.machine is not None
    assert found.machine.body.startswith("en machine:  asks for")


def with_machine(*languages):
    """Return letters whose scripts have words for an answering machine."""
    letters = library(*languages)
    scripts = {
        tag: replace(script, machine=letter_text(f"{tag} machine: {{name}} asks for\n[demands]"))
        for tag, script in letters.templates["phone"].items()
    }
    return LetterLibrary({**letters.templates, "phone": scripts})


def test_the_supporter_is_told_a_half_hour_in_the_office_hours():
    """NOW is 14:00 in Almaty: there are six half hours left after an hour's notice."""
    found = channels(target(**EVERY_WAY), who=supporter(seed=3))[ChannelKind.PHONE]

    assert found.call_at is not None
    assert NOW + timedelta(hours=1) <= found.call_at < NOW + timedelta(hours=4)


def test_who_is_not_asked_to_ring_has_a_closed_telephone():
    """Ten of a thousand are asked; the others have every other way."""
    limited = target(**{**EVERY_WAY, "phone": Phone(PHONE, ask_at_most=10)})
    frozen = replace(revision(limited), audience=1000)
    open_to = [
        {
            way.kind
            for item in build_pack(frozen, supporter(seed=seed), now=NOW, links=Links()).todo
            for way in item.open_channels
        }
        for seed in range(1, 201)
    ]

    assert sum(ChannelKind.PHONE in ways for ways in open_to) <= 10
    assert all(set(ChannelKind) - {ChannelKind.PHONE} <= ways for ways in open_to)


@pytest.mark.parametrize(
    ("longest", "has"), [(None, None), (2000, "en-closing"), (130, "1. his release\n2. a public inquiry"), (20, None)]
)
def test_a_form_gets_the_letter_that_it_takes(longest, has):
    """Whole if it fits, else by whole blocks; nothing where no limit is known or not even the demands fit."""
    found = channels(target(web=WebForm("https://court.example/ask", longest)))[ChannelKind.WEB]

    if has is None:
        assert found.text is None
    else:
        assert found.text is not None
        assert has in found.text.body
        assert characters(found.text.body) <= (longest or 0)
        assert NAME in found.text.body
