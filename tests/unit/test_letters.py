"""Letters: filled, chosen by language, varied by seed, signed, translated."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.authors import number_of
from mailer.core.campaigns import Demand, Fact, Person
from mailer.core.letters import PHONE, choose, fill, write_letter
from mailer.core.salutations import salutation
from mailer.core.signatures import Exposure
from mailer.core.targets import Risk, Tone
from mailer.core.texts import LetterLibrary, LetterTemplate, Segment
from mailer.core.writing import Writing, letter_values
from mailer.errors import RenderingError
from tests.letter_parts import (
    END,
    NAME,
    SLOGAN,
    letter_text,
    library,
    organisation,
    revision,
    said,
    supporter,
    target,
    wording,
)

VALUES = {"name": "Ann", "empty": "", "demands": ("one", "two"), "none": ()}


def a_writing(to=None, **changes):
    """Return who writes to whom, with `changes` of the writing; those of the campaign are in `case`."""
    to = to or target()
    case = changes.pop("case", {})
    given_ = {"revision": revision(to, **case), "supporter": supporter(), "target": to, **changes}
    return Writing(**given_)


def test_people_are_named_as_the_letter_s_language_spells_them():
    """A Russian office reads the name that is in its files; a language without its own spelling has the first."""
    people = (Person(said(en="Ivan Example", ru="Иван Пример")), Person(said(en="B. Example")))
    named = {tag: letter_values(a_writing(case={"people": people}), tag)["person"] for tag in ("en", "ru", "de")}

    assert named == {
        "en": "Ivan Example, B. Example",
        "ru": "Иван Пример, B. Example",
        "de": "Ivan Example, B. Example",
    }


# --- filling --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("segments", "text"),
    [
        (letter_text("Dear {name}!"), "Dear Ann!"),
        (letter_text("I ask:\n[demands]"), "I ask:\n1. one\n2. two"),
        (letter_text("I ask for {demands}."), "I ask for one, two."),
        (letter_text("[none]"), ""),
        (letter_text("a  \n\n\n\n b\r\n"), "a\n\n b"),
        ((Segment("if", "name", letter_text("by {name}"), letter_text("unsigned")),), "by Ann"),
        ((Segment("if", "empty", letter_text("by {empty}"), letter_text("unsigned")),), "unsigned"),
        ((Segment("if", "none", letter_text("[none]")),), ""),
        ((Segment("if", "name", (Segment("if", "demands", letter_text("both")),)),), "both"),
    ],
)
def test_segments_are_filled(segments, text):
    """Words stay, values and numbered lists are put in, an if shows one of its sides, blank lines do not pile up."""
    assert fill(segments, VALUES) == text


@pytest.mark.parametrize("kind", ["value", "list", "if"])
def test_a_value_that_there_is_not_is_an_error(kind):
    """A letter never goes out with a hole in it, and the error names the hole."""
    with pytest.raises(RenderingError, match="'nmae'"):
        fill((Segment(kind, "nmae"),), VALUES)


@given(st.text(st.sampled_from("{}%[] name"), max_size=20))
def test_what_is_put_in_is_never_read_as_a_template(value):
    """A supporter whose name looks like a template is called so."""
    assert fill(letter_text("<{name}>"), {"name": value}) == f"<{value}>"


# --- the variant ----------------------------------------------------------------------------------


def numbers_of(part, *, seeds, to=None):
    """Return the numbers that so many supporters have for one part of their letter."""
    one = a_writing(to)
    return [number_of(seed, one.part(part)) for seed in range(seeds)]


@pytest.mark.parametrize("variants", [2, 3, 5])
@pytest.mark.parametrize("part", ["protest.opening", "phone.closing"])
def test_variants_are_spread_evenly_over_seeds(variants, part):
    """Of 6,000 supporters about equally many get each variant: chi-square under the 99.9 % bound of 18.5."""
    counts = Counter(number % variants for number in numbers_of(part, seeds=6000))

    expected = 6000 / variants
    assert sum((counts[index] - expected) ** 2 / expected for index in range(variants)) < 18.5


def test_parts_and_targets_vary_independently():
    """Knowing a supporter's opening tells nothing of the closing, or of the letter to the next office."""
    openings = numbers_of("opening", seeds=2000)
    others = (*numbers_of("closing", seeds=2000), *numbers_of("opening", seeds=2000, to=target("city")))
    pairs = Counter((one % 2, other % 2) for one, other in zip(openings * 2, others, strict=True))

    assert all(900 < count < 1100 for count in pairs.values())
    assert len(pairs) == 4


