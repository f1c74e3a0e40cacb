"""Do the measurements measure what was really sent? Few letters through each contender that is installed here."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.senders.compare import run
from benchmarks.senders.contenders import Mailmerge, Nodemailer, PostOffice, SmtpSource
from benchmarks.senders.delayed import Book, delayed_sink
from benchmarks.senders.letters import Kept, bodies_of, read_kept
from benchmarks.senders.measuring import Task, measure
from benchmarks.senders.network import send_one_by_one
from benchmarks.senders.office import address, name, office
from benchmarks.senders.oracle import wrongs
from benchmarks.senders.ours import Ours
from benchmarks.senders.page import PAGE, record
from benchmarks.senders.sinks import MISSING, find, smtp_sink
from benchmarks.senders.template import Template
from tests.relay_far_away import CODES, TALK, connected

FEW = 6
TEMPLATE = Template("Free them", "Dear @@name@@,\nwrite to @@embassy@@.\n", "<p>Dear @@name@@</p>")
CONTENDERS = (SmtpSource(b"Subject: x\n\nx\n"), Nodemailer(TEMPLATE), PostOffice(TEMPLATE), Mailmerge(TEMPLATE))


def test_ours_is_measured_and_judged(tmp_path, smtp_server) -> None:
    """The shipped sender's letters pass the oracle; one that is missing, came twice or is another's does not."""
    base = office(tmp_path / "base")
    base.begin(FEW)
    base.fill()
    with Ours("ours", base, FEW).copied(FEW - 1, tmp_path / "copy") as copy:
        found = measure(copy.sending(smtp_server.port), lambda: len(smtp_server.messages), FEW - 1)
        kept = [Kept(each.recipients[0], each.content.replace(b"\r\n", b"\n")) for each in smtp_server.messages]
        judged = [
            wrongs(letters, FEW - 1, copy.database)
            for letters in (kept, kept[1:], [*kept, kept[0]], [replace(kept[0], content=kept[1].content), *kept[1:]])
        ]

    assert found.rate > 0
    assert found.peak > 10
    assert judged[0] == []
    assert any("missed" in each for each in judged[1])
    assert any("came 2 times" in each for each in judged[2])
    assert any("names somebody else" in each for each in judged[3])


@pytest.mark.parametrize("contender", CONTENDERS, ids=lambda contender: type(contender).__name__)
def test_contenders_send_everybody_their_own(tmp_path: Path, contender) -> None:
    """Each letter reaches the sink, which counts and keeps it; but for the fixed message, each has its own name."""
    if not find("smtp-sink"):
        pytest.skip(MISSING)
    if contender.missing:
        pytest.skip(contender.missing)
    tmp_path.chmod(0o755)
    for folder in tmp_path.parents:
        if folder.name.startswith(("pytest-", "popen-")):
            folder.chmod(0o755)  # the sink is another user
    with smtp_sink(tmp_path, keep=True) as sink:
        found = run(contender, FEW, sink, tmp_path)
        kept = {each.recipient: each for each in read_kept(sink.kept)}
        assert sink.count() == FEW

    assert found.seconds > 0
    if not isinstance(contender, SmtpSource):
        assert kept.keys() == {address(number) for number in range(FEW)}
        assert all(name(number) in bodies_of(kept[address(number)].message)["text/html"] for number in range(FEW))


def test_a_contender_that_fails_is_no_figure(tmp_path: Path) -> None:
    """What it said is told, and a run that lost letters is an error too."""
    with pytest.raises(RuntimeError, match="no such thing"):
        measure(Task([["sh", "-c", "echo no such thing >&2; exit 3"]], tmp_path, {}), lambda: 0, 1)
    with pytest.raises(RuntimeError, match="2 of 3 letters"):
        measure(Task([["true"]], tmp_path, {}), lambda: 2, 3)


def test_letters_one_by_one_are_counted(tmp_path: Path) -> None:
    """The relay far away tells how many came, over how many connections."""
    message = tmp_path / "message"
    message.write_bytes(b"Subject: x\r\n\r\nx\r\n")
    with delayed_sink(0.001) as sink:
        arrivals = send_one_by_one(FEW, 2, sink, message)

    assert (len(arrivals.moments), arrivals.connections) == (FEW, 2)


def test_late_replies_keep_their_order() -> None:
    """However commands come, replies that wait are written in the order of their commands."""

    async def converse() -> list[str]:
        talk, wire = connected(Book(), 0.001)
        for place in range(len(TALK)):
            talk.data_received(TALK[place : place + 1])
        assert not wire.written
        while len(wire.codes) < len(CODES):
            await asyncio.sleep(0.001)
        return wire.codes

    assert asyncio.run(converse()) == CODES


def test_what_a_sink_has_kept_is_read_back(tmp_path) -> None:
    """Each letter comes out by itself, without the lines that smtp-sink adds, and its size is that of the wire."""
    head = "X-Client-Addr: 127.0.0.1\nX-Rcpt-Args: <{}>\nReceived: from vm\n\tby sink;\n\tSun, 22 Nov (UTC)\n"
    one, two = b"Subject: one\n\nreceived: (UTC)\n", b"Subject: two\n\nx\n"
    path = tmp_path / "kept"
    path.write_bytes(
        head.format("a@b.example").encode() + one + b"\n" + head.format("c@d.example").encode() + two + b"\n"
    )

    assert list(read_kept(path)) == [Kept("a@b.example", one), Kept("c@d.example", two)]
    assert Kept("", one).size == len(one) + 3


def test_the_page_has_a_place_for_every_table() -> None:
    """What `make bench` and `make bench-million` write finds its marks."""
    text = PAGE.read_text(encoding="utf-8")

    for mark in ("comparison", "short", "network", "million"):
        assert text.count(f"<!-- {mark} -->\n") == text.count(f"<!-- /{mark} -->\n") == 1


def test_a_table_is_put_between_its_marks(tmp_path) -> None:
    """What stood there is replaced, all around it stays, and a page without the marks is refused."""
    page = tmp_path / "speed.md"
    page.write_text("before\n<!-- one -->\nold\n<!-- /one -->\nafter\n", encoding="utf-8")
    record("one", "| new |\n", page)

    assert re.fullmatch(
        r"before\n<!-- one -->\n\| new \|\n\nMeasured [^\n]+\.\n<!-- /one -->\nafter\n", page.read_text()
    )
    with pytest.raises(ValueError, match="no place for two"):
        record("two", "", page)
