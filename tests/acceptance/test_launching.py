"""Is nothing sent before a person approved it, and is what they approved what goes out?"""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

from tests.acceptance.cases import address, addresses, campaign_file, people, today
from tests.acceptance.clocked import FileClock
from tests.acceptance.terminals import at_a_terminal
from tests.acceptance.workplace import Done, nobody_listens

GOOD = campaign_file(today())
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def launch_by_hand(workplace, typed: str) -> Done:
    """Launch with a person at the terminal who types this."""
    with at_a_terminal(workplace, "launch", "case", stdout=subprocess.PIPE) as terminal:
        terminal.read_until(b"to launch:")
        terminal.type(f"{typed}\n".encode())
        told = terminal.read_all()
    stdout, _ = terminal.process.communicate(timeout=30)
    return Done(terminal.process.returncode, stdout.decode(), told.decode())


def test_without_a_terminal_nothing_is_launched(office, smtp_server):
    """Neither a pipe nor an answer in it is a person: exit 64, nothing is written, nothing leaves."""
    office.begin(GOOD, people(2))
    done = office.try_("launch", "case", stdin="case 2\n")

    assert (done.code, done.stdout) == (64, "")
    assert "--yes" in done.stderr
    assert office.json("status") == {"campaigns": []}
    office.run("run", "--until-idle")
    assert smtp_server.connections == 0


def test_a_person_types_name_and_count_and_then_a_minute_is_left_to_undo(office, smtp_server, tmp_path):
    """Something else typed does nothing; the right words launch, and 60 seconds pass before the first letter."""
    office.clock = FileClock(tmp_path / "clock")
    office.clock.set(NOON)
    office.begin(campaign_file(NOON), people(2))
    wrong = launch_by_hand(office, "case 3")
    assert (wrong.code, wrong.stdout) == (64, "")
    assert office.json("status") == {"campaigns": []}

    right = launch_by_hand(office, "case 2")
    assert right.code == 0, right
    assert "audience   2 supporters" in right.stderr
    assert "undo: mailer stop case" in right.stderr
    office.clock.set(NOON + timedelta(seconds=59))
    office.run("run", "--until-idle")
    assert smtp_server.messages == []

    office.clock.set(NOON + timedelta(seconds=60))
    office.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses(range(2))


def test_a_launch_is_undone_by_stop(office, smtp_server, tmp_path):
    """Stopped within the minute, nothing ever leaves, and the campaign cannot be launched again."""
    office.clock = FileClock(tmp_path / "clock")
    office.clock.set(NOON)
    office.begin(campaign_file(NOON), people(2))
    launch_by_hand(office, "case 2")
    office.run("stop", "case")
    office.clock.set(NOON + timedelta(minutes=5))
    office.run("run", "--until-idle")

    assert smtp_server.messages == []
    assert "final" in office.run("launch", "case", "--yes", code=64).stderr


def test_a_launch_answers_programs_and_tells_people(office):
    """JSON has campaign, mailing, audience and rehearsal; talk has relay, countries, languages and who is left out."""
    office.begin(campaign_file(today(), more="safety: {countries: {PL: none}}"), people(8))
    done = office.run("launch", "case", "--yes", "--json")

    assert done.json == {"campaign": "case", "mailing": "alert", "audience": 7, "rehearsal": False}
    for words in ("smtp+insecure://127.0.0.1", "7 supporters", "GB: 1 (en 1)", "DE: 1 (ru 1)", "everybody in PL"):
        assert words in done.stderr
    assert "was launched on" in office.run("launch", "case", "--yes", code=64).stderr


def test_a_draft_and_a_doubtful_campaign_are_not_launched(workplace):
    """`status: draft` is 64; a `# check` mark that was left is 65 with its line."""
    workplace.begin(campaign_file(today(), status="draft"), people(2))
    assert "status: ready" in workplace.run("launch", "case", "--yes", code=64).stderr

    workplace.write("campaigns.yaml", GOOD.replace("country: KZ\n", "country: KZ # check: is it?\n", 1))
    done = workplace.run("launch", "case", "--yes", code=65)
    assert "campaigns.yaml:12:" in done.stderr
    assert workplace.json("status") == {"campaigns": []}


