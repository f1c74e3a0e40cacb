"""Who takes part? `smtp-source`, nodemailer, mailmerge and django-post_office, each as its documentation says.

Law: all send letters of our letter's own text and HTML, each with its own name, token and embassy (but smtp-source,
which has one fixed message for everybody), and what is prepared before they start is not measured: lists, and queues.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.senders.measuring import Task
from benchmarks.senders.office import ROOT, address
from benchmarks.senders.sinks import find
from benchmarks.senders.template import Template, values_of, write_rows

HERE = ROOT / "benchmarks"
FOREIGN = HERE / "foreign"
VENV = HERE / ".venv" / "bin"
CONNECTIONS = 16
FROM = "Example Solidarity <campaigns@solidarity.example>"


class Contender(Protocol):
    """A sender that is measured."""

    @property
    def name(self) -> str:
        """What the table calls it."""

    @property
    def missing(self) -> str:
        """Why it cannot take part, in words; empty if it can."""

    @property
    def trial(self) -> int:
        """How many letters its first, short run has."""

    @property
    def most(self) -> int:
        """How many letters it is ever given."""

    def begin(self, letters: int, port: int, folder: Path) -> AbstractContextManager[Task]:
        """Prepare so many letters in a new folder; return what is to be run, and tidy up behind it."""


def _is_there(path: Path) -> str:
    """Return in words that something has to be installed, empty if it is there."""
    return "" if path.exists() else f"{path.relative_to(ROOT)} is not there: `make bench` installs it"


def version(requirement: str) -> str:
    """Return a contender's name and pinned version."""
    pinned = re.search(rf"^{requirement}==(\S+)", (HERE / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    return f"{requirement} {pinned[1] if pinned else ''}".strip()


@dataclass(slots=True)
class SmtpSource:
    """Postfix's test program: one fixed message, no queue, 16 connections that stay (`-d`); it does not pipeline."""

    letter: bytes
    name: str = f"smtp-source -d -s {CONNECTIONS}"
    trial: int = 2000
    most: int = 500_000

    @property
    def missing(self) -> str:
        """Tell whether it is installed."""
        return "" if find("smtp-source") else "there is no smtp-source: install Debian's package postfix"

    @contextmanager
    def begin(self, letters: int, port: int, folder: Path) -> Iterator[Task]:
        """Write the message down."""
        folder.mkdir()
        (folder / "letter").write_bytes(self.letter)
        who = ["-f", "campaigns@solidarity.example", "-t", address(0)]
        counts = ["-d", "-s", str(CONNECTIONS), "-m", str(letters)]
        yield Task([[find("smtp-source"), *counts, "-F", "letter", *who, f"127.0.0.1:{port}"]], folder, {})


@dataclass(slots=True)
class Nodemailer:
    """nodemailer with a pool of 16 connections."""

    template: Template
    trial: int = 300
    most: int = 30_000

    @property
    def name(self) -> str:
        """Its name and pinned version."""
        package = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
        return f"nodemailer {package['dependencies']['nodemailer']}, pool of {CONNECTIONS}"

    @property
    def missing(self) -> str:
        """Tell whether it is installed."""
        return _is_there(HERE / "node_modules" / "nodemailer") if shutil.which("node") else "there is no node"

    @contextmanager
    def begin(self, letters: int, port: int, folder: Path) -> Iterator[Task]:
        """Write template and rows down."""
        folder.mkdir()
        self.template.save(folder / "letter.json")
        rows = write_rows(folder / "rows.jsonl", letters)
        words = [str(shutil.which("node")), str(FOREIGN / "nodemailer.mjs"), str(port), "letter.json", rows.name]
        yield Task([words], folder, {})


@dataclass(slots=True)
class PostOffice:
    """django-post_office with eight threads over SQLite; its queue is full when it starts."""

    template: Template
    trial: int = 200
    most: int = 30_000

    @property
    def name(self) -> str:
        """Its name and pinned version."""
        return f"{version('django-post_office')}, 8 threads"

    @property
    def missing(self) -> str:
        """Tell whether it is installed."""
        return _is_there(VENV / "django-admin")

    @contextmanager
    def begin(self, letters: int, port: int, folder: Path) -> Iterator[Task]:
        """Queue the letters."""
        folder.mkdir()
        self.template.written("{{ ", " }}").save(folder / "letter.json")
        rows = write_rows(folder / "rows.jsonl", letters)
        script = [str(VENV / "python"), str(FOREIGN / "django_queue.py")]
        subprocess.run([*script, "queue", ".", "letter.json", rows.name], cwd=folder, check=True)  # noqa: S603
        yield Task([[*script, "send", ".", str(port)]], folder, {})


@dataclass(slots=True)
class Mailmerge:
    """mailmerge, a command for mail merges: a template and a table."""

    template: Template
    trial: int = 60
    most: int = 10_000

    @property
    def name(self) -> str:
        """Its name and pinned version."""
        return version("mailmerge")

    @property
    def missing(self) -> str:
        """Tell whether it is installed."""
        return _is_there(VENV / "mailmerge")

    @contextmanager
    def begin(self, letters: int, port: int, folder: Path) -> Iterator[Task]:
        """Write its three files."""
        folder.mkdir()
        (folder / "mailmerge_template.txt").write_text(_multipart(self.template.written("{{", "}}")), encoding="utf-8")
        heads = list(values_of(0))
        lines = (",".join(values_of(number).values()) for number in range(letters))
        (folder / "mailmerge_database.csv").write_text("\n".join([",".join(heads), *lines, ""]), encoding="utf-8")
        (folder / "mailmerge_server.conf").write_text(f"[smtp_server]\nhost = 127.0.0.1\nport = {port}\n")
        words = ["--no-dry-run", "--no-limit", "--output-format", "raw"]
        yield Task([[str(VENV / "mailmerge"), *words]], folder, {"LC_ALL": "C.UTF-8"})


def _multipart(template: Template) -> str:
    """Return a template with both bodies."""
    part = "--=_letter\nContent-Type: text/{}; charset=utf-8\n\n{}\n"
    head = f"TO: {{{{name}}}} <{{{{email}}}}>\nFROM: {FROM}\nSUBJECT: {template.subject}\nMIME-Version: 1.0\n"
    kind = 'Content-Type: multipart/alternative; boundary="=_letter"\n\n'
    return f"{head}{kind}{part.format('plain', template.text)}{part.format('html', template.html)}--=_letter--\n"
