"""Do the measurements compute what they say? Windows, tables, drawings, the oracle's reading, and a relay far away."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.senders import counted
from benchmarks.senders.chart import HEIGHT, WIDTH, Axis, Band, Line, draw
from benchmarks.senders.delayed import Arrivals, Book
from benchmarks.senders.letters import Kept, bodies_of
from benchmarks.senders.measuring import Observer, Reading, summed_up, window
from benchmarks.senders.office import address
from benchmarks.senders.oracle import read
from benchmarks.senders.profile import shares
from benchmarks.senders.table import Runs, comparison
from benchmarks.senders.template import Template, template_of, values_of
from tests.relay_far_away import CODES, TALK, connected

MEMORY = Line("memory, MB", [(0, 50), (9, 80)])


def readings(*letters: int) -> list[Reading]:
    """Return a look each second: 0.1 s of CPU for each letter, 0.3 s for the start."""
    return [Reading(float(at), count, 0.3 + 0.1 * count, 50.0, 0.05 * count) for at, count in enumerate(letters)]


def measured(*letters: int) -> Any:
    """Return what these looks tell."""
    observer = Observer([1], lambda: 0, readings=readings(*letters), peaks={1: 60.0, 2: 5.0})
    return summed_up(observer, began=-1.0)


def test_neither_start_nor_end_is_in_a_rate() -> None:
    """Only letters, seconds and CPU between the 20th and the 90th percent count."""
    found = measured(0, 0, 10, 20, 55, 90, 99, 100)

    assert found.rate == pytest.approx(35)
    assert found.cpu_per_thousand == pytest.approx(100)
    assert found.beside_per_thousand == pytest.approx(50)
    assert (found.start, found.seconds, found.peak) == (3.0, 8.0, 65.0)


def test_a_run_between_two_looks_counts_as_a_whole() -> None:
    """Where nobody looked in between, the start is in the rate: it is told too low rather than not at all."""
    first, last = window(readings(0, 100))

    assert (first.letters, last.letters) == (0, 100)


def test_ratios_are_the_middle_of_those_of_each_round() -> None:
    """Each line has the middle of its rounds, their spread, and the middle of its shares of the others' rounds."""
    fast, slow = measured(0, 20, 90, 100), measured(0, 0, 20, 20, 90, 100)
    beside = {"smtp-source -d": Runs([fast, fast, slow], 1000), "nodemailer 1": Runs([slow, slow, fast], 1000)}
    told = comparison({**beside, "mailer send, SQLite": Runs([fast, slow, slow], 1000)})

    assert (fast.rate, slow.rate) == (70, 35)
    (ours,) = [line for line in told.splitlines() if line.startswith("| `mailer send`, SQLite |")]
    assert ours.split(" | ")[1:5] == ["35", "35 to 70", "1.00", "1.0"]
    assert "The database server of `mailer send`, SQLite used 50.000 s more per 1,000." in told


@given(st.floats(1e-3, 1e9), st.integers(3, 12))
def test_an_axis_has_room_for_all_and_few_marks(largest: float, marks: int) -> None:
    """Its top is not below the largest value, and no more marks are drawn than asked for."""
    axis = Axis.over(largest, 0, 100, marks=marks)

    assert axis.top >= largest * (1 - 1e-9)
    assert len(axis.values) <= marks + 1
    assert axis.values[0] == 0
    assert axis.place(axis.values[-1]) == pytest.approx(100)


def test_a_drawing_is_whole_and_inside_its_frame() -> None:
    """It is well-formed, names both axes and the time that is set off, and no point is outside."""
    rate = Line("letters & more", [(0, 0), (5, 4000), (9, 3900)])
    root = ET.fromstring(draw("Title", rate, MEMORY, [Band("filling", 0, 3)]))  # noqa: S314 # our own
    words = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    lines = [element.attrib["points"] for element in root.iter("{http://www.w3.org/2000/svg}polyline")]
    points = [tuple(map(float, point.split(","))) for line in lines for point in line.split()]

    assert {"Title", "letters & more", "memory, MB", "filling", "seconds since the start", "4,000", "80"} <= words
    assert len(points) == 5
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in points)


# --- letters ----------------------------------------------------------------------------------------

OWNER = b"12345678"