def test_a_test_mail_is_one_mail_that_says_so(office, smtp_server):
    """`launch --test` sends one [TEST] mail to that address alone, releases nothing and uses nothing up."""
    office.settings["PUBLIC_URL"] = "https://act.solidarity.example"
    office.begin(GOOD, people(2))
    office.run("launch", "case", "--test", "me@union.example", "--country", "DE", "--language", "ru")
    (mail,) = smtp_server.messages
    parsed = message_from_bytes(mail.content, policy=policy.default)

    assert mail.recipients == ("me@union.example",)
    assert parsed["Subject"].startswith("[TEST] [")
    assert "] Свободу" in parsed["Subject"]
    assert "de@embassy.example" in parsed.get_body(("plain",)).get_content()
    assert office.json("status") == {"campaigns": []}
    office.run("launch", "case", "--yes")
    office.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == ["me@union.example", *addresses(range(2))]


def test_a_test_mail_that_is_refused_is_told(office, smtp_server):
    """A login that is refused ends with 77, a relay that is not there with 69; both in one sentence."""
    office.begin(GOOD)
    smtp_server.users["us"] = "right"
    office.settings["RELAY_URL"] = smtp_server.url.replace("//", "//us:wrong@")
    done = office.run("launch", "case", "--test", "me@union.example", code=77)
    assert "wrong" not in done.stderr
    assert "login" in done.stderr

    office.settings["RELAY_URL"] = nobody_listens()
    assert office.run("launch", "case", "--test", "me@union.example", code=69).stderr.count("\n") == 1
    assert smtp_server.messages == []


def test_a_rehearsal_uses_nothing_up(office, smtp_server):
    """Over file: everything is rehearsed and said to be; after a second launch over SMTP everybody gets the letter."""
    relay = office.settings.pop("RELAY_URL")
    office.begin(GOOD, people(8))
    done = office.run("launch", "case", "--yes", "--json")
    assert "DRY RUN: nothing leaves this machine" in done.stderr
    assert done.json["rehearsal"] is True
    assert "DRY RUN" in office.run("run", "--until-idle").stderr
    folder = office.folder / "var" / "mail"
    assert len(list(folder.glob("*.eml"))) == 8
    assert folder.stat().st_mode & 0o777 == 0o700
    assert office.mailing("alert", rehearsal=True)["counts"]["sent"] == 8
    assert "rehears" in office.run("status").stdout

    office.settings["RELAY_URL"] = relay
    assert "only rehearsed" in office.run("run", "--until-idle").stderr
    assert smtp_server.messages == []
    assert office.json("launch", "case", "--yes")["rehearsal"] is False
    office.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses(range(8))
    assert office.counts("alert") == {"sent": 8}


def test_a_scheduled_alert_that_comes_too_late_waits_for_a_person(office, smtp_server, tmp_path):
    """A daemon that slept more than six hours past an alert's time holds it until `launch` is said again."""
    office.clock = FileClock(tmp_path / "clock")
    office.clock.set(NOON)
    mailings = f"[{{alert: {NOON + timedelta(hours=2):%Y-%m-%d %H:%M}}}]"
    office.begin(campaign_file(NOON, mailings=mailings), people(2), launch=True)
    office.run("run", "--until-idle")
    office.clock.set(NOON + timedelta(hours=9))
    office.run("run", "--until-idle")

    assert smtp_server.messages == []
    assert "mailer launch" in office.mailing("alert")["reason"]
    office.run("launch", "case", "--yes")
    office.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses(range(2))


def test_a_sample_address_never_leaves_this_machine(workplace):
    """Targets under .example are refused over a relay elsewhere: exit 78, before anything is connected."""
    workplace.begin(GOOD, people(1))
    workplace.settings["RELAY_URL"] = "smtps://us:secret@relay.example"

    for words in (("launch", "case", "--yes"), ("launch", "case", "--test", address(0))):
        done = workplace.run(*words, code=78)
        assert "sample address" in done.stderr
        assert "secret" not in done.stderr
