"""Do the commands of `mailer supporters` do what they say, and answer people and programs rightly?"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mailer.adapters.vault import KeyRing
from mailer.cli.supporters import app
from mailer.core.campaigns import Campaign, CampaignId, Status
from mailer.core.organisations import Organisation
from mailer.core.revisions import Revision
from mailer.core.targets import Target, TargetId
from mailer.core.texts import LocalText
from mailer.core.tokens import Purpose, derive
from mailer.errors import (
    AddressError,
    CampaignFileError,
    ConfigurationError,
    ConsentError,
    LinkError,
    MailerError,
    NotFoundError,
    OutputError,
    UsageError,
)
from mailer.settings import read_settings
from mailer.wiring import Installation
from tests.databases import NOW, queue

CONSENT = ("--consent", "signed the list at the branch meeting")
ROWS = "email,name,country,language,tags\nanna@union.example,Anna,GB,en,nurses\nboris@union.example,Борис,DE,ru,\n"
TEXT = LocalText({"en": "text"})
COURT = Target(TargetId("court"), TEXT, email="court@justice.example")
CASE = Campaign(CampaignId("case"), Status.READY, TEXT, TEXT, "KZ", (COURT,), ())
OURS = Organisation("Network", "Network", "n@solidarity.example", "n@solidarity.example", "1 Street", "UTC", ("en",))


class Home:
    """An installation in a folder of its own, driven through its commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key_file = folder / "config" / "keys.json"
        KeyRing.create(self.key_file, os.urandom)
        self.installation = self.open()

    def open(self) -> Installation:
        """Return the installation as a new command would."""
        settings = read_settings({"MAILER_KEY_FILE": str(self.key_file)}, self.folder)
        return Installation(settings, clock=lambda: NOW)

    def run(self, *words: str) -> Result:
        """Run a command."""
        result = CliRunner().invoke(app, list(words), obj=self.installation)
        if isinstance(result.exception, MailerError):
            raise result.exception
        return result

    def json(self, *words: str) -> dict:
        """Return a command's answer to a program."""
        return json.loads(self.run(*words, "--json").stdout)

    def bring(self, content: str, *more: str) -> dict:
        """Import a file with this content."""
        (self.folder / "supporters.csv").write_text(content)
        return self.json("import", str(self.folder / "supporters.csv"), *CONSENT, *more)


@pytest.fixture
def home(tmp_path):
    """A new installation."""
    return Home(tmp_path)


def test_an_import_answers_with_counts_and_problems(home):
    """A program gets every line that was skipped and why; a person is told to delete the file."""
    (home.folder / "s.csv").write_text(ROWS + "broken\nanna@union.example,Again\n")
    result = home.run("import", str(home.folder / "s.csv"), *CONSENT, "--json")
    answer = json.loads(result.stdout)

    assert [answer[key] for key in ("added", "updated", "skipped")] == [2, 0, 2]
    assert [problem["line"] for problem in answer["problems"]] == [4, 5]
    assert "line 4: email: " in result.stderr
    assert result.stderr.endswith("s.csv is not encrypted: delete it\n")


def test_an_import_tells_a_person_in_one_line(home):
    """Without --json stdout is one sentence, and a long list of problems is cut with a hint."""
    (home.folder / "s.csv").write_text("email\n" + "broken\n" * 30)
    result = home.run("import", str(home.folder / "s.csv"), *CONSENT)

    assert result.stdout == "added 0, updated 0, skipped 30\n"
    assert result.stderr.count("\nline ") == 19
    assert "and 10 more lines with problems: --json lists them all" in result.stderr


def test_a_bad_header_imports_nothing(home):
    """Exit 65, and nobody is there afterwards."""
    with pytest.raises(CampaignFileError, match="did you mean email") as caught:
        home.bring("emial\nanna@union.example\n")

    assert caught.value.exit_code == 65
    assert home.json("list") == []


def test_a_consent_statement_tells_something(home):
    """Fewer than twenty characters cannot say where, when and how: exit 64, nothing imported."""
    (home.folder / "s.csv").write_text(ROWS)
    with pytest.raises(UsageError, match=r"--consent: .* 20 characters"):
        home.run("import", str(home.folder / "s.csv"), "--consent", "  yes they did          ")

    assert home.json("list") == []


