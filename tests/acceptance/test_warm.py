"""Are commands that are forked as good as commands that are started? Each is alone, and ends as it would."""

from __future__ import annotations

import json
import signal

import pytest

PROBE = """
import json, os, sys
state = [name for name in sys.modules if name == "sqlalchemy" or name.startswith("mailer")]
def main():
    print(json.dumps([sys.argv[1:], dict(os.environ), os.getcwd(), sys.stdin.read(), sys.stdout.isatty(), state]))
    print("talk", file=sys.stderr)
    import mailer.cli.main
    {end}
"""


@pytest.fixture
def probe(warm, tmp_path):
    """A way to run a module that tells where it is, and then ends somehow."""

    def run(end="pass", *words):
        (tmp_path / "probe.py").write_text(PROBE.format(end=end))
        return warm.run(["probe", *words], tmp_path, {"PATH": "/bin", "A": "b"}, "asked")

    return run


def test_it_gets_what_it_was_given_and_nothing_of_the_one_before(probe, tmp_path):
    """Words, environment, folder and streams are its own; libraries were loaded before, and nothing of ours."""
    for words in (("one",), ("two", "three")):
        code, out, err = probe("pass", *words)

        assert (code, err) == (0, "talk\n")
        assert json.loads(out) == [
            list(words),
            {"PATH": "/bin", "A": "b"},
            str(tmp_path),
            "asked",
            False,
            ["sqlalchemy"],
        ]


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("sys.exit(65)", 65),
        ("sys.exit()", 0),
        ("sys.exit('words')", 1),
        ("raise KeyError", 1),
        ("sys.stdout.flush(); os.kill(os.getpid(), 15)", -signal.SIGKILL),
    ],
)
def test_it_ends_as_a_process_does(probe, end, code):
    """What it wrote is there to the last line; an error that nobody expected has a traceback."""
    found, out, err = probe(end)

    assert (found, out.count("\n"), err.splitlines()[0]) == (code, 1, "talk")
    assert ("Traceback" in err) is (end == "raise KeyError")
