"""Does a draft become a campaign file that the catalogue takes, whatever was found? Texts, ids, marks, letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.catalog.contents import Catalog
from mailer.adapters.catalog.document import Document
from mailer.adapters.catalog.loading import read_catalog
from mailer.adapters.catalog.reading import parse_document
from mailer.adapters.drafted import Surroundings, to_yaml
from mailer.adapters.drafted.letter_entries import literal, parts_of
from mailer.adapters.drafted.slugs import LONGEST, Ids, slug
from mailer.adapters.drafted.yaml_text import check, clean, entry
from mailer.core.drafting.drafts import Drafted, Found, FoundDemand, FoundEvent, FoundLetter, FoundTarget, Role
from mailer.core.letters import fill
from mailer.core.targets import Tone
from tests.campaign_files import shipped

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PLAIN = Drafted("en", Found("Free the miners"), Found("Nine miners are in jail."), Found("BO"))

nasty = st.sampled_from(
    (
        "",
        "a: b",
        "# check: me",
        "- item",
        "{{ name }}",
        "{% if",
        "{# x #}",
        '"quoted" \\ back',
        "yes",
        "NO",
        "null",
        "2026-12-02",
        "line one\nline two\n\n\n  line three",
        "\x1b[31mred\x07\r\n\u2028\u202eabc\ufeff",
        "=?utf-8?b?QQ==?=",
        "---\n...",
        "*alias &anchor !tag %x @y `z",
        "word " * 400,
        "x" * 25_000,
        "Требуем: свободу!",
        "\U0001f600 [your name]",
        "sign-up",
    )
)
words = nasty | st.text(max_size=40)
founds = st.builds(
    Found, words, st.sampled_from(("", "tone", "# check: a\nb: c")) | st.text(max_size=10), told=st.just("")
)
channels = st.sampled_from(
    (
        "a@x.example",
        "ü@x.example",
        "a@b",
        "+442079460101",
        "0207 946",
        "www.x.example/a",
        "http://x y",
        "Street 1\nTown",
    )
)
of_channel = st.lists(st.builds(Found, channels | words), max_size=3).map(tuple)
codes = st.sampled_from(("", "KZ", "GB", "ZZ", "kz"))
moments = st.sampled_from(
    ("", "2026-12-02", "2003-01-01T10:00", "2026-02-31", "0001-01-01", "soon", "2026-12-02 99:99")
)
targets = st.builds(
    FoundTarget,
    founds,
    st.sampled_from(Role),
    emails=of_channel,
    faxes=of_channel,
    phones=of_channel,
    post=of_channel,
    webs=of_channel,
    web_hint=words,
    embassy_of=codes,
    doubt=words,
)
tags = st.sampled_from(("en", "ru", "fil", "", "xx", "EN", "pt-BR"))
drafts = st.builds(
    Drafted,
    tags,
    founds,
    founds,
    st.builds(Found, codes | words),
    st.lists(founds, max_size=2).map(tuple),
    st.lists(founds, max_size=2).map(tuple),
    st.lists(st.builds(FoundDemand, founds, st.booleans(), st.sampled_from(("", "release", "magic"))), max_size=3).map(
        tuple
    ),
    st.lists(targets, max_size=3).map(tuple),
    of_channel,
    of_channel,
    st.lists(st.builds(FoundEvent, founds, moments, words, st.booleans()), max_size=3).map(tuple),
    st.builds(Found, moments),
    st.builds(Found, moments),
    st.lists(st.tuples(words, channels | words), max_size=2).map(tuple),
    st.builds(Found, channels | words),
    st.lists(st.builds(FoundLetter, tags, words, words), max_size=2).map(tuple),
    st.sampled_from(("", "released", "magic")),
    st.lists(words, max_size=2).map(tuple),
)
ORGANISATION = tuple(
    """\
