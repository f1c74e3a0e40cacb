"""What becomes of supporters from the list to the end? Imported, added, explained, exported, gone."""

from __future__ import annotations

from tests.acceptance.cases import address, addresses, campaign_file, people, today
from tests.acceptance.workplace import CONSENT

CANARY = "Canary Quetzalcoatl"


def test_from_the_list_to_the_last_letter(office, smtp_server):
    """Import twice, add, confirm, leave, be erased: at each step those are written to who should be, and only they."""
    office.begin(campaign_file(today()), people(3))
    office.write("supporters.csv", "\ufeffemail;name\n" + f"{address(0)};Ann\n")
    done = office.run("supporters", "import", "supporters.csv", *CONSENT, "--json")
    assert (done.json["added"], done.json["updated"]) == (0, 1)
    assert "is not encrypted: delete it" in done.stderr
    office.run("supporters", "add", address(3), *CONSENT, "--name", "Dora", "--country", "FR", "--unconfirmed")
    assert len(office.json("supporters", "list")) == 4
    assert office.json("supporters", "show", address(0))["supporter"]["name"] == "Ann"
    office.run("supporters", "unsubscribe", address(1))
    office.run("launch", "case", "--yes")
    office.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == [address(0), address(2)]

    office.run("supporters", "acted", "case", address(0), "--target", "court")
    why = office.json("supporters", "why", address(0))
    assert (why["known"], why["reason"]) == (True, "")
    assert why["statement"]["text"] == CONSENT[1]
    assert why["campaigns"][0]["deliveries"][0]["state"] == "sent"
    assert why["campaigns"][0]["acted"][0]["target"] == "court"
    assert "unsubscribed" in office.json("supporters", "why", address(1))["reason"]
    assert "unconfirmed" in office.json("supporters", "why", address(3))["reason"]

    office.run("supporters", "export", "out.csv")
    assert address(2) in (office.folder / "out.csv").read_text()
    assert address(1) not in (office.folder / "out.csv").read_text()
    assert office.json("supporters", "erase", address(2))["erased"]
    office.bring(people(3))
    assert "eras" in office.json("supporters", "why", address(2))["reason"]
    office.run("supporters", "add", address(3), *CONSENT)
    office.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses((0, 2, 3))


def test_nothing_personal_is_kept_in_the_clear(office, smtp_server):
    """A canary's name and address are in no file that mailer made, neither before nor after being sent and erased."""
    office.begin(campaign_file(today()))
    office.write("supporters.csv", f"email,name,city\ncanary@union.example,{CANARY},Canarytown\n")
    told = [office.run("supporters", "import", "supporters.csv", *CONSENT)]
    (office.folder / "supporters.csv").unlink()
    told += [office.run("launch", "case", "--yes"), office.run("run", "--until-idle"), office.run("status")]
    assert CANARY.encode() in smtp_server.messages[0].content

    def kept() -> list[str]:
        words = (b"canary@", b"Quetzalcoatl", b"Canarytown")
        files = (path for path in office.folder.rglob("*") if path.is_file())
        return [path.name for path in files if any(word in path.read_bytes() for word in words)]

    assert kept() == []
    office.run("supporters", "erase", "canary@union.example")
    assert kept() == []
    assert not [done for done in told if "canary" in (done.stdout + done.stderr).lower()]
    assert office.database.stat().st_mode & 0o077 == 0


def test_a_safety_rule_decides_who_gets_what(office, smtp_server):
    """`none` is not mailed, `solidarity` gets those letters alone, `initials` signs with initials; each is told why."""
    rules = "safety: {countries: {GB: none, DE: solidarity, FR: initials}}"
    office.begin(campaign_file(today(), more=rules), people(4), launch=True)
    office.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses((1, 2, 3))

    def letters(number: int) -> dict[str, str]:
        preview = office.json("preview", "case", "--as", address(number))
        return {letter["target"]: letter["body"] for letter in preview["letters"]}

    assert set(letters(1)) == {"family"}
    assert letters(2)["embassy"].endswith("\nP.")
    assert "Person 00002" not in letters(2)["embassy"]
    assert "Person 00003" in letters(3)["embassy"]
    assert "safety" in office.run("supporters", "why", address(0)).stdout