@given(st.integers(0, 2**63 - 1))
def test_the_same_seed_gives_the_same_letter(seed):
    """A reminder shows the letter that the alert showed."""
    writing = a_writing(supporter=supporter(seed=seed))

    assert write_letter(writing, "protest") == write_letter(writing, "protest")


@given(st.integers(0, 2**63 - 1))
def test_a_translation_is_of_the_same_letter(seed):
    """Variants pair by position: what is read below is what is signed above."""
    letter, translation = write_letter(
        a_writing(supporter=supporter(seed=seed, language="ru"), languages=("en",)), "protest"
    )

    assert translation is not None
    assert translation.subject == letter.subject.replace("-en-", "-ru-")
    for part in ("opening", "closing"):
        numbers = {text.partition(f"-{part}-")[2][:1] for text in (letter.body, translation.body)}
        assert len(numbers) == 1


# --- the language ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reads", "own", "shipped", "chosen"),
    [
        (("ru", "en"), (), ("en", "ru"), ("ru", "shipped")),
        (("ru", "en"), ("en",), ("en", "ru"), ("ru", "shipped")),
        (("ru", "en"), ("en", "ru"), ("en", "ru"), ("ru", "own")),
        (("kk", "en"), (), ("en", "ru"), ("en", "shipped")),
        (("pt-br",), (), ("en", "pt"), ("pt", "shipped")),
        ((), ("en",), ("en", "ru"), ("en", "own")),
        ((), (), ("ru", "en"), ("en", "shipped")),
        (("kk",), (), ("fr",), ("fr", "shipped")),
    ],
)
def test_the_first_language_with_a_letter_is_chosen(reads, own, shipped, chosen):
    """Language by language, the campaign's own letter before the shipped one; then the fallback, then any."""
    case = {"letters": library(*shipped, mark="shipped-")}
    writing = a_writing(languages=reads, case=case)
    campaign = replace(writing.campaign, letters=library(*own, mark="own-"))
    writing = replace(writing, revision=replace(writing.revision, campaign=campaign))

    found = choose(writing, "protest")

    assert found.language == chosen[0]
    assert found.template == library(*shipped, *own, mark=f"{chosen[1]}-").find("protest", chosen[0])


def test_without_any_letter_there_is_an_error():
    """An empty library is told, not sent as an empty letter."""
    with pytest.raises(RenderingError, match="'protest'"):
        choose(a_writing(case={"letters": LetterLibrary({"phone": {}})}), "protest")


def test_an_assumed_language_needs_the_campaigns_words():
    """A German frame around English demands goes to no embassy; with German words it does."""
    letters = library("en", "de")
    words = {"summary": said(en="Jailed.", de="In Haft."), "demands": (Demand("r", said(en="release", de="Freiheit")),)}

    half = a_writing(assumed=("de", "fr"), case={"letters": letters})
    whole = a_writing(assumed=("de", "fr"), case={"letters": letters, **words})
    told = a_writing(languages=("de",), case={"letters": letters})

    assert choose(half, "protest").language == "en"
    assert choose(whole, "protest").language == "de"
    assert choose(told, "protest").language == "de"


