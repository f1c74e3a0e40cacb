"""Does a file on disk, with the shipped letters and demands, become a catalog?"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from mailer.adapters.catalog import default_letters, json_schema, load_catalog, reference_markdown
from mailer.adapters.catalog.demands import standard_demands
from mailer.adapters.catalog.reference import DIALECT
from mailer.adapters.templates import Templates
from mailer.core.campaigns import CampaignId, Status
from mailer.core.targets import ChannelKind
from mailer.core.texts import LocalText
from mailer.errors import CampaignFileError, RenderingError
from tests.campaign_files import DESIGN_EXAMPLE, NOW, file

ROOT = Path(__file__).resolve().parent.parent.parent
STANDARD = ("release", "drop-charges", "fair-trial", "lawyer", "medical-care", "inquiry", "end-violence", "reinstate")
SHIPPED_LANGUAGES = {folder.name for folder in (ROOT / "templates/locale").iterdir()}


@pytest.fixture
def override(tmp_path: Path) -> Path:
    """A folder of the organiser's own templates."""
    folder = tmp_path / "templates"
    (folder / "locale/en").mkdir(parents=True)
    return folder


def test_the_example_of_the_design_loads_with_warnings_only() -> None:
    """Every key of the format is read; what is told is a missing translation, a long link and a sequel to come."""
    catalog = load_catalog(DESIGN_EXAMPLE, templates=Templates(), now=NOW)
    campaign = catalog.campaigns[CampaignId("prisoner-2026")]

    assert catalog.ok
    assert {problem.severity for problem in catalog.problems} == {"warning"}
    assert campaign.status is Status.READY
    assert [target.id for target in campaign.targets] == [
        "prosecutor",
        "court",
        "city",
        "embassy",
        "ministry",
        "family",
    ]
    assert [mailing.id for mailing in campaign.mailings] == [
        "alert",
        "reminder-after-3d",
        "reminder-before-trial-24h",
        "postponed",
    ]
    assert campaign.letters.languages("protest") == ("en",)
    assert all(target.has_channel for target in campaign.targets)
    assert len(ChannelKind) == 5


def test_a_year_later_the_example_is_past_and_still_loads() -> None:
    """Past dates are warnings."""
    later = load_catalog(DESIGN_EXAMPLE, templates=Templates(), now=NOW + timedelta(days=365))

    assert later.ok
    assert sum("is past" in problem.message for problem in later.problems) == 5


def test_the_sample_file_is_right() -> None:
    """What `mailer init` writes has no error."""
    assert load_catalog(ROOT / "campaigns.yaml", templates=Templates(), now=NOW).ok


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    """The only case that raises, and it names the command."""
    with pytest.raises(CampaignFileError) as caught:
        load_catalog(tmp_path / "campaigns.yaml", templates=Templates(), now=NOW)

    problem = caught.value.problems[0]
    assert (problem.line, problem.column) == (1, 1)
    assert "mailer init" in problem.hint


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """What cannot be read is told as such."""
    with pytest.raises(CampaignFileError, match="cannot be read"):
        load_catalog(tmp_path, templates=Templates(), now=NOW)


def test_standard_demands_are_shipped_in_every_language_of_the_letters() -> None:
    """Each as a noun phrase in small letters without a full stop, with and without names."""
    demands = standard_demands(Templates())

    assert set(demands.ids) == set(STANDARD)
    for demand in STANDARD:
        assert set(demands.languages(demand)) == SHIPPED_LANGUAGES
        for people in ((), (LocalText({"en": "A. Example"}),)):
            for text in demands.text(demand, people, ("en",)).by_language.values():
                assert not text.removeprefix("A. Example ")[0].isupper()
                assert not text.endswith(".")
                assert "{" not in text
                assert ("A. Example" in text) == bool(people)


def test_names_are_joined_in_each_language() -> None:
    """The organisation's first language comes first; a name is spelled as that language spells it."""
    people = (LocalText({"en": "A", "ru": "А."}), LocalText({"en": "B"}))
    text = standard_demands(Templates()).text("release", people, ("ru", "en"))

    assert list(text.by_language)[:2] == ["ru", "en"]
    assert text.text("en").endswith("of A and B")
    assert text.text("ru").endswith("(А. и B)")
    assert text.text("de").endswith("A und B")


