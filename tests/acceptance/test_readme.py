"""Does the README lead somebody new to a campaign that is over and thanked for? Its commands, in its order.

Where a person would be asked, or would wait, the test says `--yes` and `--until-idle`; all else is as it stands there.
"""

from __future__ import annotations

import stat

import pytest

from tests.pages import Page

README = Page("README.md")
INSTEAD = {
    "init ~/solidarity": "init .",
    "preview almaty-picket --open": "preview almaty-picket --out var/preview",
    "launch almaty-picket": "launch almaty-picket --yes",
    "run": "run --until-idle",
}
ALERTED = ["anna@people.example", "ben@people.example"]


@pytest.fixture
def steps(workplace):
    """The README's commands, to be run one after the other, up to the next that begins with some words."""
    commands = iter(README.commands())
    (campaigns,), (supporters,) = README.blocks("yaml"), README.blocks("csv")

    def upto(words):
        for command in commands:
            line = " ".join(command)
            given = INSTEAD[line].split() if line in INSTEAD else command
            done = workplace.run(*given)
            if line.startswith("init"):
                workplace.write("campaigns.yaml", campaigns)
                workplace.write("supporters.csv", supporters)
            if line.startswith(words):
                return done
        raise AssertionError(f"the README has no more command {words!r}")

    return upto


def test_the_readme_leads_to_a_campaign_that_is_over(workplace, smtp_server, steps):
    """Begin, check, import, look, rehearse, set the relay, launch, tell who has written, close: each does its part."""
    steps("init")
    settings = workplace.folder / ".env"
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    assert "errors: 0; warnings: 0" in steps("check").stderr
    assert "added 2" in steps("supporters import").stdout
    assert "Anna Example" in steps("preview almaty-picket --country").stdout

    steps("run --until-idle")
    assert len(list((workplace.folder / "var" / "mail").glob("*.eml"))) == 2
    assert "only rehearsed" in steps("status").stdout

    (line,) = README.blocks("ini")
    assert line.startswith("MAILER_RELAY_URL=smtps://")
    told = settings.read_text(encoding="utf-8").replace("# MAILER_RELAY_URL=file:var/mail", line)
    settings.write_text(told.replace(line.strip().partition("=")[2], smtp_server.url), encoding="utf-8")
    assert smtp_server.recipients == []
    steps("launch almaty-picket --test")
    assert smtp_server.recipients == ["you@your-own.example"]

    steps("run")
    assert sorted(smtp_server.recipients[1:]) == ALERTED
    steps("supporters acted")
    workplace.write("news.txt", "He is free.")
    assert "released" in steps("close").stdout
    workplace.run("run", "--until-idle")
    assert sorted(smtp_server.recipients[3:]) == ALERTED

    ended = (workplace.folder / "campaigns.yaml").read_text(encoding="utf-8")
    workplace.write("campaigns.yaml", ended.replace("status: ready", "status: closed"))
    workplace.run("check")
    assert workplace.counts("closing", "almaty-picket") == {"sent": 2}


def test_the_readme_ends_with_the_closing():
    """No command comes after the last that the walk above runs."""
    assert README.commands()[-1][:2] == ["close", "almaty-picket"]
