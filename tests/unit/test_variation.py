"""The approved blocks of a campaign's letters, and how many texts they make."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from mailer.core.letters import write_letter
from mailer.core.targets import Phone, Tone
from mailer.core.texts import LetterLibrary, LetterTemplate
from mailer.core.variation import campaign_variants
from mailer.core.writing import Writing
from tests.letter_parts import letter_text, library, revision, supporter, target, template

OWN = LetterLibrary({"protest": {"en": LetterTemplate(
    openings=(letter_text("I write about {person}."), letter_text("I am alarmed.")),
    body=letter_text("I ask:\n[demands]"),
    closings=(letter_text("Please answer."), letter_text("Please answer.")),
    subjects=(letter_text("Release"),),
    forward=letter_text("Please forward."),
)}})  # fmt: skip


def test_every_letter_of_a_campaign_is_listed_by_language():
    """The campaign's own before the shipped one in the same language; tones that no target has are not there."""
    with_phone = revision(target(phone=Phone("+442079460107")), letters=library("en", "ru"))
    found = campaign_variants(replace(with_phone, campaign=replace(with_phone.campaign, letters=OWN)))

    assert [(each.tone, each.language, each.is_own) for each in found] == [
        ("protest", "en", True), ("protest", "ru", False), ("phone", "en", False), ("phone", "ru", False),
    ]  # fmt: skip


def test_blocks_are_shown_as_supporters_send_them():
    """Filled, each once, with the demands in the body, which never varies."""
    frozen = revision(target(via_embassy="KZ"))
    (own, *_) = campaign_variants(replace(frozen, campaign=replace(frozen.campaign, letters=OWN)))

    assert own.openings == ("I write about A. Example.", "I am alarmed.")
    assert own.closings == ("Please answer.",)
    assert own.body == "I ask:\n1. his release\n2. a public inquiry"
    assert own.forward == "Please forward."
    assert (own.texts, own.is_alike) == (2, True)


def test_a_letter_to_a_family_is_listed_by_its_tone():
    """Solidarity has blocks of its own, and nothing to be forwarded."""
    (found,) = campaign_variants(revision(target(tone=Tone.SOLIDARITY, phone=Phone("+4420")), letters=library("en")))

    assert (found.tone, found.texts, found.forward) == ("solidarity", 27, "")


@pytest.mark.parametrize(
    ("blocks", "alike"), [((1, 1, 1), True), ((1, 5, 1), True), ((1, 2, 3), False), ((2, 2, 2), False)]
)
def test_two_in_ten_would_send_the_same_of_five_texts_or_fewer(blocks, alike):
    """Of six it is one in six."""
    subjects, openings, closings = blocks
    full = template("en", variants=5)
    letter = replace(
        full, subjects=full.subjects[:subjects], openings=full.openings[:openings], closings=full.closings[:closings]
    )
    (found,) = campaign_variants(revision(target(), letters=LetterLibrary({"protest": {"en": letter}})))

    assert (found.texts, found.is_alike) == (subjects * openings * closings, alike)


def test_texts_are_sent_about_equally_often():
    """Of 5,400 supporters 200 send each of the 27 texts, give or take: chi-square under the 99.9 % bound of 54."""
    frozen = revision(target())
    letters = Counter(
        write_letter(Writing(frozen, supporter(seed=seed), frozen.campaign.targets[0]), "protest")[0]
        for seed in range(1, 5401)
    )

    assert len(letters) == 27
    assert sum((count - 200) ** 2 / 200 for count in letters.values()) < 54.1
    assert all("1. his release\n2. a public inquiry" in letter.body for letter in letters)
    assert all("A. Example" in letter.body for letter in letters)
