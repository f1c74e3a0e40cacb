"""What does `mailer draft` do with a file, with standard input, in an editor, and beside a campaign file?"""

from __future__ import annotations

import json
import re
import shlex
import stat
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mailer.adapters.catalog import load_catalog
from mailer.adapters.templates import Templates
from mailer.cli.main import app
from mailer.errors import MailerError, NotFoundError, OutputError, UnreadableAppealError, UsageError
from mailer.wiring import Installation
from tests.appeal_scores import FOLDER
from tests.campaign_files import file
from tests.homes import installed
from tests.pages import ROOT, Page

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
STRIKE = FOLDER / "en-strike-leader.txt"
RELEASED = FOLDER / "en-released.txt"
Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    """An empty folder, where the person's editor is a program of this name."""
    return installed(tmp_path, lambda: NOW, EDITOR=f"{shlex.quote(str(tmp_path / 'my editor'))} --wait")


@pytest.fixture
def run(home: Installation) -> Run:
    """Return how to run `mailer draft` there; an error of ours is raised."""

    def _run(*argv: str, stdin: bytes = b"") -> Result:
        result = CliRunner().invoke(app, ["draft", *argv], obj=home, input=stdin)
        if isinstance(result.exception, MailerError):
            raise result.exception
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    return _run


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """Make the editor a program that runs one line of shell over the file `$2`."""
    script = folder / "my editor"
    script.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))  # what an editor leaves is left there


def kept(folder: Path) -> list[str]:
    """Return what is in the drafts that were kept."""
    return [path.read_text(encoding="utf-8") for path in folder.glob("mailer-draft-*/draft.yaml")]


def errors_of(path: Path) -> list[str]:
    """Return the errors of a campaign file."""
    catalog = load_catalog(path, templates=Templates(), now=NOW)
    return [str(problem) for problem in catalog.problems if problem.severity == "error"]


def test_stdout_is_a_file_that_check_accepts(run: Run, home: Installation) -> None:
    """What is printed can be saved as it is; what is unsure, and the next command, is told on stderr."""
    result = run(str(STRIKE))
    home.settings.campaigns_file.write_text(result.stdout, encoding="utf-8")

    assert errors_of(home.settings.campaigns_file) == []
    assert "prosecutor@karaganda.example" in result.stdout
    assert "mailer check" in result.stderr
    assert "unsure" not in result.stdout


def test_standard_input_is_read(run: Run) -> None:
    """A paste gives the same as the file, with `-` and without."""
    octets = STRIKE.read_bytes()

    assert run(stdin=octets).stdout == run("-", stdin=octets).stdout == run(str(STRIKE)).stdout


def test_json_is_for_programs(run: Run) -> None:
    """With --json, stdout is JSON and nothing else."""
    told = json.loads(run(str(STRIKE), "--json").stdout)

    assert told["copies_to"] == ["copies@solidarity.example"]
    assert told["country"] == "KZ"


@pytest.mark.parametrize("ending", [".html", ".eml", ".pdf"])
def test_other_formats_are_read(run: Run, ending: str) -> None:
    """A web page, a mail and a leaflet become drafts like a text."""
    for appeal in sorted((FOLDER / "formats").glob(f"*{ending}")):
        assert "    targets:\n" in run(str(appeal)).stdout


def test_add_makes_the_file_and_then_adds_to_it(run: Run, home: Installation) -> None:
    """The first draft makes the campaign file, a second stands below it with an id of its own."""
    path = home.settings.campaigns_file
    assert run(str(STRIKE), "--add").stdout == ""
    first = path.read_text(encoding="utf-8")
    run(str(STRIKE), "--add")

    assert path.read_text(encoding="utf-8").startswith(first)
    assert errors_of(path) == []
    assert len(load_catalog(path, templates=Templates(), now=NOW).campaigns) == 2


def test_the_organisation_of_the_file_is_that_of_the_draft(run: Run, home: Installation) -> None:
    """With a campaign file, what is printed stands for itself and names the organisation of that file."""
    home.settings.campaigns_file.write_text(file().replace("Example Solidarity Network", "Our Group"), encoding="utf-8")
    printed = run(str(STRIKE)).stdout

    assert "  name: Our Group\n" in printed
    assert "put in your own name" not in printed


def test_an_empty_file_is_none(run: Run, home: Installation) -> None:
    """`mailer draft FILE > campaigns.yaml` finds the file that the shell has emptied just now."""
    home.settings.campaigns_file.write_text("", encoding="utf-8")

    assert run(str(STRIKE)).stdout.startswith("version: 1\n\norganisation:\n")


def test_a_file_that_nothing_can_be_put_into_stays_as_it_is(run: Run, home: Installation) -> None:
    """Nothing is written where the list of campaigns is built otherwise."""
    home.settings.campaigns_file.write_text("{version: 1, campaigns: [{id: a}]}", encoding="utf-8")

    with pytest.raises(OutputError, match="by hand"):
        run(str(STRIKE), "--add")
    assert home.settings.campaigns_file.read_text(encoding="utf-8") == "{version: 1, campaigns: [{id: a}]}"


