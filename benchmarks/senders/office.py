"""What do we send, and with what? An installation begun by the product's own commands, as an organiser would.

Law: what is measured is the shipped `mailer` with default settings; only relay, database, public address, the pages'
port and, for short mails, the folder of templates are set. The letters wait in the queue before a sender starts, and
each run has a fresh copy of it all.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.senders.measuring import Task, finish

ROOT = Path(__file__).resolve().parents[2]
CONSENT = ("--consent", "made up for this measurement")
PUBLIC_URL = "https://act.solidarity.example"
SHORT = Path(__file__).parent / "short"
SQLITE = "sqlite:///var/mailer.db"
COUNTRIES = {
    "GB": "United Kingdom",
    "DE": "Germany",
    "FR": "France",
    "PL": "Poland",
    "JP": "Japan",
    "BR": "Brazil",
    "US": "United States",
    "IN": "India",
    "ES": "Spain",
    "IT": "Italy",
}
_FEWER = """
DELETE FROM deliveries WHERE id NOT IN (SELECT id FROM deliveries ORDER BY supporter_id LIMIT :letters)
"""


@dataclass(frozen=True, slots=True)
class Office:
    """An installation in a folder, worked with by commands; its home, with the key, is beside its work."""

    folder: Path
    settings: Mapping[str, str]

    @property
    def work(self) -> Path:
        """Return where the commands run."""
        return self.folder / "work"

    @property
    def database(self) -> str:
        """Return the database's URL, from anywhere."""
        return self.settings["DATABASE_URL"].replace("sqlite:///var", f"sqlite:///{self.work}/var")

    def begin(self, people: int) -> None:
        """Make campaign and key, import supporters, and launch: nothing is in the queue yet."""
        (self.folder / "home").mkdir(parents=True)
        self.work.mkdir()
        now = datetime.now(UTC)
        (self.work / "campaigns.yaml").write_text(campaign_file(now), encoding="utf-8")
        with (self.work / "people.csv").open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in ("email,name,language,country", *rows(people)))
        for words in (("init",), ("supporters", "import", "people.csv", *CONSENT), ("launch", "case", "--yes")):
            self.do(*words)

    def fill(self) -> None:
        """Queue everybody's letter, by the dispatcher in a process of its own."""
        finish(self.filling())

    def filling(self) -> Task:
        """Return the task of queueing everybody's letter."""
        return Task([[sys.executable, "-m", "benchmarks.senders.queueing"]], self.work, self.environment())

    def do(self, *words: str) -> None:
        """Run one command of the product.

        Raises:
            RuntimeError: it failed.
        """
        finish(Task([[sys.executable, "-m", "mailer", *words]], self.work, self.environment()))

    def environment(self, **changed: str) -> dict[str, str]:
        """Return all that a command gets to know of the machine."""
        own = {f"MAILER_{name}": value for name, value in {**self.settings, **changed}.items()}
        home = {"HOME": str(self.folder / "home"), "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
        return {**home, **own}

    def copy(self, folder: Path, database: str = "") -> Office:
        """Return a copy of it all in another folder; a database on a server is given, copied already."""
        shutil.copytree(self.folder, folder)
        settings = {**self.settings, "DATABASE_URL": database} if database else self.settings
        return replace(self, folder=folder, settings=settings)

    def keep(self, letters: int) -> None:
        """Leave so many letters in the queue."""
        engine = create_engine(self.database)
        with engine.begin() as connection:
            connection.execute(text(_FEWER), {"letters": letters})
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "VACUUM"))
        engine.dispose()

    def sending(self, port: int, *, senders: int = 1) -> Task:
        """Return the task of sending all there is, to a sink on this port."""
        command = [sys.executable, "-m", "mailer", "send", "--until-idle"]
        return Task([command] * senders, self.work, self.environment(RELAY_URL=f"smtp+insecure://127.0.0.1:{port}"))


def office(folder: Path, database: str = SQLITE, *, short: bool = False) -> Office:
    """Return an installation that is still to be begun; nobody listens where its relay is.

    Its mails are what the shipped templates make, or, if they are to be `short`, about 4 KB by templates of its own.
    """
    settings = {
        "DATABASE_URL": database,
        "RELAY_URL": "smtp+insecure://127.0.0.1:1",
        "PUBLIC_URL": PUBLIC_URL,
        "WEB_BIND": "127.0.0.1:0",
    }
    return Office(folder, {**settings, "TEMPLATES_DIR": str(SHORT)} if short else settings)


def campaign_file(now: datetime) -> str:
    """Return a campaign with one short letter, to a court and to the embassy in each supporter's country.

    That is the shortest mail that the shipped templates make of two letters: about 15 KB, text and HTML together.
    """
    missions = ", ".join(
        f"{{of: KZ, in: {country}, email: {embassy(country)}, checked: {now:%Y-%m-%d}}}" for country in COUNTRIES
    )
    return f"""\
version: 1
organisation:
  name: Example Solidarity Network
  from: Example Solidarity <campaigns@solidarity.example>
  reply_to: office@solidarity.example
  postal_address: 1 Example Street, London
  timezone: Europe/London
  languages: [en]
campaigns:
  - id: case
    status: ready
    country: KZ
    title: Free A. Example
    summary: A. Example is in jail for 14 days, for a picket that he did not organise.
    people: [{{name: A. Example, agreed: union}}]
    demands: [{{id: release, standard: release}}]
    write_until: {now + timedelta(days=14):%Y-%m-%d}
    letters:
      protest:
        en:
          subject: Release A. Example
          opening: I write to you about A. Example.
          body: "My request:\\n{{{{ demands }}}}"
          closing: I expect your answer.
    targets:
      - {{id: court, name: Court, email: court@justice.example, languages: [en]}}
      - {{id: embassy, embassy_of: KZ}}
    missions: [{missions}]
    mailings: [{{alert: on-launch}}]
"""


def rows(people: int) -> Iterator[str]:
    """Yield the supporters: `email,name,language,country` each."""
    for number in range(people):
        yield f"{address(number)},{name(number)},en,{country(number)}"


def address(number: int) -> str:
    """Return a supporter's address; there are five hundred providers."""
    return f"person{number:07}@d{number % 500}.example"


def name(number: int) -> str:
    """Return a supporter's name."""
    return f"Person {number:07}"


def country(number: int) -> str:
    """Return a supporter's country."""
    return list(COUNTRIES)[number % len(COUNTRIES)]


def embassy(country: str) -> str:
    """Return the address of the embassy in a country."""
    return f"{country.lower()}@embassy.example"
