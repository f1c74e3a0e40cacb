"""Do the README and the documents say what is true? Commands, options, settings, links and numbers."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
from babel import Locale

from mailer.adapters.catalog import load_catalog
from mailer.adapters.supporter_csv import open_csv
from mailer.adapters.templates import Templates
from mailer.cli.main import app
from mailer.errors import MailerError
from mailer.settings import SETTING_NAMES
from tests.databases import NOW
from tests.pages import PAGES, ROOT, Page

README = Page("README.md")
IN_FILES = {"MAILER_RELAY_URL_FILE", "MAILER_DATABASE_URL_FILE", "MAILER_MAILBOX_URL_FILE"}
BEFORE_ANY = {"MAILER_COMPILED"}  # read when the package is imported, before there are settings
SETTINGS = {f"MAILER_{name.upper()}" for name in SETTING_NAMES} | IN_FILES | BEFORE_ANY
every_page = pytest.mark.parametrize("page", [Page(name) for name in PAGES], ids=PAGES)


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command that words name, and what is left of them."""
    command: Any = typer.main.get_command(app)
    while words and not words[0].startswith("-") and hasattr(command, "commands"):
        if words[0].isupper() and "show" in command.commands:  # `mailer missions KZ`
            words = ["show", *words]
        assert words[0] in command.commands, f"there is no command `mailer {' '.join(words)}`"
        command, words = command.commands[words[0]], words[1:]
    return command, words


@every_page
def test_every_command_line_is_understood(page: Page) -> None:
    """Each `mailer` line in a block is one that the command line takes, with its options and arguments."""
    for words in page.commands():
        command, rest = command_of(words)
        command.make_context(" ".join(words), rest)


@every_page
def test_every_command_in_a_sentence_exists(page: Page) -> None:
    """Commands and options that sentences name are those that there are."""
    for words in page.mentions():
        command, rest = command_of(words)
        known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
        assert not [word for word in rest if word.startswith("--") and word not in known], words


def test_a_command_that_does_not_exist_is_found() -> None:
    """The check itself notices a wrong command, a wrong option and a missing argument."""
    with pytest.raises(AssertionError, match="no command"):
        command_of(["lunch", "case"])
    for words in (["launch", "case", "--teste", "a@b.example"], ["launch"]):
        command, rest = command_of(words)
        with pytest.raises(Exception, match=r"No such option|Missing parameter"):
            command.make_context("launch", rest)


def test_the_readme_names_every_command_of_a_campaign() -> None:
    """Whoever follows the README or the page on operating meets every command that moves a campaign."""
    told = {words[0] for page in ("README.md", "docs/operating.md") for words in Page(page).commands()}
    told |= {words[0] for words in Page("docs/operating.md").mentions()}

    assert {"init", "check", "preview", "plan", "launch", "run", "send", "status"} <= told
    assert {"update", "correct", "close", "pause", "resume", "stop", "revise", "supporters"} <= told


@every_page
def test_every_setting_exists(page: Page) -> None:
    """Each MAILER_ name is a setting that the code reads, or one that the tests read."""
    named = set(re.findall(r"MAILER_[A-Z_]+[A-Z]", page.text))
    of_tests = {name for name in named if name.startswith("MAILER_TESTS_")}
    read = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__))

    assert named - of_tests <= SETTINGS
    assert [name for name in of_tests if f'"{name}"' not in read] == []