def test_an_unconfirmed_import_writes_to_nobody_yet(home):
    """Consent waits until an import or a sign-up states it."""
    home.bring(ROWS, "--unconfirmed")
    assert {each["consent"] for each in home.json("list")} == {"unconfirmed"}

    home.bring(ROWS)
    assert {each["consent"] for each in home.json("list")} == {"confirmed"}


def test_who_left_is_counted_and_told(home):
    """An import after an unsubscription and an erasure leaves both alone."""
    home.bring(ROWS)
    home.run("unsubscribe", "anna@union.example")
    home.run("erase", "boris@union.example")

    (home.folder / "s.csv").write_text(ROWS)
    result = home.run("import", str(home.folder / "s.csv"), *CONSENT)

    assert result.stdout == "added 0, updated 0, skipped 2\n"
    assert "2 left alone: 1 unsubscribed, 1 suppressed" in result.stderr


def test_add_enters_and_changes_one_supporter(home):
    """Options are columns; what is not given stays."""
    given = ("add", "anna@union.example", *CONSENT)

    assert home.json(*given, "--name", "Anna", "--country", "gb", "--tags", "a;b") == {"step": "added"}
    assert home.json(*given, "--city", "Leeds") == {"step": "updated"}
    shown = home.json("show", "anna@union.example")["supporter"]
    assert (shown["name"], shown["country"], shown["city"], shown["tags"]) == ("Anna", "GB", "Leeds", ["a", "b"])


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("add", "anna@union.example", *CONSENT, "--country", "UK"), UsageError),
        (("add", "nonsense", *CONSENT), UsageError),
        (("list", "--consent", "maybe"), UsageError),
        (("list", "--country", "XX"), UsageError),
        (("show", "nonsense"), AddressError),
        (("show", "nobody@union.example"), NotFoundError),
        (("unsubscribe", "nobody@union.example"), NotFoundError),
        (("acted", "case", "nobody@union.example"), NotFoundError),
    ],
)
def test_wrong_words_are_told(home, words, error):
    """What is wrong is an error with its exit code, never a silence."""
    with pytest.raises(error):
        home.run(*words)


def test_add_does_not_revive(home):
    """Exit 77: only its owner can bring an address back."""
    home.bring(ROWS)
    home.run("unsubscribe", "anna@union.example")

    with pytest.raises(ConsentError) as caught:
        home.run("add", "anna@union.example", *CONSENT)
    assert caught.value.exit_code == 77


def test_the_list_opens_nothing(home):
    """Ids, country, language and consent; no name, no address, for people and programs."""
    home.bring(ROWS)
    people, program = home.run("list").stdout, home.run("list", "--json").stdout

    assert [each["country"] for each in json.loads(program)] == ["GB", "DE"]
    assert [line.split()[2:5] for line in people.splitlines()] == [["GB", "en", "confirmed"], ["DE", "ru", "confirmed"]]
    assert "nna" not in people + program
    assert "@" not in people + program
    assert [each["id"] for each in home.json("list", "--tag", "nurses")] == [1]
    assert [each["id"] for each in home.json("list", "--language", "ru")] == [2]


def test_show_tells_all_that_is_kept(home):
    """The person, what they agreed to, the day and the file."""
    home.bring(ROWS)
    text = home.run("show", "anna@union.example").stdout
    answer = home.json("show", "anna@union.example")

    assert "Anna" in text
    assert "entered 2026-11-20 from supporters.csv" in text
    assert answer["statement"]["text"] == CONSENT[1]
    assert len(answer["statement"]["sha256"]) == 64
    assert answer["suppression"] is None


def test_export_and_import_lose_nothing(home):
    """What one installation exports another one has exactly, joiners in names too."""
    home.bring('email,name,tags\nanna@union.example,"=1+1, ""x""",a;b\nboris@union.example,می\u200cخواهم,\n')
    exported = home.run("export").stdout

    (home.folder / "other").mkdir()
    other = Home(home.folder / "other")
    assert other.bring(exported)["added"] == 2
    assert other.run("export").stdout == exported
    assert "\u200c" in exported
    assert ",\"'=1+1, " in exported


def test_export_gives_those_who_agreed(home):
    """Who left is not in a file that might be imported elsewhere; a file is private and new."""
    home.bring(ROWS)
    home.run("unsubscribe", "anna@union.example")
    file = home.folder / "out.csv"

    assert "1 written to" in home.run("export", str(file)).stderr
    assert "anna" not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(OutputError):
        home.run("export", str(file))
    assert "anna" in home.run("export", "--consent", "unsubscribed").stdout