organisation:
  name: Sample Group
  from: Sample Group <campaigns@group.example>
  reply_to: office@group.example
  postal_address: 1 Sample Street
  timezone: Europe/London
  languages: [en, ru]
  never_target: [hospital.example, a@x.example]""".splitlines()
)
IN_A_FILE = Surroundings(
    ORGANISATION, ("en", "ru"), {"free-miners"}, ("hospital.example", "a@x.example"), frozenset(("en", "ru"))
)


def load(text: str) -> Catalog:
    """Return what the catalogue makes of a file, with one standard demand and letters in two languages."""
    return read_catalog("draft.yaml", text.encode(), shipped=shipped(), now=NOW)


def errors_of(text: str) -> list[str]:
    """Return the errors of a file, with the file."""
    found = [str(problem) for problem in load(text).problems if problem.severity == "error"]
    return [*found, text] if found else []


def value_of(drafted: Drafted, around: Surroundings | None = None) -> dict[str, object]:
    """Return the campaign of a draft as plain values."""
    document = parse_document("draft.yaml", to_yaml(drafted, TODAY, around).encode())
    assert isinstance(document, Document)
    (campaign,) = document.value["campaigns"]  # type: ignore[index]
    return campaign  # type: ignore[no-any-return]


def without_standards(drafted: Drafted) -> Drafted:
    """Return a draft whose standard demands are the one that tests ship."""
    return replace(
        drafted, demands=tuple(replace(one, standard="release" if one.standard else "") for one in drafted.demands)
    )


@given(drafts, st.sampled_from((None, IN_A_FILE, Surroundings(lettered=frozenset(("en",))))))
def test_whatever_was_found_is_a_file_without_errors(drafted: Drafted, around: Surroundings | None) -> None:
    """No text, number or date of an appeal makes a file that the catalogue refuses: it only warns."""
    assert errors_of(to_yaml(without_standards(drafted), TODAY, around)) == []


@given(words)
def test_every_text_is_read_back(text: str) -> None:
    """A text stands in the file as it was, white space and what nobody can read aside."""
    lines = entry("text", clean(text))
    document = parse_document("x.yaml", "\n".join(lines).encode())

    assert isinstance(document, Document)
    assert " ".join(str(document.value["text"]).split()) == " ".join(clean(text).split())  # type: ignore[index]


def test_each_doubt_is_a_mark_that_keeps_the_campaign_from_being_launched() -> None:
    """Every doubtful value is found by the catalogue's search for marks, with its reason and place."""
    drafted = replace(
        PLAIN,
        people=(Found("Ivan Primerov", "is this a person?"),),
        demands=(FoundDemand(Found("stop the thugs", "tone")),),
        targets=(FoundTarget(Found("Court"), doubt="who is meant?"),),
        unsure=("the text has two languages",),
    )
    text = to_yaml(drafted, TODAY, IN_A_FILE)
    (marks,) = load(text).marks.values()

    assert [(mark.where.partition(", ")[2], mark.message.removeprefix("marked '# check': ")) for mark in marks] == [
        ("country", "the text has two languages"),
        ("person 1, name", "is this a person?"),
        ("demand stop-thugs, text", "tone"),
        ("target court, id", "who is meant?"),
        ("target court, name", "no address in the text"),
    ]


def test_the_placeholder_of_the_organisation_is_a_mark_of_every_campaign() -> None:
    """Nobody launches in the name of the sample organisation: its one mark counts for the campaign."""
    (marks,) = load(to_yaml(PLAIN, TODAY)).marks.values()

    assert "organisation, name" in {mark.where for mark in marks}


def test_what_is_sure_has_no_mark() -> None:
    """A draft without doubts leaves only what the organiser has to do in any case."""
    drafted = replace(PLAIN, targets=(FoundTarget(Found("Court"), emails=(Found("court@justice.example"),)),))

    assert load(to_yaml(drafted, TODAY, IN_A_FILE)).marks == {}


def test_one_doubt_is_one_mark() -> None:
    """A target without an address is marked once, whoever noticed it."""
    target = FoundTarget(Found("Court"), doubt="no address in the text")

    assert to_yaml(replace(PLAIN, targets=(target,)), TODAY, IN_A_FILE).count("# check") == 1