@every_page
def test_every_target_of_make_exists(page: Page) -> None:
    """Each `make` that is named is in the Makefile."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert page.targets() <= set(targets)


@every_page
def test_every_link_leads_somewhere(page: Page) -> None:
    """Each relative link and picture is a file of the repository, and its anchor a heading in it."""
    for link in page.links():
        name, _, anchor = link.partition("#")
        path = ((ROOT / page.name).parent / name).resolve() if name else ROOT / page.name
        assert path.is_file(), link
        assert not anchor or anchor in Page(str(path.relative_to(ROOT))).anchors(), link


def test_the_readme_leads_to_every_page() -> None:
    """No page lies around that nobody finds."""
    assert {*PAGES, "LICENSE", "docs/letter.png"} - {"README.md"} <= README.links()


def test_the_test_command_is_what_ci_runs() -> None:
    """The README's two commands are `make demo` and `make test`, and .ci/run calls the latter after `make check`."""
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [" ".join(words) for words in README.lines() if words[0] == "make"]

    assert commands[:2] == ["make demo", "make test"]
    assert re.findall(r"^timeout \S+ (make [\w-]+)", ci, re.MULTILINE) == [
        "make check",
        "make test-fast",
        "make test",
    ]
    assert ci.splitlines()[-1].startswith('timeout "${MINUTES}m" make test')


def test_the_first_campaign_of_the_readme_is_right(tmp_path: Path) -> None:
    """The README's campaign file has no error and no warning, and is short."""
    (example,) = README.blocks("yaml")
    path = tmp_path / "campaigns.yaml"
    path.write_text(example, encoding="utf-8")

    catalog = load_catalog(path, templates=Templates(), now=NOW)

    assert [str(problem) for problem in catalog.problems] == []
    assert list(catalog.campaigns) == ["almaty-picket"]
    assert len(example.splitlines()) <= 32


def test_the_list_of_the_readme_is_right(tmp_path: Path) -> None:
    """Every line of the README's list of supporters is one that the import takes."""
    (rows,) = README.blocks("csv")
    path = tmp_path / "supporters.csv"
    path.write_text(rows, encoding="utf-8")

    with open_csv(path) as source:
        lines = list(source.lines)

    assert len(lines) == 2
    assert [line.problem for line in lines] == ["", ""]


def test_the_languages_that_the_readme_names_are_there() -> None:
    """Every language that letters are shipped in is promised, and no other."""
    promised = re.search(r"letters that come with it are in ([^:.]+?),? and the directory", README.text)
    shipped = {Locale.parse(path.name).english_name for path in (ROOT / "templates" / "locale").iterdir()}

    assert promised is not None
    assert set(re.split(r",\s+|\s+and\s+", promised[1])) == shipped


def test_the_readme_says_how_thin_the_directory_is() -> None:
    """Its figures are those of the file that is shipped."""
    with (ROOT / "mailer" / "adapters" / "missions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))

    told = f"of {len(rows):,} missions {sum(bool(row['email']) for row in rows)} have an e-mail address"
    assert told in " ".join(README.text.split())


def test_the_table_of_exit_codes_is_that_of_the_errors() -> None:
    """The page on operating explains every code that an error ends with, and no other."""
    rows = re.findall(r"^\| (\d[\d, ]*) \|", Page("docs/operating.md").text, re.MULTILINE)
    told = {int(code) for row in rows for code in row.split(",")}

    assert told == {kind.exit_code for kind in every_error(MailerError)}


def every_error(kind: type[MailerError]) -> list[type[MailerError]]:
    """Return an error and all that are made from it."""
    return [kind, *(one for child in kind.__subclasses__() for one in every_error(child))]


def test_the_map_names_files_that_are_there() -> None:
    """Each path in CONTRIBUTING exists."""
    paths = [code for code in Page("CONTRIBUTING.md").inline() if re.match(r"(mailer|templates|tests|docs)/", code)]

    assert len(paths) > 25
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_python_version_is_the_packages_own() -> None:
    """README, CONTRIBUTING and .ci/run ask for the Python that pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["requires-python"] == ">=3.11"
    for page in ("README.md", "CONTRIBUTING.md", ".ci/run"):
        assert "Python 3.11 or later" in (ROOT / page).read_text(encoding="utf-8")


def test_the_picture_is_small() -> None:
    """It is a PNG that loads at once on a bad line."""
    picture = (ROOT / "docs" / "letter.png").read_bytes()

    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 200_000
