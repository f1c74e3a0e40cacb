"""Is a CSV file read line by line, whatever is in it, and written so that nothing is lost or run?"""

from __future__ import annotations

import csv
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mailer.adapters.applicants import COLUMNS
from mailer.adapters.supporter_csv import LONGEST_LINE, csv_lines, open_csv, write_csv
from mailer.core.enrolment import clean_text
from mailer.core.supporters import Person, PublicId, SafetyLevel, Supporter
from mailer.errors import CampaignFileError, MailerError, OutputError, UsageError
from mailer.flows.enrol import Filter, Line, import_lines
from tests.databases import CONFIRMED
from tests.fakes import FakeSupporters
from tests.strategies import cell_texts

HEADER = b"email,name\n"


def read(tmp_path: Path, content: bytes) -> list[Line]:
    """Return the lines of a file with this content."""
    path = tmp_path / "supporters.csv"
    path.write_bytes(content)
    with open_csv(path) as file:
        return list(file.lines)


def cleaned(text: str) -> str:
    """Return a text as it would be kept, empty if it would be refused."""
    try:
        return clean_text("name", text)
    except ValueError:
        return ""


texts = cell_texts.map(cleaned)
people = st.builds(
    Supporter,
    public_id=st.just(PublicId(b"12345678")),
    person=st.builds(
        Person,
        email=st.sampled_from(("a@union.example", "=a@union.example", "+a@union.example", "'=a@union.example")),
        name=texts,
        city=texts,
        organisation=texts,
        best_way=st.sampled_from(("", "email", "fax", "phone", "post")),
        safety=st.sampled_from(SafetyLevel),
        tags=st.lists(texts.filter(lambda tag: tag and ";" not in tag), max_size=3, unique=True).map(tuple),
    ),
    country=st.sampled_from(("", "GB")),
    language=st.sampled_from(("", "en")),
    timezone=st.sampled_from(("", "Europe/London")),
)


@pytest.mark.parametrize(
    "content",
    [
        b"email,name\na@union.example,Anna\n",
        b"\xef\xbb\xbfemail,name\r\na@union.example,Anna\r\n",
        b"Email ; NAME\na@union.example;Anna",
        b'"email","name"\n"a@union.example","Anna"\n\n,\n',
        b"name,email\n Anna ,\ta@union.example\n",
    ],
)
def test_files_of_common_programs_are_read(tmp_path, content):
    """With or without BOM, comma or semicolon, quotes, CRLF, empty lines and columns in any order."""
    (line,) = read(tmp_path, content)

    assert (line.number, line.problem) == (2, "")
    assert (line.applicant.email, line.applicant.name) == ("a@union.example", "Anna")