def test_erase_says_what_it_found(home):
    """Somebody known, and a stranger who wants to stay one."""
    home.bring(ROWS)

    assert home.json("erase", "anna@union.example") == {"erased": True, "suppressed": True, "log_is_empty": True}
    assert home.run("erase", "x@union.example").stdout == "not on the list; this address is never written to again\n"


def test_why_tells_the_whole_story(home):
    """Consent with its statement, deliveries, the action, and at last the suppression."""
    home.bring(ROWS)
    home.installation.campaigns.publish(Revision(CASE, OURS), now=NOW)
    answer = home.json("why", "anna@union.example")

    assert (answer["known"], answer["reason"]) == (True, "")
    assert answer["statement"]["text"] == CONSENT[1]
    assert answer["campaigns"] == [
        {"id": "case", "status": "draft", "reason": "the campaign was not launched", "deliveries": [], "acted": []}
    ]

    home.run("acted", "case", "anna@union.example", "--target", "court")
    text = home.run("why", "anna@union.example").stdout
    assert "case (draft): the campaign was not launched" in text
    assert "wrote to court (organiser) 2026-11-20T10:00:00Z" in text

    home.run("erase", "anna@union.example")
    text = home.run("why", "anna@union.example").stdout
    assert "the address is suppressed (erased) since 2026-11-20" in text
    assert home.json("why", "nobody@union.example")["reason"] == "no supporter has this address"


def test_why_lists_deliveries(home):
    """Each mailing with its state, its moment and the relay's reply."""
    from sqlalchemy import insert

    from mailer.adapters.store.engine import writing
    from mailer.adapters.store.tables import mailings

    home.bring(ROWS)
    home.installation.campaigns.publish(Revision(CASE, OURS), now=NOW)
    slot = {"campaign_id": "case", "mailing_id": "alert", "run": 0, "kind": "alert", "due": NOW, "revision": 1}
    with writing(home.installation.engine) as connection:
        connection.execute(insert(mailings), [slot])
    queue(home.installation.engine, 1, 1, "deferred")

    (delivery,) = home.json("why", "anna@union.example")["campaigns"][0]["deliveries"]
    assert (delivery["mailing"], delivery["state"], delivery["not_before"]) == (
        "alert",
        "deferred",
        "2026-11-20T10:00:00Z",
    )
    assert "deferred" in home.run("why", "anna@union.example").stdout


def test_acted_knows_the_targets(home):
    """A typing error in a target's id is told with the ids that there are."""
    home.bring(ROWS)
    home.installation.campaigns.publish(Revision(CASE, OURS), now=NOW)

    with pytest.raises(NotFoundError, match="no target 'curt'; it has court"):
        home.run("acted", "case", "anna@union.example", "--target", "curt")
    answer = home.json("acted", "case", "anna@union.example")
    assert answer == {"campaign": "case", "target": "", "recorded": True}


def test_another_key_is_refused_before_anything_is_read(home):
    """A database with supporters and a ring that is not its own: exit 78."""
    home.bring(ROWS)
    home.key_file.unlink()
    with pytest.raises(ConfigurationError, match="there is no key file"):
        _ = home.open().supporters

    KeyRing.create(home.key_file, os.urandom)
    with pytest.raises(ConfigurationError, match="does not belong to this database") as caught:
        _ = home.open().supporters
    assert caught.value.exit_code == 78


def test_hostile_cells_reach_no_terminal(home):
    """Escape sequences in a file are refused, and what is told of them holds none."""
    (home.folder / "s.csv").write_text("email,country,timezone\na@union.example,\x1b[31m,\x1b]0;x\x07\n")
    result = home.run("import", str(home.folder / "s.csv"), *CONSENT)

    assert "\x1b" not in result.output
    assert "skipped 1" in result.stdout


def test_a_mail_that_says_unsubscribe_and_a_token_can_be_obeyed(home):
    """Who leaves by e-mail sends the token of their own mail; a person hands it to the command."""
    home.bring(ROWS)
    anna = home.installation.supporters.standing("anna@union.example").supporter
    token = derive(home.installation.ring.token_key, Purpose.UNSUBSCRIBE, "", anna.public_id)
    home.run("unsubscribe", token)

    assert home.installation.supporters.standing("anna@union.example").supporter.consent == "unsubscribed"
    with pytest.raises(LinkError):
        home.run("unsubscribe", derive(home.installation.ring.token_key, Purpose.ACTION, "", anna.public_id))
