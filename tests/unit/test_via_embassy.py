"""Letters that an embassy is asked to forward: whose they stay, what they say first, and how they are sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailer.core.links import Links
from mailer.core.packing import build_pack
from mailer.core.targets import ChannelKind
from mailer.core.texts import LetterLibrary
from tests.letter_parts import END, NOW, letter_text, library, mission, revision, said, supporter, target

PRISON = target("prison", email="", via_embassy="KZ", name=said(en="Prison No. 1"), salutation=said(en="Dear Governor"))
LONDON = mission("GB")
ASKS = {"en": "Please forward this letter to: {target}", "ru": "Прошу передать: {target}"}


def letters(**forward: str) -> LetterLibrary:
    """Return letters whose protests begin with these lines."""
    shipped = dict(library("en", "ru").templates)
    shipped["protest"] = {
        language: replace(made, forward=letter_text(forward.get(language, "")))
        for language, made in shipped["protest"].items()
    }
    return LetterLibrary(shipped)


def pack(*targets, directory=(LONDON,), forward=ASKS):
    """Return the pack of somebody in Great Britain."""
    frozen = revision(*targets, directory=directory, letters=letters(**forward))
    return build_pack(frozen, supporter(), now=NOW, links=Links(), ends_at=END)


@pytest.mark.parametrize(
    ("row", "kind", "value"),
    [
        (mission("GB"), ChannelKind.EMAIL, "gb@embassy.example"),
        (mission("GB", email="", fax="+441632960001"), ChannelKind.FAX, "+441632960001"),
        (mission("GB", email="", post=("Embassy", "1 Street")), ChannelKind.POST, "Embassy\n1 Street"),
        (mission("GB", email="", web="https://embassy.example"), ChannelKind.WEB, "https://embassy.example"),
    ],
)
def test_each_way_of_the_embassy_carries_the_targets_letter(row, kind, value):
    """The mission's channels, the target's name and greeting, and first of all the line that asks to forward it."""
    (item,) = pack(replace(PRISON, languages=("en",)), directory=(row,)).todo

    assert [(way.kind, way.value) for way in item.open_channels] == [(kind, value)]
    assert (item.name, item.via, item.rule, item.mission_name) == ("Prison No. 1", True, "own", "Mission in GB")
    assert item.letter.body.startswith("Please forward this letter to: Prison No. 1\n\nDear Governor,\n\n")


def test_the_mail_link_carries_the_line_too():
    """What is sent with one press is the whole letter."""
    (item,) = pack(replace(PRISON, languages=("en",))).todo

    assert "Please%20forward%20this%20letter%20to%3A%20Prison%20No.%201" in item.open_channels[0].mailto


def test_a_telephone_is_no_way_to_forward_a_letter():
    """The number of an embassy that also has an address is not shown, and alone it is no channel."""
    both = mission("GB", phone="+441632960001")

    (item,) = pack(PRISON, directory=(both,)).todo
    assert [way.kind for way in item.channels] == [ChannelKind.EMAIL]
    assert pack(PRISON, directory=(replace(both, email=""),)).items == ()


def test_the_letter_is_in_the_targets_language_with_a_translation():
    """What is official where the sending country is, not what is spoken around its embassy; the reader gets theirs."""
    russian = {"summary": said(en="x", ru="y")}
    frozen = revision(PRISON, directory=(mission("GB"),), letters=letters(**ASKS), **russian)

    (item,) = build_pack(frozen, supporter(), now=NOW, links=Links(), ends_at=END).todo

    assert item.letter.language == "ru"
    assert item.letter.body.startswith("Прошу передать: Prison No. 1")
    assert item.translation is not None
    assert item.translation.body.startswith("Please forward this letter to: Prison No. 1")


def test_a_language_without_the_line_asks_in_english():
    """No letter arrives at an embassy without saying whom it is for."""
    (item,) = pack(replace(PRISON, languages=("ru",)), forward={"en": ASKS["en"]}).todo

    assert item.letter.language == "ru"
    assert item.letter.body.startswith("Please forward this letter to: Prison No. 1")


def test_only_what_goes_through_an_embassy_asks_to_be_forwarded():
    """A letter to the embassy itself, and one to an office, are left as they are."""
    todo = pack(target("embassy", email="", embassy_of="KZ"), target("court")).todo

    assert [item.via for item in todo] == [False, False]
    assert not any("forward" in item.letter.body for item in todo)


def test_without_an_embassy_another_target_takes_its_place():
    """Where no row answers, nothing is invented, and the fallback is used."""
    direct = target("direct", fallback_for="prison")

    assert [item.target for item in pack(PRISON, direct, directory=()).todo] == ["direct"]
    assert [item.target for item in pack(PRISON, direct).todo] == ["prison"]
