"""The letters that are shipped: complete, paired, and true whoever sends them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest

from mailer.adapters.catalog.demands import read_standard_demands
from mailer.adapters.catalog.letters import LETTER_VALUES
from mailer.adapters.catalog.library import default_letters
from mailer.adapters.templates import Templates
from mailer.core.letters import fill, write_letter
from mailer.core.salutations import greeting, salutation
from mailer.core.targets import Tone
from mailer.core.writing import Writing, letter_values
from tests.letter_parts import revision, said, supporter, target, wording

LETTERS = default_letters(Templates())
LANGUAGES = LETTERS.languages("protest")
DEMANDS, _ = read_standard_demands(Templates())
TONES = ("protest", "solidarity", "phone")
CASES = [(tone, language) for tone in TONES for language in LANGUAGES]
PEOPLE = ({}, {"people": ()})
SUMMARY = "Jailed for a picket."
SPOKEN = {
    **dict.fromkeys(LETTER_VALUES, ""),
    "name": "Anna Maria Kovács",
    "city": "Manchester",
    "person": "Anna Example",
    "case": "KZ-2026-03",
    "title": "Free Anna Example",
    "summary": SUMMARY,
}


def addressee(tone):
    """Return whom a letter of `tone` goes to."""
    return target(tone=Tone.SOLIDARITY if tone == "solidarity" else Tone.PROTEST)


def written(tone, language, seed=0, name="Anna Kovács", **changes):
    """Return a shipped letter as it is sent."""
    to = addressee(tone)
    frozen = revision(to, letters=LETTERS, **{"case": "KZ-2026-03", **changes})
    frozen = replace(frozen, wordings={each: wording(each) for each in LANGUAGES})
    who = supporter(name, language=language, seed=seed)
    return write_letter(Writing(frozen, who, to, languages=(language,)), tone)[0]


def test_the_name_of_an_embassy_has_no_colon():
    """A button puts one before it: "Call: Embassy (Kazakhstan)"."""
    assert set(DEMANDS.embassies) == set(LANGUAGES)
    assert [name for name in DEMANDS.embassies.values() if ":" in name] == []


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
    """At 150 words a minute, or 14 letters a second, with the three longest standard demands; a recording less."""
    values = {**SPOKEN, "demands": longest_demands(language)}
    script = LETTERS.find("phone", language)
    texts = [
        "\n".join(fill(part, values) for part in (opening, script.body, closing))
        for opening, closing in product(script.openings, script.closings)
    ]

    assert all(40 <= len(text.split()) <= 150 and len(text) <= 840 for text in texts)
    assert script.machine
    assert len(fill(script.machine, values).split()) <= 100
    assert len(fill(script.machine, values)) < max(map(len, texts))


def longest_demands(language):
    """Return the three standard demands that take longest to say."""
    told = (DEMANDS.text(name, (said(en="Anna Example"),), (language,)).text(language) for name in DEMANDS.ids)
    return tuple(sorted(told, key=len)[-3:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_machine_hears_who_calls_and_what_for(language):
    """Name, case and every demand; without them it is asked to look into the case, and no hole is left."""
    machine = LETTERS.find("phone", language).machine
    full = fill(machine, {**SPOKEN, "demands": ("one thing", "another thing")})
    bare = fill(machine, {**SPOKEN, "name": "", "city": "", "person": "", "case": "", "demands": ()})

    assert all(
        part in full for part in ("Anna Maria Kovács", "Anna Example", "KZ-2026-03", "1. one thing\n2. another thing")
    )
    assert full.split("\n\n")[-1] == bare.split("\n\n")[-1]  # please pass this on
    assert len(bare.split("\n\n")) == 3
    for text in (full, bare):
        assert not set("{}%<>[]") & set(text)
        assert not re.search(r"\(\s*\)|  |\n\n\n| ,|\.\.|,,", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_embassy_is_asked_in_one_line_to_pass_a_letter_on(language):
    """The line names for whom the letter is."""
    forward = LETTERS.find("protest", language).forward

    assert "District Court" in fill(forward, {**SPOKEN, "target": "District Court"})
    assert "\n" not in fill(forward, {**SPOKEN, "target": "District Court"})


@pytest.mark.parametrize(("tone", "language"), CASES)
def test_shipped_letters_make_many_texts_whatever_is_known_of_the_case(tone, language):
    """Three blocks of each part stay three, also where there is no person and no case number."""
    template = LETTERS.find(tone, language)
    for known in ({}, {"person": "", "case": "", "name": "", "city": ""}):
        values = {**SPOKEN, **known, "demands": ("one",)}
        for blocks in filter(None, (template.subjects, template.openings, template.closings)):
            assert len({fill(block, values) for block in blocks}) == 3


GENDERED = {
    "en": r"\b(he|she|his|her|him)\b",
    "ru": r"\b(узнал|узнала|прочитал|прочитала|признателен|признательна|обеспокоен|обеспокоена|рад|рада)\b",
    "de": r"\b(Herr|Frau|Bürger|Bürgerin)\b",
    "fr": r"\b(préoccupée?|inquiète?|reconnaissante?|touchée?)\b",
    "es": r"\b(preocupad[oa]|alarmad[oa]|agradecid[oa]|conmovid[oa]|sol[oa]s|detenid[oa]|pres[oa]|señora?)\b",
    "it": r"\b(preoccupat[oa]|allarmat[oa]|grat[oa]|commoss[oa]|soli|sole|detenut[oa]|signora?|signore)\b",
    "pt": r"\b(preocupad[oa]|alarmad[oa]|grat[oa]|obrigad[oa]|comovid[oa]|sozinh[oa]s?|detid[oa]|senhora?)\b",
    "nl": r"\b(hij|hem|haar|heer|mevrouw)\b",
    "pl": r"\b(\w+łem|\w+łam|\w+łeś|\w+łaś|wdzięczn[ya]|zaniepokojon[ya]|sami|same|panie?|panią)\b",
    "tr": r"\b(bay|bayan|beyefendi|hanımefendi|bey|hanım)\b",
    "ar": r"\b(ممتنة?|شاكرًا|شاكرة|آملًا|آملة|قلقة|سيدي|سيدتي|أخي|أختي)\b",
    "kk": r"\b(мырза|ханым|ағай|апай|қызы|ұлы)\b",
}


@pytest.mark.parametrize(("tone", "language"), CASES)
def test_nobodys_gender_is_guessed(tone, language):
    """Neither the writer's nor the reader's nor the person's; greeting and the campaign's own words aside."""
    for seed in range(8):
        letter = written(tone, language, seed, demands=())
        words = letter.body.removeprefix(salutation(addressee(tone), language, LETTERS))
        assert not re.search(GENDERED[language], f"{letter.subject}\n{words}", re.IGNORECASE)


@pytest.mark.parametrize("tone", Tone)
def test_every_language_has_a_greeting_of_its_own_for_every_tone(tone):
    """Nobody gets an English greeting above a letter in their language, or a greeting without its closing mark."""
    greetings = {language: greeting(tone, language, LETTERS) for language in LANGUAGES}

    assert len(set(greetings.values())) == len(LANGUAGES) == 12
    assert all(words[-1] in ",!:،" for words in greetings.values())
    assert greeting(tone, "pt-br", LETTERS) == greetings["pt"]
    assert greeting(tone, "sv", LETTERS) == greetings["en"]