def letter(**changes: str) -> Kept:
    """Return a letter to supporter 0, some of it changed."""
    token = base64.urlsafe_b64encode(b"\x01" + changes.pop("owner", OWNER.decode()).encode() + bytes(16)).rstrip(b"=")
    own = {**values_of(0), "token_u": token.decode(), "message_id": sha256(b"case/alert/0/" + OWNER).hexdigest()[:32]}
    own |= changes
    text = "Dear {name} of {country}: {name_in_link}, {embassy}, https://act.solidarity.example/u/{token_u}"
    content = f"""\
Message-ID: <{own["message_id"]}@solidarity.example>
Subject: Free them
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

{text.format(**own)}
--b
Content-Type: text/html; charset=utf-8

<p>{text.format(**own)}</p>
--b--
"""
    return Kept(address(0), content.encode())


def told_of(kept: Kept) -> list[str]:
    """Return what the oracle tells of one letter."""
    return read(kept, str(kept.message["Message-ID"]))[1]


def test_the_oracle_has_nothing_to_tell_of_a_right_letter() -> None:
    """Name, embassy and tokens are those of its recipient."""
    assert read(letter(), str(letter().message["Message-ID"])) == (OWNER, [])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (letter(name="Person 0000001"), "names somebody else"),
        (letter(embassy="de@embassy.example"), "another embassy"),
        (letter(owner="somebody"), "its tokens are not those of"),
        (letter(message_id="0" * 32), "its tokens are not those of"),
        (replace(letter(), recipient="anna@people.example"), "nobody's address"),
        (replace(letter(), recipient=address(1)), "names somebody else"),
    ],
)
def test_the_oracle_tells_of_a_letter_that_is_somebody_elses(wrong: Kept, words: str) -> None:
    """Another name, embassy, token, Message-ID or recipient is noticed."""
    assert any(words in each for each in told_of(wrong))


def test_filling_the_template_gives_the_letter_again() -> None:
    """All that is personal is marked, and nothing else: with the same values it is the same text and HTML."""
    own, bodies = letter(), bodies_of(letter().message)
    template = template_of(own)
    values = {**values_of(0), "token_u": re.search(r"/u/(.{34})", bodies["text/plain"])[1]}
    filled = template.written("{", "}")

    assert "Person" not in template.text + template.html
    assert template.subject == "Free them"
    assert filled.text.format(**values) == bodies["text/plain"]
    assert filled.html.format(**values) == bodies["text/html"]
    assert Template("", "@@name@@!", "").written("{{ ", " }}").text == "{{ name }}!"


def test_imports_and_waiting_are_not_in_a_profile() -> None:
    """Looks that found an import, or no work, are left out; others count for the innermost function and its callers."""
    frames = [{"name": name, "file": f"x/{name}.py"} for name in ("main", "send", "_find_and_load")]
    frames.append({"name": "_worker", "file": "thread.py"})
    looks = {"samples": [[0, 1], [0, 1], [0], [0, 2, 1], [0, 3]], "weights": [0.2, 0.2, 0.1, 5.0, 7.0]}
    found = shares({"shared": {"frames": frames}, "profiles": [looks]})

    assert [(share.name, share.own, share.whole) for share in found] == [
        ("send (send.py)", 0.4, 0.4),
        ("main (main.py)", 0.1, 0.5),
    ]


# --- a relay far away -------------------------------------------------------------------------------


@given(st.lists(st.integers(0, len(TALK)), max_size=8).map(sorted))
def test_the_relay_answers_alike_in_whatever_packets_commands_come(cuts: list[int]) -> None:
    """Pipelined commands and contents are told apart, each gets its reply in order, and each letter is counted once."""
    book = Book()
    talk, wire = connected(book, 0)
    for begin, end in zip([0, *cuts], [*cuts, len(TALK)], strict=True):
        talk.data_received(TALK[begin:end])

    assert wire.codes == CODES
    assert (len(book.moments), len(book.used)) == (2, 1)


def test_a_book_begins_anew_when_it_was_asked() -> None:
    """Rounds do not run into each other."""
    book = Book([0.0, 1.0, 2.0], {1, 2})

    assert book.close() == Arrivals((0.0, 1.0, 2.0), 2)
    assert book.close() == Arrivals((), 0)


def test_arrivals_are_counted_between_the_20th_and_the_90th_percent() -> None:
    """A slow start and a slow end are in no rate."""
    moments = [0.0, 50.0, *(100.0 + n for n in range(8)), 900.0]

    assert Arrivals(tuple(moments), 1).rate == pytest.approx(1)


def test_a_count_is_read_from_what_perf_wrote():
    """It stands in the line of its event; a processor that does not count is no count of nothing."""
    told = "# started on Mon Nov 23 04:17:00 2026\n\n24342886082;;instructions:u;15;100.00;0.97;insn per cycle\n"

    assert counted.read_count(told) == 24_342_886_082
    with pytest.raises(ValueError, match="counted nothing"):
        counted.read_count("<not supported>;;instructions:u;0;100.00;;\n")