def test_a_number_that_is_none_is_told_and_left_out() -> None:
    """Numbers that cannot be dialled from abroad stand in a comment as the text spells them."""
    target = FoundTarget(Found("Court"), faxes=(Found("x", told="(095) 12-34"),), phones=(Found("+442079460101"),))
    text = to_yaml(replace(PLAIN, targets=(target,)), TODAY, IN_A_FILE)

    assert '        phone: "+44 20 7946 0101"' in text.splitlines()
    assert "# check: fax (095) 12-34: not an international number as it stands" in text
    assert "fax:" not in text


def test_further_addresses_of_an_office_get_the_same_mail() -> None:
    """One letter to each office: its other mail addresses get a copy, other numbers stand in for the first."""
    target = FoundTarget(
        Found("Court"),
        emails=(Found("b@x.example"), Found("c@x.example")),
        faxes=(Found("+442079460101"), Found("+442079460102")),
    )
    campaign = value_of(replace(PLAIN, targets=(target,)))

    assert campaign["targets"] == [
        {
            "id": "court",
            "name": "Court",
            "email": "b@x.example",
            "fax": "+44 20 7946 0101",
            "copies_to": ["c@x.example"],
        },
        {"id": "court-2", "name": "Court", "fallback_for": "court", "fax": "+44 20 7946 0102"},
    ]


def test_roles_decide_what_is_written() -> None:
    """Copies are copies, support is a solidarity letter, and who is only mentioned is left out."""
    found = tuple(FoundTarget(Found(role.value), role, emails=(Found(f"{role}@x.example"),)) for role in Role)
    campaign = value_of(replace(PLAIN, targets=found, solidarity=(Found("solidarity@x.example"),)))

    assert [each["id"] for each in campaign["targets"]] == ["target", "solidarity"]  # type: ignore[attr-defined]
    assert campaign["targets"][1]["letter"] == "solidarity"  # type: ignore[index]
    assert campaign["copies_to"] == ["copy@x.example"]
    assert "mentioned" not in str(campaign)


def test_an_embassy_anywhere_needs_no_address() -> None:
    """The embassy in the reader's own country is found later; one with an address is an office of its own."""
    named = FoundTarget(Found("Embassy in London"), embassy_of="KZ", emails=(Found("london@kz.example"),))
    campaign = value_of(replace(PLAIN, targets=(FoundTarget(Found(""), embassy_of="KZ"), named)))

    assert campaign["targets"] == [
        {"id": "embassy", "embassy_of": "KZ"},
        {"id": "embassy-2", "embassy_of": "KZ"},
        {"id": "embassy-london", "name": "Embassy in London", "email": "london@kz.example"},
    ]


def test_a_web_form_has_its_instruction() -> None:
    """The hint of the text stands beside the address of the form, whose scheme prose leaves out."""
    target = FoundTarget(Found("City"), webs=(Found("www.city.example/ask"),), web_hint="Use the tab 'Question'")
    campaign = value_of(replace(PLAIN, targets=(target,)))

    assert campaign["targets"][0]["web"] == {  # type: ignore[index]
        "url": "https://www.city.example/ask",
        "hint": "Use the tab 'Question'",
    }


def test_demands_keep_their_words() -> None:
    """A demand stands in the text's own grammar, a slogan as a slogan, and a shipped one with its words beside it."""
    drafted = replace(
        PLAIN,
        demands=(
            FoundDemand(Found("the immediate release of all nine"), standard="release"),
            FoundDemand(Found("that the wages are paid")),
            FoundDemand(Found("Victory to the miners!"), is_slogan=True),
        ),
    )

    assert "# in the text: the immediate release of all nine" in to_yaml(drafted, TODAY)
    assert value_of(drafted)["demands"] == [
        {"id": "release", "standard": "release"},
        {"id": "that-wages-are-paid", "text": "that the wages are paid"},
        {"id": "victory-miners", "text": "Victory to the miners!", "kind": "slogan"},
    ]