def test_an_assumed_language_of_the_organisation_is_taken():
    """Where the organisation writes Russian, a missing translation has been warned of: the letter is in Russian."""
    writing = a_writing(assumed=("ru",))

    assert "inquiry" in write_letter(writing, "protest")[0].body
    assert choose(writing, "protest").language == "ru"


@pytest.mark.parametrize(
    ("reads", "letter_language", "translated_to"),
    [
        ("en", "ru", "en"),
        ("ru", "ru", None),
        ("kk", "ru", "en"),
        ("kk", "en", None),
        ("", "ru", "en"),
        ("en-gb", "en", None),
    ],
)
def test_a_translation_follows_where_the_supporter_reads_another_language(reads, letter_language, translated_to):
    """In the supporter's language, else in the fallback, and not at all where that is the letter's own."""
    writing = a_writing(supporter=supporter(language=reads), languages=(letter_language,))

    letter, translation = write_letter(writing, "protest")

    assert letter.language == letter_language
    assert (translation.language if translation else None) == translated_to


def test_a_translation_never_comes_from_another_letter():
    """A shipped letter is not translated by the campaign's own, which says something else."""
    writing = a_writing(languages=("ru",), case={"letters": library("en", "ru", mark="shipped-")})
    campaign = replace(writing.campaign, letters=library("en", mark="own-"))

    _, translation = write_letter(replace(writing, revision=replace(writing.revision, campaign=campaign)), "protest")

    assert translation is not None
    assert "own-" not in translation.body
    assert "shipped-protest-en-body" in translation.body


def test_a_letter_that_the_campaign_wrote_in_one_language_is_told_by_the_shipped_one():
    """Nobody signs what they cannot read; what is not the same letter is marked, and says the same demands."""
    writing = a_writing(languages=("ru",))
    campaign = replace(writing.campaign, letters=library("ru", mark="own-"))

    letter, translation = write_letter(
        replace(writing, revision=replace(writing.revision, campaign=campaign)), "protest"
    )

    assert ("own-" in letter.body, letter.standard) == (True, False)
    assert (translation.language, translation.standard) == ("en", True)
    assert "own-" not in translation.body
    assert "1. his release" in translation.body


def test_the_campaigns_own_translation_goes_before_the_shipped_one():
    """Where the campaign wrote it in the supporter's language too, it is the same letter."""
    writing = a_writing(languages=("ru",))
    campaign = replace(writing.campaign, letters=library("ru", "en", mark="own-"))

    _, translation = write_letter(replace(writing, revision=replace(writing.revision, campaign=campaign)), "protest")

    assert ("own-" in translation.body, translation.standard) == (True, False)


def test_who_reads_a_regional_english_needs_no_translation_from_english():
    """A letter in English is not followed by a Russian one because the tag says "en-gb"."""
    writing = a_writing(supporter=supporter(language="en-gb"), languages=("en",))
    writing = replace(writing, revision=replace(writing.revision, organisation=organisation("ru", "en")))

    assert write_letter(writing, "protest")[1] is None


# --- the words ------------------------------------------------------------------------------------


def test_a_letter_is_salutation_opening_body_closing_signature():
    """The parts follow each other with a blank line between."""
    writing = a_writing(supporter=supporter(city="London", organisation="Union", seed=1))

    letter, _ = write_letter(writing, "protest")
    parts = letter.body.split("\n\n")

    assert [part.rstrip("012") for part in parts] == [
        "To the Office court,",
        "protest-en-opening-",
        "protest-en-body A. Example\n1. his release\n2. a public inquiry",
        "protest-en-closing-",
        f"{NAME}\nUnion\nLondon, en:GB",
    ]


def test_a_letter_that_places_its_own_salutation_has_only_that():
    """The greeting is not said twice."""
    own = LetterTemplate(((),), (Segment("if", "name", letter_text("{salutation}\nHear me.")),), ((),))
    writing = a_writing(case={"letters": LetterLibrary({"protest": {"en": own}})})

    assert write_letter(writing, "protest")[0].body == f"To the Office court,\nHear me.\n\n{NAME}\nen:GB"