def test_a_file_is_named_measured_and_hashed(tmp_path):
    """Name and digest go into the consent statement, the size into the progress bar."""
    path = tmp_path / "supporters.csv"
    path.write_bytes(HEADER + b"a@union.example,Anna\n")
    with open_csv(path) as file:
        lines = list(file.lines)

    assert file.name == "supporters.csv"
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert file.size == lines[-1].position == path.stat().st_size


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (b"", "there is no column email"),
        (b"name,city\n", "there is no column email"),
        (b"email,nmae\n", "column 'nmae' is unknown: did you mean name?"),
        (b"email,phone number\n", "column 'phone number' is unknown"),
        (b"email,name,Email\n", "column email is there 2 times"),
        (b"email\tname\n", "column 'email\\tname' is unknown"),
        (b"\xff\xfee\0m\0a\0i\0l\0\n", "no text in UTF-8"),
        (b'email,"name\n', "no text in UTF-8"),
        (b"email," + b"x" * LONGEST_LINE, "is unknown"),
    ],
)
def test_a_bad_header_is_told_and_nothing_is_taken(tmp_path, header, told):
    """All problems of a header come at once (65), with the columns that there are."""
    with pytest.raises(CampaignFileError) as caught:
        read(tmp_path, header + b"a@union.example,Anna\n")

    assert told in str(caught.value)
    assert "supporters.csv:1:1: error: header: " in str(caught.value)
    assert ", ".join(COLUMNS) in str(caught.value)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (b"not an address,Anna", "email: "),
        (b",Anna", "email is empty"),
        (b"b@union.example,Anna,extra", "3 cells, but the header has 2"),
        (b'b@union.example,"Anna', "a quotation mark is not closed"),
        (b'b@union.example,"An"na', "a quotation mark is not closed, or stands in the wrong place"),
        (b"b@union.example,\xff\xfe", "not UTF-8"),
        (b"b@union.example,\x1b[31mred", "name holds a control character"),
        (b"b@union.example,a\0b", "name holds a control character"),
        (b"b@union.example,=?utf-8?b?DQo=?=", "name holds '=?'"),
        (b"b@union.example," + b"x" * 101, "name has 101 characters"),
        (b"b@union.example," + b"x" * (3 * LONGEST_LINE), f"longer than {LONGEST_LINE} bytes"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_read(tmp_path, bad, told):
    """Not even an open quotation mark or a line without end swallows the next line."""
    lines = read(tmp_path, HEADER + b"a@union.example,Anna\n" + bad + b"\nc@union.example,Carl\n")

    assert [line.number for line in lines] == [2, 3, 4]
    assert [line.applicant is None for line in lines] == [False, True, False]
    assert told in lines[1].problem
    assert "\x1b" not in lines[1].problem


def test_a_short_line_leaves_the_rest_empty(tmp_path):
    """Cells that are missing at the end are not told."""
    (line,) = read(tmp_path, b"email,name,city\na@union.example\n")

    assert (line.applicant.email, line.applicant.name, line.applicant.city) == ("a@union.example", None, None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=300).map(lambda rest: b"email,name,tags\n" + rest)))
@example(b"email\n" + b'"' * 99)
def test_arbitrary_bytes_raise_nothing_but_our_errors(tmp_path, content):
    """A file of anything is read to its end or refused with a reason, and imports nobody by accident."""
    try:
        lines = read(tmp_path, content)
    except MailerError:
        return
    store = FakeSupporters()
    result = import_lines(lines, store, CONFIRMED, os.urandom)
    assert result.added == len(list(store.walk(Filter()))) == len(lines) - result.skipped


@pytest.mark.parametrize("missing", ["nothing.csv", "."])
def test_a_file_that_cannot_be_read_is_told(tmp_path, missing):
    """A wrong path is a wrong word on the command line (64)."""
    with pytest.raises(UsageError, match="cannot be read"), open_csv(tmp_path / missing):
        pass


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people)
def test_export_and_import_lose_nothing(tmp_path, supporter):
    """What is written is read back exactly: quotes, delimiters, formulas and apostrophes too."""
    content = "\n".join(csv_lines([supporter])) + "\n"
    (line,) = read(tmp_path, content.encode())
    read_back, person = line.applicant, supporter.person

    assert line.problem == ""
    assert (read_back.email, read_back.name, read_back.city) == (person.email, person.name, person.city)
    assert (read_back.organisation, read_back.tags) == (person.organisation, person.tags)
    assert (read_back.best_way, read_back.safety) == (person.best_way, person.safety)
    assert read_back.country == supporter.country
    assert (read_back.language, read_back.timezone) == (supporter.language, supporter.timezone)


@given(people)
def test_no_exported_cell_begins_as_a_formula(supporter):
    """A spreadsheet runs nothing: cells with = + - @ begin with an apostrophe."""
    for row in csv.reader(csv_lines([supporter])):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_a_written_file_is_private_and_new(tmp_path):
    """An export holds everybody in clear: 0600, and never over another file (73)."""
    path = tmp_path / "export.csv"
    someone = Supporter(PublicId(b"12345678"), Person("a@union.example", name="Anna"))

    assert write_csv(path, [someone, someone]) == 2
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes().count(b"\r\n") == 3
    with pytest.raises(OutputError, match="File exists"):
        write_csv(path, [someone])
    with pytest.raises(OutputError, match="cannot be made"):
        write_csv(tmp_path / "no folder" / "export.csv", [])


def test_an_export_of_nobody_is_a_header(tmp_path):
    """An empty list is still a file that can be imported."""
    assert write_csv(tmp_path / "export.csv", []) == 0
    assert read(tmp_path, (tmp_path / "export.csv").read_bytes()) == []
