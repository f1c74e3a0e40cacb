"""What does bad input get? One line with its place, the right exit code, and nothing changed."""

from __future__ import annotations

import hashlib
import re
import shutil

import pytest

from tests.acceptance.cases import address, campaign_file, people, today
from tests.acceptance.workplace import CONSENT, ROOT

GOOD = campaign_file(today())
WRONG = {
    "broken YAML": GOOD.replace("country: KZ", "country: [KZ"),
    "a tab": GOOD.replace("    country: KZ", "\tcountry: KZ"),
    "no YAML at all": "\x00\x01",
    "a list": "- nothing\n",
    "an unknown key": GOOD.replace("    country: KZ", "    contry: KZ"),
    "a missing fallback language": GOOD.replace("title: {en: Free A. Example, ru:", "title: {ru:"),
    "an alert after the deadline": campaign_file(today(), mailings=f"[{{alert: {today().year + 1}-12-31 10:00}}]"),
    "a bad phone number": GOOD.replace("email: court@justice.example", 'phone: "+44 1"'),
    "an unknown country": GOOD.replace("country: KZ", "country: UK"),
    "a double id": GOOD.replace("id: family", "id: court"),
    "two mailboxes in one": GOOD.replace("court@justice.example", '"a@x.example, b@x.example"'),
    "an unknown reference": GOOD.replace("before: trial", "before: trail"),
    "a template that calls": campaign_file(
        today(), more='letters: {protest: {en: {subject: [a], opening: [b], body: "{{ x() }}", closing: [c]}}}'
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_told_with_its_place(workplace, name):
    """`check` ends with 65; each problem is one line: file:line:column, what is wrong, and what would be right."""
    workplace.write("campaigns.yaml", WRONG[name])
    done = workplace.run("check", code=65)
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]

    assert errors
    assert all(re.match(r"/\S+/campaigns\.yaml:\d+:\d+: (error|warning): \S.+ - \S", line) for line in errors), errors
    assert "\x00" not in done.stdout + done.stderr
    assert not workplace.database.exists()


def test_did_you_mean(workplace):
    """An unknown key is told with the known one that is nearest."""
    workplace.write("campaigns.yaml", WRONG["an unknown key"])

    assert "did you mean country" in workplace.run("check", code=65).stdout.replace("'", "")


def test_nothing_is_changed_by_a_wrong_file(workplace):
    """Launch, revise, update and close refuse a campaign with errors, and the database stays as it was."""
    workplace.begin(GOOD, people(2), launch=True)
    workplace.write("text.txt", "News.")
    before = workplace.json("status")
    workplace.write("campaigns.yaml", WRONG["an unknown key"])

    for words in (("launch", "--yes"), ("revise",), ("update", "--text", "text.txt"), ("close", "--text", "text.txt")):
        done = workplace.run(words[0], "case", *words[1:], code=65)
        assert re.search(r"campaigns\.yaml:\d+:\d+: error: ", done.stderr)
        assert done.stdout == ""
    assert workplace.json("status") == before


def test_other_campaigns_are_not_held_up(workplace):
    """A campaign with errors does not keep a sound one in the same file from going out."""
    good = campaign_file(today()).replace("id: case\n", "id: sound\n", 1)
    broken = GOOD[GOOD.index("  - id: case") :].replace("country: KZ", "country: XX")
    workplace.begin(good + broken, people(2))

    assert workplace.json("launch", "sound", "--yes")["audience"] == 2
    assert "XX" in workplace.run("launch", "case", "--yes", code=65).stderr


def test_a_missing_file_is_told(workplace):
    """No campaigns.yaml: one sentence with the path and the next command."""
    done = workplace.try_("check")

    assert done.code in (65, 78)
    assert "campaigns.yaml" in done.stdout + done.stderr
    assert "mailer init" in done.stdout + done.stderr


def test_a_bad_line_is_skipped_and_told(workplace):
    """Exit 0, the line's number and reason, and the rest imported."""
    workplace.begin(GOOD)
    workplace.write("people.csv", "email,country\nann@union.example,GB\nnonsense,GB\nbob@union.example,DE\n")
    done = workplace.run("supporters", "import", "people.csv", *CONSENT, "--json")

    assert (done.json["added"], done.json["updated"], done.json["skipped"]) == (2, 0, 1)
    assert done.json["problems"][0]["line"] == 3
    assert "line 3: email: " in done.stderr


def test_a_bad_header_imports_nothing(workplace):
    """Exit 65, file:line:column, and nobody is there afterwards."""
    workplace.begin(GOOD)
    workplace.write("people.csv", "mail,country\nann@union.example,GB\n")
    done = workplace.run("supporters", "import", "people.csv", *CONSENT, code=65)

    assert re.search(r"people\.csv:1:\d+: error: ", done.stderr)
    assert workplace.json("supporters", "list") == []


def test_a_database_without_its_key_is_refused(workplace):
    """Exit 78, the file that is missing, and no new key is made; a wrong key and a damaged one are refused alike."""
    workplace.begin(GOOD, people(2), launch=True)
    key = workplace.key_file.read_bytes()
    before = hashlib.sha256(workplace.database.read_bytes()).hexdigest()
    workplace.key_file.unlink()
    for words in (("status",), ("run", "--until-idle"), ("supporters", "list"), ("launch", "case", "--yes")):
        done = workplace.run(*words, code=78)
        assert str(workplace.key_file) in done.stderr
    assert not workplace.key_file.exists()

    workplace.key_file.write_bytes(b"{}")
    assert "damaged" in workplace.run("status", code=78).stderr
    workplace.key_file.unlink()
    workplace.run("init")
    for words in (("status",), ("run", "--until-idle")):
        assert "does not belong" in workplace.run(*words, code=78).stderr
    assert hashlib.sha256(workplace.database.read_bytes()).hexdigest() == before

    workplace.key_file.write_bytes(key)
    assert workplace.json("status")["campaigns"][0]["status"] == "ready"


@pytest.mark.parametrize("fault", ["{% if %}", "{{ nonsense }}"])
def test_a_template_with_an_error_keeps_the_campaign_back(office, smtp_server, fault):
    """The campaign is not released; the template's file and line are told, and nothing reaches the relay."""
    office.begin(GOOD, people(2))
    shutil.copytree(ROOT / "templates" / "mail", office.folder / "own" / "mail")
    template = office.folder / "own" / "mail" / "alert.txt.j2"
    text = template.read_text()
    line = text[: text.index("{% set subject %}")].count("\n") + 1
    template.write_text(text.replace("{% set subject %}", f"{{% set subject %}}{fault}"))
    office.settings["TEMPLATES_DIR"] = "own"
    done = office.run("launch", "case", "--yes", code=65)

    assert re.search(rf"alert\.txt\.j2:{line}\b", done.stderr), done.stderr
    assert office.json("status") == {"campaigns": []}
    office.run("run", "--until-idle")
    assert smtp_server.messages == []


def test_a_template_that_breaks_later_changes_nothing(office, smtp_server):
    """A published campaign keeps its own templates: the daemon tells what is wrong with the new ones and sends on."""
    office.begin(GOOD, people(2), launch=True)
    office.settings["TEMPLATES_DIR"] = "own"
    (office.folder / "own" / "mail").mkdir(parents=True)
    (office.folder / "own" / "mail" / "alert.txt.j2").write_text("{{ nonsense }}")

    assert "alert.txt.j2:1" in office.run("revise", "case", code=65).stderr
    assert "alert.txt.j2:1" in office.run("run", "--until-idle").stderr
    assert sorted(smtp_server.recipients) == [address(0), address(1)]
    assert b"nonsense" not in smtp_server.messages[0].content


def test_a_file_that_is_no_database_is_told(workplace):
    """Exit 74, which file, and which setting names it."""
    workplace.begin(GOOD)
    workplace.database.parent.mkdir(exist_ok=True)
    workplace.database.write_bytes(b"this is no database" * 100)
    done = workplace.run("status", code=74)

    assert str(workplace.database) in done.stderr
    assert "MAILER_DATABASE_URL" in done.stderr