def test_without_a_known_name_nothing_stands_where_it_would():
    """There is no placeholder, and no city without a name."""
    letter, _ = write_letter(a_writing(supporter=supporter("", city="London")), "protest")

    assert letter.body.splitlines()[-1].startswith("protest-en-closing-")


def test_a_phone_script_has_no_salutation_subject_or_signature():
    """It is spoken."""
    script, _ = write_letter(a_writing(), PHONE)

    assert script.subject == ""
    assert script.body.startswith("phone-en-opening-")
    assert script.body[:-1].endswith("phone-en-closing-")


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (None, ["his release", "a public inquiry"]),
        (("inquiry",), ["a public inquiry"]),
        (("slogan", "release"), [SLOGAN, "his release"]),
        (("release", "release"), ["his release"]),
        ((), []),
    ],
)
def test_demands_are_those_of_the_target(listed, expected):
    """All that are no slogans, unless the target lists its own; each once, in the target's order."""
    writing = a_writing(target(demands=listed))

    assert list(letter_values(writing, "en")["demands"]) == expected


letters_asked_for = st.lists(st.sampled_from(["release", "inquiry"]), unique=True, max_size=2)


@given(letters_asked_for, st.sampled_from(["en", "ru", "kk"]), st.integers(0, 2**32))
def test_every_letter_holds_each_demand_once_and_no_slogan(listed, language, seed):
    """Whatever the seed and the language: the demands of the target, and nothing that it does not list."""
    writing = a_writing(target(demands=tuple(listed)), supporter=supporter(seed=seed), languages=(language,))

    letter, translation = write_letter(writing, "protest")

    for written in filter(None, (letter, translation)):
        texts = letter_values(writing, written.language)["demands"]
        assert len(texts) == len(listed)
        assert all(written.body.count(text) == 1 for text in texts)
        assert SLOGAN not in written.body


@given(st.from_regex(r"[A-Z][a-z]{3,9} [A-Z][a-z]{3,9}", fullmatch=True))
def test_a_target_of_high_risk_is_told_neither_name_nor_place(name):
    """Whatever a letter puts in, none of it names the supporter."""
    everything = letter_text("{name}|{initials}|{city}|{organisation}|{sender_country}")
    template = LetterTemplate((everything,), everything, (everything,), (everything,))
    case = {"letters": LetterLibrary({tone: {"en": template} for tone in ("protest", "phone")})}
    writing = a_writing(
        target(risk=Risk.HIGH),
        supporter=supporter(name, city="Qxcity", organisation="Qxunion"),
        shown=Exposure.INITIALS,
        case=case,
    )

    for tone in ("protest", "phone"):
        letter, _ = write_letter(writing, tone)
        for secret in (*name.split(), "Qxcity", "Qxunion", "en:GB"):
            assert secret not in letter.subject + letter.body


def test_initials_are_written_and_never_spoken():
    """On the telephone a name is said or not; initials would only raise a question."""
    named = LetterTemplate(((),), letter_text("Said by {name}"), ((),), ((),))
    case = {"letters": LetterLibrary({tone: {"en": named} for tone in ("protest", "phone")})}
    writing = a_writing(shown=Exposure.INITIALS, case=case)

    assert "Said by A. M. K." in write_letter(writing, "protest")[0].body
    assert write_letter(writing, PHONE)[0].body == "Said by"


def test_texts_fall_back_one_by_one():
    """What is missing in the letter's language comes in the fallback language."""
    values = letter_values(a_writing(case={"facts": (Fact(said(en="Sentenced", ru="Приговор")),)}), "ru")

    assert values["demands"] == ("освобождение", "a public inquiry")
    assert values["title"] == "Свободу A. Example"
    assert values["facts"] == ("Приговор",)