def test_a_standard_demand_is_made_once() -> None:
    """A second demand that a shipped one would say again stays in its own words."""
    demands = tuple(FoundDemand(Found(words), standard="release") for words in ("free Ivan", "free Olga"))

    assert value_of(replace(PLAIN, demands=demands))["demands"] == [
        {"id": "release", "standard": "release"},
        {"id": "free-olga", "text": "free Olga"},
    ]


def test_an_outcome_asks_nobody_to_write() -> None:
    """An appeal that is over has no targets, and says what to do with it."""
    text = to_yaml(replace(PLAIN, outcome="released"), TODAY, IN_A_FILE)

    assert "targets: []" in text
    assert "# check: the text says that it is over (released)" in text
    assert "mailer draft --update-of" in text


def test_past_dates_are_warnings() -> None:
    """An appeal of twenty years ago is a file without errors that asks whether it is still open."""
    drafted = replace(
        PLAIN,
        dated=Found("2003-02-28"),
        write_until=Found("2003-03-15"),
        events=(FoundEvent(Found("Trial"), "2003-03-10T09:30"), FoundEvent(Found("Vigil"), "2003-03-09", "Park", True)),
    )
    text = to_yaml(drafted, TODAY, IN_A_FILE)

    assert errors_of(text) == []
    assert "# check: the appeal is of 2003-02-28: look whether it is still open" in text
    assert sum(" is past: " in problem.message for problem in load(text).problems) == 3


def test_an_event_is_in_the_zone_of_the_country() -> None:
    """A trial in La Paz is at ten o'clock there; a day without a time asks for it."""
    events = (FoundEvent(Found("Trial"), "2026-12-02T10:00"), FoundEvent(Found("Vote"), "2026-12-03"))
    text = to_yaml(replace(PLAIN, events=events), TODAY)

    assert value_of(replace(PLAIN, events=events))["events"] == [
        {"id": "trial", "what": "Trial", "at": "2026-12-02 10:00", "timezone": "America/La_Paz"},
        {"id": "vote", "what": "Vote", "at": "2026-12-03 00:00", "timezone": "America/La_Paz"},
    ]
    assert "at: 2026-12-03 00:00  # check: no time of day in the text" in text


def test_an_unknown_country_is_asked_for_and_never_ready() -> None:
    """Without a country the draft says ZZ; the catalogue warns, and refuses it once the campaign is to be ready."""
    text = to_yaml(replace(PLAIN, country=Found("")), TODAY, IN_A_FILE)
    ready = text.replace("status: draft", "status: ready")

    assert errors_of(text) == []
    assert {problem.where.partition(", ")[2] for problem in load(ready).problems if problem.severity == "error"} == {
        "country",
        "targets",
    }


def test_a_letter_of_the_appeal_is_the_campaigns_own() -> None:
    """Its paragraphs are opening, body and closing; braces in it are words, and a placeholder is marked."""
    body = "I write to you about {{ name }}.\n\nPlease release [NAME].\n\nI await your answer."
    drafted = replace(
        PLAIN,
        letters=(FoundLetter("en", "Release them", body),),
        targets=(FoundTarget(Found("Court"), emails=(Found("c@x.example"),)),),
    )
    text = to_yaml(drafted, TODAY, Surroundings(lettered=frozenset(("en", "ru"))))
    campaign = load(text.replace("  # check: put", "  # put")).campaigns
    (letters,) = (each.letters for each in campaign.values())
    template = letters.find(Tone.PROTEST, "en")

    assert template is not None
    assert fill(template.openings[0], {}) == "I write to you about { { name }}."
    assert fill(template.body, {}) == "Please release [NAME]."
    assert fill(template.closings[0], {}) == "I await your answer."
    assert "# check: a placeholder is left in the letter" in text


def test_a_letter_that_does_not_read_like_one_is_marked() -> None:
    """Lines of an address that got into a letter do not end like sentences."""
    letter = FoundLetter("en", "", "Mr Sample\n\nChairman of the Committee\n\nSample Street 2")
    text = to_yaml(replace(PLAIN, letters=(letter,)), TODAY, Surroundings(lettered=frozenset(("en",))))

    assert "# check: is all of this the letter?" in text