@pytest.mark.parametrize(
    ("last", "joined"),
    [("Bela", "Ana y Bela"), ("Ígor", "Ana e Ígor"), ("Hipólita", "Ana e Hipólita"), ("Iósif", "Ana y Iósif")],
)
def test_spanish_and_changes_before_its_own_sound(last: str, joined: str) -> None:
    """It would be swallowed by a following "i", but not by the diphthong of "Iósif" or "Hierro"."""
    people = (LocalText({"en": "Ana"}), LocalText({"en": last}))

    assert standard_demands(Templates()).text("release", people, ("es",)).text("es").endswith(joined)


def test_the_shipped_letters_are_in_every_tone_and_language() -> None:
    """Variant lists are of equal length in every language."""
    library = default_letters(Templates())

    for tone in ("protest", "solidarity", "phone"):
        assert set(library.languages(tone)) == SHIPPED_LANGUAGES
        found = [library.find(tone, language) for language in library.languages(tone)]
        assert len({(len(t.subjects), len(t.openings), len(t.closings)) for t in found if t}) == 1
        assert all(bool(t.subjects) == (tone != "phone") for t in found if t)


def test_a_letter_of_the_organiser_s_replaces_the_shipped_one(override: Path) -> None:
    """File by file."""
    (override / "locale/eo").mkdir()
    (override / "locale/eo/protest.yaml").write_text("{subject: a, opening: b, body: c, closing: d}")

    assert "eo" in default_letters(Templates(override)).languages("protest")


def test_a_broken_shipped_letter_is_told_with_file_and_line(override: Path, tmp_path: Path) -> None:
    """The campaign is not released: its catalog is not ok."""
    letter = override / "locale/en/protest.yaml"
    letter.write_text("subject: a\nopening: b\nbody: |\n  x\n  {{ nobody }}\nclosing: d\n")
    (tmp_path / "campaigns.yaml").write_text(file())

    with pytest.raises(RenderingError, match=r"en/protest\.yaml:5:1: .*no value 'nobody'"):
        default_letters(Templates(override))
    catalog = load_catalog(tmp_path / "campaigns.yaml", templates=Templates(override), now=NOW)
    assert not catalog.ok
    assert catalog.problems[-1].file == str(letter)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("demands: {x: {with_person: a, without_person: a}}\nand: and\n", "lacks {person}"),
        ("demands: {x: {with_person: 'a {person}', without_person: 'a {person}'}}\nand: and\n", "nobody is named"),
        ("demands: [", "not closed"),
        ("demands: {}\nand: and\nor: or\n", "unknown key"),
    ],
)
def test_broken_standard_demands_are_told_with_their_file(override: Path, content: str, told: str) -> None:
    """An organiser's own file is checked as strictly as the campaign file."""
    (override / "locale/en/demands.yaml").write_text(content)

    with pytest.raises(RenderingError, match=r"demands\.yaml:\d+:\d+: error") as caught:
        standard_demands(Templates(override))
    assert told in str(caught.value)


def test_the_reference_is_that_of_the_schema() -> None:
    """docs/campaign-reference.md is generated, and was not forgotten."""
    assert (ROOT / "docs/campaign-reference.md").read_text(encoding="utf-8") == reference_markdown()


def test_every_key_of_the_schema_is_described() -> None:
    """An editor can show what each key is for."""
    schema = json_schema()
    entries = [schema, *schema["$defs"].values()]

    assert schema["$schema"] == DIALECT
    for entry in entries:
        assert entry["additionalProperties"] is False
        for key, value in entry["properties"].items():
            assert value.get("description") or "$ref" in value, key
    assert "x-form" not in json.dumps(schema)


def test_the_schema_and_the_example_have_the_same_keys() -> None:
    """Every key of the example's campaign is in the schema, and the other way round."""
    keys = json_schema()["$defs"]["CampaignEntry"]["properties"]
    text = DESIGN_EXAMPLE.read_text(encoding="utf-8")

    assert {
        line[4:].partition(":")[0] for line in text.splitlines() if line[:4] in ("    ", "  - ") and line[4] != " "
    } == (set(keys))