def test_a_deadline_is_the_last_day_in_the_letters_words():
    """What ends at 24:00 ends on the day before; a language without words gets digits."""
    writing = a_writing(until=END)
    kazakh = replace(writing, revision=replace(writing.revision, organisation=organisation("en", "kk")))

    assert letter_values(writing, "en")["deadline"] == "Wednesday 9 month12"
    assert letter_values(kazakh, "kk")["deadline"] == "2026-12-09"
    assert letter_values(replace(writing, until=None), "en")["deadline"] == ""


def test_subjects_stay_one_header():
    """A name with a line end or an encoded word in it cannot begin another header."""
    own = LetterTemplate(((),), (), ((),), (letter_text("From {name}\n{title}"),))
    case = {"letters": LetterLibrary({"protest": {"en": own}})}
    writing = a_writing(supporter=supporter("=?utf-8?b?DQo=?=\r\nBcc: x"), case=case)

    assert write_letter(writing, "protest")[0].subject == "From = ?utf-8?b?DQo= ?= Bcc: x Free A. Example"


# --- the salutation -------------------------------------------------------------------------------

RUSSIAN = "Уважаемые дамы и господа!"


def greeted(**by_language):
    """Return letters that are nothing but their greetings."""
    return {tag: LetterTemplate((), (), (), greeting=greeting) for tag, greeting in by_language.items()}


GREETINGS = LetterLibrary(
    {
        "protest": greeted(
            en="Dear Sir or Madam,", ru=RUSSIAN, es="Estimada señora, estimado señor:", ar="تحية طيبة وبعد،"
        ),
        "solidarity": greeted(en="Dear friends,", ru="Дорогие друзья!"),
    }
)


@pytest.mark.parametrize(
    ("changes", "language", "greeting"),
    [
        ({"salutation": said(en="Dear Prosecutor", ru="Уважаемый господин прокурор")}, "en", "Dear Prosecutor,"),
        (
            {"salutation": said(en="Dear Prosecutor", ru="Уважаемый господин прокурор")},
            "ru",
            "Уважаемый господин прокурор!",
        ),
        ({"salutation": said(en="Dear Prosecutor:")}, "en-gb", "Dear Prosecutor:"),
        ({"salutation": said(en="Dear Prosecutor")}, "ru", RUSSIAN),
        ({"name": said(en="The District Court")}, "en", "To the District Court,"),
        ({"name": said(en="Prison No. 1")}, "en", "Dear Sir or Madam,"),
        ({"name": said(en="Embassy (Kazakhstan)")}, "en", "Dear Sir or Madam,"),
        ({"name": said(en="District Court")}, "ru", RUSSIAN),
        ({"name": said(en="A. Example")}, "en", "Dear Sir or Madam,"),
        ({"name": said(en="Embassy or consulate")}, "en", "Dear Sir or Madam,"),
        ({"name": said(ru="Суд")}, "en", "Dear Sir or Madam,"),
        ({"name": said(en="A. Example")}, "sv", "Dear Sir or Madam,"),
        ({}, "ar", "تحية طيبة وبعد،"),
        ({"salutation": said(ar="حضرة المدعي العام")}, "ar", "حضرة المدعي العام،"),
        ({"salutation": said(es="Estimada Fiscalía")}, "es", "Estimada Fiscalía:"),
        ({"tone": Tone.SOLIDARITY, "name": said(en="Union office")}, "en", "Dear friends,"),
        ({"tone": Tone.SOLIDARITY}, "ru", "Дорогие друзья!"),
    ],
)
def test_salutations(changes, language, greeting):
    """The target's own in the letter's language, else one that guesses nobody's gender."""
    assert salutation(target(**changes), language, GREETINGS) == greeting


def test_country_names_are_in_the_letters_language():
    """The same country is told to each reader in theirs."""
    writing = a_writing()

    assert letter_values(writing, "ru")["sender_country"] == wording("ru").countries["GB"]
    assert letter_values(replace(writing, supporter=supporter(country="")), "ru")["sender_country"] == ""
