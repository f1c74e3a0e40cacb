"""Does every command explain itself, keep data and talk apart, and end with the right code?"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.acceptance.cases import address, campaign_file, people, today
from tests.acceptance.terminals import at_a_terminal
from tests.acceptance.workplace import ROOT

COMMANDS = (
    "init check schema plan preview launch update correct close pause resume stop revise status run send demo".split()  # noqa: SIM905 - as people type them
)
INBOX = "read list answers held classify".split()  # noqa: SIM905
SUPPORTERS = "import add list show export erase unsubscribe why acted undo".split()  # noqa: SIM905


def test_help_names_every_command(workplace):
    """`mailer --help` and `mailer supporters --help` list what there is, and need neither files nor settings."""
    workplace.settings["RELAY_CONNECTIONS"] = "nonsense"
    listed = workplace.run("--help").stdout
    under = workplace.run("supporters", "--help").stdout

    assert not [command for command in [*COMMANDS, "supporters", "db"] if f"\n  {command} " not in listed]
    assert not [command for command in SUPPORTERS if f"\n  {command} " not in under]
    of_mailbox = workplace.run("inbox", "--help").stdout
    assert not [command for command in INBOX if f"\n  {command} " not in of_mailbox]
    assert listed in workplace.run(code=64).stderr
    assert workplace.run("--version").stdout.startswith("mailer ")


def test_help_of_each_command_is_clean(workplace):
    """Each command's help is a usage line and words: no markup, no library's name, and no file is made."""
    script = (
        "import sys; from mailer.cli.main import main\n"
        "for words in sys.argv[1:]:\n"
        "    try: main([*words.split(), '--help'])\n"
        "    except SystemExit as end: assert end.code == 0, words\n"
    )
    words = [*COMMANDS, "db upgrade", *(f"supporters {command}" for command in SUPPORTERS)]
    words += [f"inbox {command}" for command in INBOX]
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=workplace.folder,
        env=workplace.environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert re.findall(r"^Usage: mailer (.*?) \[OPTIONS\]", done.stdout, re.MULTILINE) == words
    assert not re.search(r"\[/?(bold|dim|red)|typer|click|\x1b|<function|\[\[", done.stdout, re.IGNORECASE)
    assert (done.stderr, list(workplace.folder.iterdir())) == ("", [])


@pytest.mark.parametrize(
    "words",
    [
        ("chekc",),
        ("check", "--nonsense"),
        ("preview",),
        ("launch",),
        ("supporters",),
        ("supporters", "import", "x.csv"),
        ("supporters", "import", "x.csv", "--consent"),
        ("check", "--at", "tomorrow"),
    ],
)
def test_wrong_words_end_with_64(workplace, words):
    """An unknown command or option and a missing argument are usage errors: told on stderr, with where to read on."""
    done = workplace.run(*words, code=64)

    assert done.stdout == ""
    assert "--help" in done.stderr or "right would be" in done.stderr
    assert not workplace.database.exists()


def test_each_kind_of_failure_has_its_exit_code(workplace, tmp_path):
    """The codes are those of sysexits.h, each with a sentence on stderr and nothing on stdout."""
    workplace.write("campaigns.yaml", campaign_file(today()))
    workplace.write("old.csv", "email\n")
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder")
    no_key = workplace.run("status", code=78)
    workplace.run("init")
    codes = {
        ("preview", "nonsense", "--country", "GB"): 65,
        ("supporters", "show", "nonsense"): 65,
        ("supporters", "show", "nobody@union.example"): 65,
        ("supporters", "export", "old.csv"): 73,
        ("pause", "case"): 65,
        ("preview", "case", "--country", "GB", "--out", str(taken / "x")): 73,
    }
    found = {words: workplace.try_(*words) for words in codes}

    assert "mailer init" in no_key.stderr
    assert {words: done.code for words, done in found.items()} == codes
    assert all(done.stderr.strip() and not done.stdout for done in found.values())


def test_a_setting_that_is_wrong_is_named(workplace):
    """Exit 78, the name of the setting, and what would be right; a password is never shown."""
    workplace.settings["RELAY_CONNECTIONS"] = "many"
    assert "MAILER_RELAY_CONNECTIONS" in workplace.run("check", code=78).stderr

    workplace.settings = {"RELAY_URL": "smtps://me:s3cret@relay.example", "PUBLIC_URL": "http://127.0.0.1:8080"}
    done = workplace.run("check", code=78)
    assert "MAILER_PUBLIC_URL" in done.stderr
    assert "s3cret" not in done.stderr


def test_stdout_is_data_and_stderr_is_talk(workplace):
    """Whatever a command has to say, what it prints with --json parses from stdout alone."""
    workplace.begin(campaign_file(today()), people(8), launch=True)
    workplace.key_file.chmod(0o644)

    for words in (("check",), ("plan",), ("status",), ("preview", "case"), ("supporters", "why", address(1))):
        done = workplace.run(*words, "--json")
        assert isinstance(done.json, dict), words
        assert "can be read by others" in done.stderr


def on_a_terminal(workplace, *words: str, **more: str) -> bytes:
    """Return what a command writes to a terminal."""
    with at_a_terminal(workplace, *words, TERM="xterm-256color", **more) as terminal:
        written = terminal.read_all()
    assert terminal.process.wait(30) == 0, written
    return written


def test_colours_are_for_terminals_that_want_them(workplace):
    """A table on a terminal may have bold and colours; with NO_COLOR, and in a pipe, there is no colour."""
    workplace.begin(campaign_file(today()), people(2))
    colour = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7])[;m]")

    assert b"\x1b" in on_a_terminal(workplace, "plan")
    assert not colour.search(on_a_terminal(workplace, "plan", NO_COLOR="1"))
    assert "\x1b" not in workplace.run("plan").stdout


def test_a_pipe_gets_whole_words(workplace):
    """A table that is not on a terminal folds no name, however narrow a terminal would be."""
    workplace.begin(campaign_file(today()), people(2))

    assert "reminder-before-trial-24h" in workplace.run("plan").stdout


def test_the_module_runs_like_the_command(workplace):
    """`python -m mailer` is `mailer`, as the function that the console script calls."""
    call = "from mailer.__main__ import main; main()"
    direct = subprocess.run(
        [sys.executable, "-c", call, "--version"],
        env=workplace.environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert direct.stdout == workplace.run("--version").stdout
    assert 'mailer = "mailer.__main__:main"' in (ROOT / "pyproject.toml").read_text()
