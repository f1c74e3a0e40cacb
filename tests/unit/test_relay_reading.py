"""Replies from octets, and a content as octets: the same however packets are cut, whole, and with one end."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.relay.content import on_the_wire
from mailer.adapters.relay.conversation import NOT_SMTP, UNASKED, Command, Conversation, Exchange
from mailer.adapters.relay.reading import LONGEST_REPLY, Reply, ReplyReader
from mailer.adapters.relay.transaction import Mode
from mailer.core.verdicts import Phase

words = st.binary(max_size=20).map(lambda octets: octets.replace(b"\n", b"").strip())
replies = st.lists(st.tuples(st.integers(200, 599), st.lists(words, min_size=1, max_size=4)), max_size=5)


def written(code: int, lines: list[bytes], end: bytes) -> bytes:
    """Return a reply as a relay writes it (RFC 5321 4.2.1)."""
    marks = [b"-"] * (len(lines) - 1) + [b" "]
    return b"".join(b"%d%b%b%b" % (code, mark, line, end) for mark, line in zip(marks, lines, strict=True))


@given(replies, st.sampled_from([b"\r\n", b"\n"]), st.lists(st.integers(0, 200), max_size=8))
def test_packets_are_not_replies(said: list[tuple[int, list[bytes]]], end: bytes, cuts: list[int]) -> None:
    """Each reply comes out once, with all its lines, wherever the octets are cut."""
    octets = b"".join(written(code, lines, end) for code, lines in said)
    places = [0, *sorted(min(cut, len(octets)) for cut in cuts), len(octets)]
    reader, read = ReplyReader(), list[Reply]()

    for a, b in pairwise(places):
        reader.feed(octets[a:b], read)

    assert read == [Reply(code, b"\n".join(lines)) for code, lines in said]
    assert reader.is_between_replies


@pytest.mark.parametrize(
    "octets", [b"hello\r\n", b"25\r\n", b"25\n", b"\r\n", b"2 5 ok\r\n", b"250-a\r\n\r\n", b"\xb2\xb3\xb9 ok\r\n"]
)
def test_what_is_no_reply_is_refused(octets: bytes) -> None:
    """A line begins with three digits of ASCII."""
    with pytest.raises(ValueError, match="code"):
        ReplyReader().feed(octets, [])


@pytest.mark.parametrize("octets", [b"250 " + b"x" * 100, b"250-" + b"x" * 100 + b"\r\n", b"250-\r\n"])
def test_a_reply_that_does_not_end_is_not_kept(octets: bytes) -> None:
    """However it goes on, a bounded part of it is held."""
    reader = ReplyReader()

    with pytest.raises(ValueError, match="end"):
        any(reader.feed(octets, []) for _ in range(LONGEST_REPLY + 2))


def exchange(*phases: Phase) -> Exchange:
    """Return an exchange of commands with these phases."""
    return Exchange([Command(phase, 1.0) for phase in phases], b"")


def test_a_reply_belongs_to_the_oldest_command_that_has_none() -> None:
    """Three commands in one group and one behind them, their replies in two packets."""
    conversation, group, last = Conversation(), exchange(Phase.MAIL, Phase.RCPT, Phase.DATA), exchange(Phase.MAIL)
    conversation.ask(group, 3)
    conversation.ask(last, 1)

    conversation.receive(b"250 a\r\n550-b\r\n55")
    conversation.receive(b"0 c\r\n503 d\r\n250 e\r\n")

    assert group.replies == [Reply(250, b"a"), Reply(550, b"b\nc"), Reply(503, b"d")]
    assert last.replies == [Reply(250, b"e")]
    assert not conversation.broken


@pytest.mark.parametrize(
    ("octets", "why", "reply"),
    [
        (b"250 ok\r\n250 ok\r\n", UNASKED, Reply(250, b"ok")),
        (b"250 ok\r\n2", UNASKED, Reply(250, b"ok")),
        (b"250 ok\r\nwhat\r\n", NOT_SMTP, Reply(250, b"ok")),
        (b"what\r\n250 ok\r\n", NOT_SMTP, None),
    ],
)
def test_after_what_cannot_be_an_answer_nothing_is_believed(octets: bytes, why: str, reply: Reply | None) -> None:
    """What came before it stands; what comes after it is dropped."""
    conversation, first, later = Conversation(), exchange(Phase.MAIL), exchange(Phase.RCPT)
    conversation.ask(first, 1)

    conversation.receive(octets)
    conversation.ask(later, 1)
    conversation.receive(b"250 ok\r\n")

    assert (conversation.broken, first.replies, later.replies) == (why, [reply] if reply else [], [])


def test_421_ends_the_conversation_whatever_it_answers() -> None:
    """The relay closes the connection (RFC 5321 3.8): what it says after that belongs to nobody."""
    conversation, group = Conversation(), exchange(Phase.MAIL, Phase.RCPT)
    conversation.ask(group, 2)

    conversation.receive(b"421 bye\r\n250 ok\r\n")

    assert group.replies == [Reply(421, b"bye")]
    assert conversation.broken


@given(
    st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b".", b"a", b"\r\n."]), max_size=12).map(b"".join),
    st.sampled_from(Mode),
)
def test_a_content_has_one_end_and_arrives_as_it_is(content: bytes, mode: Mode) -> None:
    """Read as a server reads it: dots undoubled behind DATA, or by its length (RFC 5321 4.5.2, RFC 3030 2)."""
    octets = b"".join(on_the_wire(content, mode))

    if mode is Mode.CHUNKED:
        command, _, rest = octets.partition(b"\r\n")
        assert command == b"BDAT %d LAST" % len(rest)
    else:
        *lines, dot, nothing = octets.split(b"\r\n")
        assert (dot, nothing) == (b".", b"")
        assert b"." not in lines
        rest = b"".join(line.removeprefix(b".") + b"\r\n" for line in lines)
        assert not re.search(rb"(?:\A|\r|\n)\.(?:\r|\n)", octets[:-3])
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", rest)
    assert rest == re.sub(rb"\r\n|\r|\n", b"\r\n", content).removesuffix(b"\r\n") + b"\r\n"
    assert b"".join(on_the_wire(rest, mode, in_lines=True)) == octets
    if b"\r\n." not in b"\r\n" + rest:
        assert b"".join(on_the_wire(rest, mode, in_lines=True, is_dotless=True)) == octets


def test_a_content_that_is_known_to_be_dotless_is_not_looked_at() -> None:
    """Who built it knows; looking takes longer than all else that writing a content takes of the processor."""
    assert on_the_wire(b".x\r\n", Mode.GROUPED, in_lines=True, is_dotless=True) == (b".x\r\n", b".\r\n")