def test_the_editor_has_the_last_word(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the person made of the draft is printed, after it was checked."""
    editor(tmp_path, monkeypatch, """sed -i 's/^    country: .*/    country: KG/' "$2" """)
    result = run(str(STRIKE), "--edit")

    assert "    country: KG\n" in result.stdout
    assert "errors: 0" in result.stderr
    assert list(tmp_path.glob("mailer-draft-*")) == []


def test_an_edited_draft_is_added(run: Run, home: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --add, the edited campaign is put below those of the file."""
    home.settings.campaigns_file.write_text(file(), encoding="utf-8")
    editor(home.settings.campaigns_file.parent, monkeypatch, """sed -i 's/^  - id: .*/  - id: mine/' "$2" """)
    run(str(STRIKE), "--edit", "--add")

    assert list(load_catalog(home.settings.campaigns_file, templates=Templates(), now=NOW).campaigns) == [
        "case",
        "mine",
    ]


def test_errors_of_an_edited_draft_end_with_65(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can be asked to edit again, the errors are told, and nothing that was typed is lost."""
    editor(tmp_path, monkeypatch, """sed -i 's/^    country:/    cauntry:/' "$2" """)
    result = run(str(STRIKE), "--edit")

    assert result.exit_code == 65
    assert "did you mean 'country'?" in result.stderr
    assert "    cauntry:" in result.stdout


def test_an_editor_that_fails_loses_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft is kept in a file whose name is told, whether the editor could not begin or ended in an error."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(UsageError, match="cannot be started"):
        run(str(STRIKE), "--edit")
    editor(tmp_path, monkeypatch, "exit 3")
    with pytest.raises(UsageError, match="ended with 3"):
        run(str(STRIKE), "--edit")

    assert len(kept(tmp_path)) == 2
    assert all(text.startswith("version: 1\n") for text in kept(tmp_path))


@pytest.mark.parametrize(
    ("line", "told", "remain"),
    [
        (': > "$2"', "emptied", 1),
        ('rm "$2"', "emptied", 0),
        ("printf 'title: \\344' > \"$2\"", "not UTF-8", 1),
    ],
)
def test_what_no_editor_should_leave_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, told: str, remain: int
) -> None:
    """A file that is empty, gone or in another encoding is no campaign: nothing is done, and what there is stays."""
    editor(tmp_path, monkeypatch, line)
    with pytest.raises(UsageError, match=told):
        run(str(STRIKE), "--edit", "--add")

    assert len(list(tmp_path.glob("mailer-draft-*/draft.yaml"))) == remain
    assert not (tmp_path / "campaigns.yaml").exists()


def test_an_editor_that_does_not_wait_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unchanged draft may still be open somewhere: its file stays, for what is typed there later."""
    editor(tmp_path, monkeypatch, "exit 0")
    result = run(str(STRIKE), "--edit")

    assert kept(tmp_path) == [result.stdout]
    assert "code --wait" in result.stderr


@pytest.mark.parametrize("list_of_campaigns", ["campaigns: [{id: a, title: b}]", "campaigns: {", ""])
def test_an_edited_draft_that_cannot_be_added_is_kept(
    run: Run, home: Installation, monkeypatch: pytest.MonkeyPatch, list_of_campaigns: str
) -> None:
    """Whoever worked on a draft does not lose it to a file, or a draft, in which the campaigns stand otherwise."""
    path = home.settings.campaigns_file
    path.write_text(file(), encoding="utf-8")
    editor(path.parent, monkeypatch, f"printf 'version: 1\\n{list_of_campaigns}' > \"$2\"")
    with pytest.raises(OutputError):
        run(str(STRIKE), "--edit", "--add")

    assert kept(path.parent) == [f"version: 1\n{list_of_campaigns}"]
    assert path.read_text(encoding="utf-8") == file()


def test_what_is_written_during_the_editing_is_not_lost(
    run: Run, home: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The campaign goes into the file as it is when the editor closes, under an id that is still free then."""
    path = home.settings.campaigns_file
    path.write_text(file(), encoding="utf-8")
    line = f"""sed -i 's/^  - id: .*/  - id: case  # mine/' "$2"; echo '# a note' >> {shlex.quote(str(path))} """
    editor(path.parent, monkeypatch, line)
    result = run(str(STRIKE), "--edit", "--add")

    assert path.read_text(encoding="utf-8").startswith(file() + "# a note\n")
    assert "  - id: case-2  # mine\n" in path.read_text(encoding="utf-8")
    assert list(load_catalog(path, templates=Templates(), now=NOW).campaigns) == ["case", "case-2"]
    assert "case-2: added to" in result.stderr


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"EDITOR": "nano", "VISUAL": "code --wait"}, "code --wait"),
        ({"EDITOR": "nano", "VISUAL": ""}, "nano"),
        ({}, "vi"),
    ],
)
def test_the_editor_is_the_one_of_all_programs(tmp_path: Path, variables: dict[str, str], expected: str) -> None:
    """VISUAL goes before EDITOR, and without both there is vi."""
    assert installed(tmp_path, lambda: NOW, **variables).settings.editor == expected


def test_an_outcome_becomes_the_closing(run: Run, home: Installation) -> None:
    """What `--update-of` prints can be put below the campaign as it is."""
    home.settings.campaigns_file.write_text(file(), encoding="utf-8")
    result = run(str(RELEASED), "--update-of", "case")
    home.settings.campaigns_file.write_text(file(result.stdout), encoding="utf-8")
    (campaign,) = load_catalog(home.settings.campaigns_file, templates=Templates(), now=NOW).campaigns.values()

    assert campaign.closing is not None
    assert campaign.closing.outcome == "released"
    assert "Thank you to everybody who wrote!" in campaign.closing.text.text("en")
    assert "mailer close case --outcome released --text news.txt" in result.stderr


def test_an_outcome_asks_nobody_to_write(run: Run) -> None:
    """Without --update-of there are no targets, and that is said."""
    result = run(str(RELEASED))

    assert "targets: []" in result.stdout
    assert "--update-of" in result.stderr
    assert json.loads(run(str(RELEASED), "--json").stdout)["targets"] == []


def test_news_of_a_campaign_become_an_update(run: Run, home: Installation) -> None:
    """Without an outcome, the text and the command that sends it are printed."""
    home.settings.campaigns_file.write_text(file(), encoding="utf-8")
    news = "The hearing was postponed.\n\nThe court in Almaty will hear the case next week.\n"
    result = run("-", "--update-of", "case", stdin=news.encode())
    told = json.loads(run("-", "--update-of", "case", "--json", stdin=news.encode()).stdout)

    assert result.stdout == news
    assert "mailer update case --text news.txt" in result.stderr
    assert (told["kind"], told["outcome"]) == ("update", "")


def test_news_of_an_unknown_campaign_are_refused(run: Run, home: Installation) -> None:
    """A typing error in the id is told at once, with the ids that there are."""
    home.settings.campaigns_file.write_text(file(), encoding="utf-8")

    with pytest.raises(NotFoundError, match="no campaign 'cases'; it has: case"):
        run(str(RELEASED), "--update-of", "cases")


@pytest.mark.parametrize(
    "argv",
    [("nowhere.txt",), ("-", "--json", "--edit"), ("-", "--json", "--add"), ("-", "--update-of", "x", "--add")],
)
def test_what_cannot_be_done_is_a_usage_error(run: Run, argv: tuple[str, ...]) -> None:
    """A file that is not there, and options that contradict each other: 64, nothing done."""
    with pytest.raises(UsageError) as raised:
        run(*argv, stdin=b" \n")
    assert raised.value.exit_code == 64


def test_nothing_to_read_is_bad_data(run: Run) -> None:
    """An empty paste ends with 65 and what to do."""
    with pytest.raises(UnreadableAppealError, match="no text in standard input") as raised:
        run("-", stdin=b" \n")
    assert raised.value.exit_code == 65


def test_the_marks_that_the_page_explains_are_those_that_there_are() -> None:
    """Each reason in the table of docs/drafting.md is one that the code gives."""
    explained = re.findall(r"^\| `([^`]+)` \|", Page("docs/drafting.md").text, re.MULTILINE)
    sources = [*(ROOT / "mailer" / "adapters").rglob("*.py"), *(ROOT / "mailer" / "core" / "drafting").glob("*.py")]
    code = "".join(path.read_text(encoding="utf-8") for path in sources)
    reasons = [re.split(r"'", reason)[0].strip() for reason in explained]

    assert len(explained) >= 8
    assert [reason for reason in reasons if reason not in code] == []


def test_a_file_that_cannot_be_read_is_never_replaced(run: Run, home: Installation) -> None:
    """A campaign file in another encoding is somebody's work: it is told, and stays."""
    octets = file().replace("Jailed", "Empört").encode("latin-1")
    home.settings.campaigns_file.write_bytes(octets)

    with pytest.raises(UsageError, match="is not UTF-8"):
        run(str(STRIKE), "--add")
    assert home.settings.campaigns_file.read_bytes() == octets


def test_a_linked_file_stays_linked(run: Run, home: Installation, tmp_path: Path) -> None:
    """Who keeps the campaigns in a shared folder, and a link to them here, has them there after --add."""
    shared = tmp_path / "shared.yaml"
    shared.write_text(file(), encoding="utf-8")
    shared.chmod(0o640)
    home.settings.campaigns_file.symlink_to(shared)
    run(str(STRIKE), "--add")

    assert home.settings.campaigns_file.is_symlink()
    assert shared.read_text(encoding="utf-8").startswith(file())
    assert stat.S_IMODE(shared.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.glob(".*yaml*")] == []
