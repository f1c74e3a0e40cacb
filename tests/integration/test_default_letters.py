"""The letters that are shipped: complete, paired, and true whoever sends them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest

from mailer.adapters.catalog.letters import LETTER_VALUES
from mailer.adapters.catalog.library import default_letters
from mailer.adapters.templates import Templates
from mailer.core.letters import write_letter
from mailer.core.targets import Tone
from mailer.core.writing import Writing, letter_values
from tests.letter_parts import revision, supporter, target, wording

LETTERS = default_letters(Templates())
LANGUAGES = ("en", "ru", "de", "fr")
TONES = ("protest", "solidarity", "phone")
CASES = [(tone, language) for tone in TONES for language in LANGUAGES]
PEOPLE = ({}, {"people": ()})
SUMMARY = "Jailed for a picket."


def written(tone, language, seed=0, name="Anna Kovács", **changes):
    """Return a shipped letter as it is sent."""
    to = target(tone=Tone.SOLIDARITY if tone == "solidarity" else Tone.PROTEST)
    frozen = revision(to, letters=LETTERS, **{"case": "KZ-2026-03", **changes})
    frozen = replace(frozen, wordings={each: wording(each) for each in LANGUAGES})
    who = supporter(name, language=language, seed=seed)
    return write_letter(Writing(frozen, who, to, languages=(language,)), tone)[0]


@pytest.mark.parametrize("tone", TONES)
def test_every_tone_is_there_in_every_language_with_as_many_variants(tone):
    """Variants pair by position, and there are enough of them."""
    templates = [LETTERS.find(tone, language) for language in LANGUAGES]

    counts = {(len(each.subjects), len(each.openings), len(each.closings)) for each in templates if each}
    assert None not in templates
    assert counts == {(0 if tone == "phone" else 3, 3, 3)}


def test_letters_may_name_only_what_they_are_given():
    """A value that the campaign file allows, and no letter gets, would break every letter of a campaign."""
    to = target()

    assert set(letter_values(Writing(revision(to), supporter(), to), "en")) >= LETTER_VALUES


@pytest.mark.parametrize(("tone", "language"), CASES)
def test_no_letter_has_a_hole(tone, language):
    """With and without people, a case number, demands, a name: no brackets, no doubled or stranded marks."""
    for people, name, case, demands in product(PEOPLE, ("Anna Kovács", ""), ("KZ-1", ""), ({}, {"demands": ()})):
        for seed in range(8):
            letter = written(tone, language, seed, name, case=case, **people, **demands)
            text = f"{letter.subject}\n{letter.body}"
            assert letter.language == language
            assert not set("{}%<>[]") & set(text)
            assert not re.search(r"\(\s*\)|  |\n\n\n| ,| \.(?!\w)|\.\.|,,", text)
            assert letter.subject.strip() == letter.subject


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", ["protest", "phone"])
def test_protest_holds_the_facts_and_each_demand_once(tone, language):
    """Person, case number, summary and every demand are in the letter, on lines of their own."""
    for seed in range(8):
        text = written(tone, language, seed).body
        demands = [line for line in text.splitlines() if re.match(r"\d\. ", line)]
        assert len(demands) == 2
        assert text.count("A. Example") >= 1
        assert text.count("KZ-2026-03") == 1
        assert len(text.split("\n\n")) >= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_solidarity_asks_for_nothing(language):
    """No demand, no case number and no summary of what was done goes to those who suffer it."""
    text = written("solidarity", language).body

    assert not re.search(r"^\d\. ", text, re.MULTILINE)
    assert "KZ-2026-03" not in text
    assert SUMMARY not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_script_takes_about_a_minute(language):
    """At 130 words a minute, with two demands."""
    for seed in range(8):
        assert 40 <= len(written("phone", language, seed).body.split()) <= 140


GENDERED = {
    "en": r"\b(he|she|his|her|him)\b",
    "ru": r"\b(узнал|узнала|прочитал|прочитала|признателен|признательна|обеспокоен|обеспокоена|рад|рада)\b",
    "de": r"\b(Herr|Frau|Bürger|Bürgerin)\b",
    "fr": r"\b(préoccupée?|inquiète?|reconnaissante?|touchée?)\b",
}


@pytest.mark.parametrize(("tone", "language"), CASES)
def test_nobodys_gender_is_guessed(tone, language):
    """Neither the writer's nor the reader's nor the person's; the campaign's own words aside."""
    for seed in range(8):
        letter = written(tone, language, seed, demands=())
        assert not re.search(GENDERED[language], f"{letter.subject}\n{letter.body}", re.IGNORECASE)