def test_a_letter_in_another_language_is_used() -> None:
    """Where the letter is in another language than the file's first, targets are said to read it."""
    letter = FoundLetter("en", "", "We protest. Release them. Answer us.")
    drafted = replace(PLAIN, language="ru", letters=(letter,), targets=(FoundTarget(Found("Court")),))

    assert value_of(drafted)["targets"][0]["languages"] == ["en"]  # type: ignore[index]
    assert value_of(drafted)["letters"]["protest"]["en"]["opening"] == "We protest."  # type: ignore[index]


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("One.", ("", "One.", "")),
        ("One. Two. Three. Four.", ("One.", "Two. Three.", "Four.")),
        ("A b.\n\nC d.\n\nE f.", ("A b.", "C d.", "E f.")),
    ],
)
def test_parts_of_a_letter(body: str, parts: tuple[str, str, str]) -> None:
    """Paragraphs are parted first, then sentences; what is too short is all body."""
    assert parts_of(body) == parts


@given(st.text(alphabet="{}%# a", max_size=30))
def test_a_letter_from_outside_opens_nothing(text: str) -> None:
    """No run of braces and signs becomes the syntax of letters."""
    assert not any(opens in literal(text) for opens in ("{{", "{%", "{#"))


def test_a_text_of_another_language_stands_under_both() -> None:
    """In a file whose first language is English, Russian words stand under both and ask for a translation."""
    drafted = replace(PLAIN, language="ru", title=Found("Свободу шахтёрам"))
    text = to_yaml(drafted, TODAY, IN_A_FILE)

    assert value_of(drafted, IN_A_FILE)["title"] == {"en": "Свободу шахтёрам", "ru": "Свободу шахтёрам"}
    assert "# check: the text is in 'ru': translate what stands under 'en'" in text
    assert value_of(drafted)["title"] == "Свободу шахтёрам"
    assert "languages: [ru]" in to_yaml(drafted, TODAY)


def test_an_id_is_new_in_its_file() -> None:
    """A second campaign of the same title gets another id."""
    assert value_of(PLAIN)["id"] == "free-miners"
    assert value_of(PLAIN, IN_A_FILE)["id"] == "free-miners-2"


def test_who_may_not_be_written_to_is_left_out() -> None:
    """Addresses that the organisation has barred stand in no target and in no copy."""
    target = FoundTarget(Found("Clinic"), emails=(Found("ward@hospital.example"),))
    drafted = replace(PLAIN, targets=(target,), copies_to=(Found("a@x.example"),))
    text = to_yaml(drafted, TODAY, IN_A_FILE)

    assert errors_of(text) == []
    assert text.count("is in organisation.never_target, and was left out") == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Free the Example Seven!", "free-example-seven"),
        ("Свободу Примерову", "svobodu-primerovu"),
        ("Liberté pour l'école", "liberte-pour-lecole"),
        ("ÜÖ ß", "uo-ss"),
        ("12 34", "other"),
        ("自由", "other"),
        ("x" * 90, "x" * LONGEST),
        ("communications blockade of the Belarusian embassy", "communications-blockade-belarusian"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    """Words become an id that can be typed; where no letter can be spelt, another word is used."""
    assert slug(text, "other") == expected


@given(st.lists(words, max_size=8))
def test_ids_are_given_once(texts: list[str]) -> None:
    """However alike the words are, no id comes twice or is too long."""
    ids = Ids(("taken",))
    given_out = [ids.give(text, "taken") for text in texts]

    assert len(set(given_out)) == len(texts)
    assert all(len(each) <= LONGEST for each in given_out)
    assert "taken" not in given_out


@given(words, words)
def test_a_comment_stays_a_comment(one: str, other: str) -> None:
    """Whatever is told in a comment, it is one line that begins like a mark and holds no second one."""
    made = check(one, other)

    assert not made or (made.startswith("# check: ") and made.count("#") == 1 and len(made.splitlines()) == 1)
