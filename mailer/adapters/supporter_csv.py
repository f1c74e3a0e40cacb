"""What does a CSV file tell of supporters, and how are they written to one? Reading in lines, writing back.

Law: a line stands alone: whatever is wrong with one cannot swallow the next. A cell that a spreadsheet
would run as a formula gets an apostrophe when written and loses it when read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

from mailer.adapters.applicants import COLUMNS, read_applicant
from mailer.core.supporters import Supporter
from mailer.errors import CampaignFileError, OutputError, Problem, UsageError
from mailer.flows.enrol import Line

LONGEST_LINE = 65_536  # bytes; the longest good line has some 3,000
# Source: OWASP, "CSV Injection". An apostrophe before these is doubled, so that reading is exact.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class SupporterFile:
    """An open CSV file with a good header: its name, digest, size in bytes, and its lines."""

    name: str
    sha256: str
    size: int
    lines: Iterator[Line]


@contextmanager
def open_csv(path: Path) -> Generator[SupporterFile]:
    """Open a file of supporters and check its header.

    Raises:
        CampaignFileError: the header is bad; nothing should be taken from the file.
        UsageError: there is no such file, or it cannot be read.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
            file.seek(0)
            columns, delimiter = _read_header(path.name, file.readline(LONGEST_LINE))
            yield SupporterFile(path.name, digest, size, _read_lines(file, columns, delimiter))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error


def csv_lines(supporters: Iterable[Supporter]) -> Iterator[str]:
    """Return the lines of a CSV file that `open_csv` reads back without loss, the header first."""
    yield _csv_line(COLUMNS)
    for each in supporters:
        person = each.person
        told = (person.name, each.language, each.country, each.timezone, person.city, person.organisation)
        yield _csv_line((person.email, *told, ";".join(person.tags), person.best_way, person.safety))


def write_csv(path: Path, supporters: Iterable[Supporter]) -> int:
    """Write supporters to a new private file (0600); return how many.

    Raises:
        OutputError: the file exists, or it cannot be made.
    """
    count = -1
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            for count, line in enumerate(csv_lines(supporters)):  # noqa: B007 # the header is number 0
                file.write(line + "\r\n")
    except OSError as error:
        raise OutputError(f"{path} cannot be made: {error.strerror or error}") from error
    return count


def _csv_line(cells: Sequence[str]) -> str:
    """Return one line without its end, with nothing in it that a spreadsheet would run."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([f"'{c}" if _FORMULA.match(c) else c for c in cells])
    return text.getvalue()


def _read_header(name: str, raw: bytes) -> tuple[tuple[str, ...], str]:
    """Return the columns and the delimiter of a header line."""
    try:
        text = raw.decode("utf-8-sig").rstrip("\r\n")
        delimiter = ";" if ";" in text else ","
        cells = next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        raise _header_error(name, ["it is no text in UTF-8: save it as 'CSV UTF-8'"]) from None
    columns = tuple(cell.strip().lower() for cell in cells)
    if problems := list(_header_problems(columns)):
        raise _header_error(name, problems)
    return columns, delimiter


def _header_problems(columns: tuple[str, ...]) -> Iterator[str]:
    """Tell everything that is wrong with a header."""
    for column in dict.fromkeys(columns):
        if column not in COLUMNS:
            near = get_close_matches(column, COLUMNS, n=1)
            yield f"column {column[:40]!a} is unknown" + (f": did you mean {near[0]}?" if near else "")
        elif columns.count(column) > 1:
            yield f"column {column} is there {columns.count(column)} times"
    if "email" not in columns:
        yield "there is no column email"


def _header_error(name: str, problems: Iterable[str]) -> CampaignFileError:
    """Return the error that tells all problems of a header."""
    hint = f"the first line names the columns: {', '.join(COLUMNS)}, with commas or semicolons between them"
    return CampaignFileError(tuple(Problem("error", name, 1, 1, "header", message, hint) for message in problems))


def _read_lines(file: BinaryIO, columns: tuple[str, ...], delimiter: str) -> Iterator[Line]:
    """Return the lines after the header; empty ones are left out."""
    number = 1
    while raw := file.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            _skip_line(file)
            yield Line(number, None, f"longer than {LONGEST_LINE} bytes", file.tell())
            continue
        line = _read_line(number, raw, columns, delimiter, file.tell())
        if line is not None:
            yield line


def _skip_line(file: BinaryIO) -> None:
    """Read to the end of a line that is too long, in pieces."""
    while (piece := file.readline(LONGEST_LINE)) and not piece.endswith(b"\n"):
        pass


def _read_line(number: int, raw: bytes, columns: tuple[str, ...], delimiter: str, position: int) -> Line | None:
    """Return what one line tells; None if it is empty."""
    try:
        cells = next(csv.reader([raw.decode("utf-8").rstrip("\r\n")], delimiter=delimiter, strict=True), [])
        if not any(cell.strip() for cell in cells):
            return None
        if any(cell.strip() for cell in cells[len(columns) :]):
            raise ValueError(f"{len(cells)} cells, but the header has {len(columns)}")
        told = {column: _unneutralised(cell) for column, cell in zip(columns, cells, strict=False)}
        return Line(number, read_applicant({"email": ""} | told), "", position)
    except UnicodeDecodeError:
        return Line(number, None, "not UTF-8: save the file as 'CSV UTF-8'", position)
    except csv.Error:
        return Line(number, None, "a quotation mark is not closed, or stands in the wrong place", position)
    except ValueError as error:
        return Line(number, None, str(error), position)


def _unneutralised(cell: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if _NEUTRALISED.match(cell) else cell
