"""What becomes of a letter and of the one behind it, whatever the relay says, in each mode of speaking?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from mailer.adapters.relay import Timeouts
from mailer.adapters.relay.reading import Reply
from mailer.adapters.relay.session import Session
from mailer.adapters.relay.transaction import Mode, Speech, mode_for
from mailer.adapters.relay.wire import BLOCK
from mailer.core.verdicts import Verdict
from mailer.flows.relaying import Envelope
from tests.relay_model import HANG_UP, INVITE, OK, SILENCE, TAKE, Behave, ModelServer, speak

CONTENT = b"Subject: Test\r\n\r\n.Hello\r\n"
SOON = timedelta(milliseconds=20)
QUICK = replace(Timeouts(), mail=SOON, rcpt=SOON, data=SOON, content=SOON, command=SOON)
PATIENT = Timeouts()
MODES = {"1": Mode.ONE_BY_ONE, "G": Mode.GROUPED, "C": Mode.CHUNKED}

# modes; which of two letters, and at which step; what the relay does; the verdicts of both letters (the second is
# offered behind the first one's content); the connections that this takes
CASES = """
1 G C | 1 mail    | 450 4.2.1 busy   | 450 mail    | 250 content | 1
1 G C | 1 mail    | 550 5.7.1 no     | 550 mail    | 250 content | 1
1 G C | 1 mail    | 421 4.3.2 bye    | 421 mail    | 250 content | 2
1 G C | 1 mail    | hang-up          | 0 mail      | 250 content | 2
1 G C | 1 mail    | garbage          | 0 mail      | 250 content | 2
1 G C | 1 mail    | silence          | 0 mail      | 250 content | 2
1 G C | 1 mail    | 354 what         | 0 mail      | 250 content | 2
1 G C | 1 rcpt    | 451 4.7.1 slow   | 451 rcpt    | 250 content | 1
1 G C | 1 rcpt    | 550 5.1.1 no     | 550 rcpt    | 250 content | 1
1 G C | 1 rcpt    | 421 4.3.2 bye    | 421 rcpt    | 250 content | 2
1 G C | 1 rcpt    | hang-up          | 0 rcpt      | 250 content | 2
1 G C | 1 rcpt    | garbage          | 0 rcpt      | 250 content | 2
1 G C | 1 rcpt    | silence          | 0 rcpt      | 250 content | 2
1 G   | 1 data    | 451 4.3.0 later  | 451 data    | 250 content | 1
1 G   | 1 data    | 554 5.7.1 no     | 554 data    | 250 content | 1
1 G   | 1 data    | 250 what         | 0 data      | 250 content | 2
1 G   | 1 data    | 421 4.3.2 bye    | 421 data    | 250 content | 2
1 G   | 1 data    | hang-up          | 0 data      | 250 content | 2
1 G   | 1 data    | garbage          | 0 data      | 250 content | 2
1 G   | 1 data    | silence          | 0 data      | 250 content | 2
1 G C | 1 content | 452 4.3.1 full   | 452 content | 250 content | 1
1 G C | 1 content | 554 5.6.0 no     | 554 content | 250 content | 1
1 G C | 1 content | 421 4.3.2 bye    | 421 content | 250 content | 2
1 G C | 1 content | hang-up          | 0 content   | 250 content | 2
1 G C | 1 content | take and hang up | 0 content   | 250 content | 2
1 G C | 1 content | garbage          | 0 content   | 250 content | 2
1 G C | 1 content | silence          | 0 content   | 250 content | 2
1 G C | 1 content | 354 what         | 0 content   | 250 content | 2
1 G C | 2 mail    | 550 5.7.1 no     | 250 content | 550 mail    | 1
1 G C | 2 mail    | 421 4.3.2 bye    | 250 content | 421 mail    | 1
1 G C | 2 mail    | hang-up          | 250 content | 0 mail      | 1
1 G C | 2 mail    | garbage          | 250 content | 0 mail      | 1
1 G C | 2 mail    | silence          | 250 content | 0 mail      | 1
1 G C | 2 rcpt    | 550 5.1.1 no     | 250 content | 550 rcpt    | 1
1 G C | 2 rcpt    | 421 4.3.2 bye    | 250 content | 421 rcpt    | 1
1 G C | 2 rcpt    | hang-up          | 250 content | 0 rcpt      | 1
1 G C | 2 rcpt    | silence          | 250 content | 0 rcpt      | 1
1 G   | 2 data    | 452 4.3.1 full   | 250 content | 452 data    | 1
1 G   | 2 data    | 421 4.3.2 bye    | 250 content | 421 data    | 1
1 G   | 2 data    | hang-up          | 250 content | 0 data      | 1
1 G   | 2 data    | silence          | 250 content | 0 data      | 1
1     | 1 mail    | +250 2.1.0 more  | 0 rcpt      | 250 content | 2
1   C | 1 rcpt    | +421 4.3.2 bye   | 0 data      | 250 content | 2
1 G   | 1 data    | +250 2.0.0 taken | 0 data      | 250 content | 2
1 G C | 2 content | +250 2.0.0 more  | 250 content | 250 content | 1
1 G C | 2 content | 421 4.3.2 bye    | 250 content | 421 content | 1
1 G C | 2 content | take and hang up | 250 content | 0 content   | 1
"""


@dataclass(frozen=True)
class Case:
    """One line of the table, in one mode."""

    mode: Mode
    letter: int
    step: str
    does: str
    verdicts: list[str]
    connections: int

    def behave(self, step: str, letter: int) -> str:
        """Do what the line says, where it says so."""
        return self.does if (step, letter) == (self.step, self.letter) else OK

    def __str__(self) -> str:
        return f"{self.mode.value}-{self.letter}-{self.step}-{self.does}"


def read(table: str) -> list[Case]:
    """Return the cases of a table."""
    cases = []
    for line in table.strip().splitlines():
        modes, place, does, first, second, connections = (cell.strip() for cell in line.split("|"))
        letter, step = place.split()
        cases += [
            Case(MODES[mode], int(letter), step, does, [first, second], int(connections)) for mode in modes.split()
        ]
    return cases


class Way:
    """Sessions with one model server after the other, as a caller opens them."""

    def __init__(self, mode: Mode, behave: Behave, timeouts: Timeouts = PATIENT, *, narrow: bool = False) -> None:
        self._mode, self._behave, self._timeouts, self._narrow = mode, behave, timeouts, narrow
        self.servers: list[ModelServer] = []

    def open(self) -> Session:
        """Open another one."""
        self.servers.append(ModelServer(self._mode, self._behave))
        return speak(self.servers[-1], self._mode, self._timeouts, narrow=self._narrow)

    @property
    def accepted(self) -> list[int]:
        """Return the numbers of the letters that were accepted."""
        return [number for server in self.servers for number in server.accepted]

    @property
    def offences(self) -> list[str]:
        """Return what no client may do."""
        return [offence for server in self.servers for offence in server.offences]


def letter(number: int, content: bytes = CONTENT) -> Envelope:
    """Return a letter that is known by its number."""
    return Envelope(f"l{number}@solidarity.example", f"p{number}@people.example", content, f"letter-{number}")


def told(verdict: Verdict) -> str:
    """Return a verdict in the words of the table."""
    return f"{verdict.code} {verdict.phase}"


async def send_both(way: Way) -> list[str]:
    """Hand over two letters, the second behind the first, as a sender does."""
    first, second = letter(1), letter(2)
    session = way.open()
    verdict = await session.offer(first)
    verdicts = [told(await session.transfer(second) if verdict.is_positive else verdict)]
    if not session.is_open and verdicts[0] != "250 content":
        session = way.open()
    verdict = await session.offer(second)
    verdicts.append(told(await session.transfer() if verdict.is_positive else verdict))
    await session.quit(SOON)
    return verdicts


@pytest.mark.parametrize("case", read(CASES), ids=str)
def test_each_reply_is_taken_for_its_own_letter(case: Case) -> None:
    """Refusals leave the connection, trouble ends it, and what the relay took is what is called taken or in doubt."""
    way = Way(case.mode, case.behave, QUICK if case.does == SILENCE else PATIENT)

    assert asyncio.run(send_both(way)) == case.verdicts
    assert len(way.servers) == case.connections
    in_doubt = case.does == TAKE
    assert way.accepted == [n for n, said in enumerate(case.verdicts, 1) if said == "250 content" or in_doubt]
    assert way.offences == []


@pytest.mark.parametrize("step", ["mail", "rcpt"])
@pytest.mark.parametrize("which", [1, 2])
def test_an_invitation_after_a_refusal_ends_the_connection(which: int, step: str) -> None:
    """354 to the DATA of a refused letter: not one octet follows, above all no lone dot (RFC 2920 3.1)."""

    def behave(at: str, number: int) -> str:
        if at == "data" and (number == which or number < 0):
            return INVITE
        return "550 5.1.1 no" if (at, number) == (step, which) else OK

    way = Way(Mode.GROUPED, behave)
    verdicts = asyncio.run(send_both(way))

    assert verdicts[which - 1] == f"550 {step}"
    assert way.accepted == [3 - which]
    assert way.servers[0].reads_content
    assert way.servers[0].ended == HANG_UP


@pytest.mark.parametrize(
    ("offers", "mode"),
    [((), "1"), (("chunking",), "C"), (("pipelining",), "G"), (("pipelining", "chunking"), "G")],
)
def test_the_mode_is_what_the_relay_offers(offers: tuple[str, ...], mode: str) -> None:
    """Nothing is written ahead without PIPELINING, CHUNKING or not; with it the next envelope may follow DATA alone."""
    assert mode_for(offers.__contains__) is MODES[mode]


@pytest.mark.parametrize(
    ("mode", "writes"),
    [
        ("1", ["MAIL", "RCPT", "DATA", "...", "MAIL", "RCPT", "DATA", "...", "QUIT"]),
        ("G", ["MAIL RCPT DATA", "...MAIL RCPT DATA", "...", "QUIT"]),
        ("C", ["MAIL", "RCPT", "BDAT ...", "MAIL", "RCPT", "BDAT ...", "QUIT"]),
    ],
)
def test_a_letter_takes_as_few_writes_as_the_mode_allows(mode: str, writes: list[str]) -> None:
    """The next envelope goes out with the content, not behind BDAT; where nothing may be ahead, it waits."""
    way = Way(MODES[mode], lambda step, number: OK)

    assert asyncio.run(send_both(way)) == ["250 content", "250 content"]
    assert [shape(octets) for octets in way.servers[0].writes] == writes


def shape(octets: bytes) -> str:
    """Return the verbs of what was written, and dots for a content."""
    heads = [line.split(b" ")[0].decode() for line in octets.split(b"\r\n")]
    verbs = [{"Subject:": "..."}.get(head, head) for head in heads]
    known = ("MAIL", "RCPT", "DATA", "BDAT", "RSET", "QUIT", "...")
    return " ".join(verb for verb in verbs if verb in known).replace("... MAIL", "...MAIL")


@pytest.mark.parametrize(("mode", "cuts"), [("1", False), ("G", True), ("C", False)])
@pytest.mark.parametrize("behind", [False, True])
def test_what_is_withdrawn_becomes_no_letter(mode: str, cuts: bool, behind: bool) -> None:
    """RSET where the relay waits for a command, the end of the connection where it waits for content."""
    way = Way(MODES[mode], lambda step, number: OK)

    async def withdraw() -> tuple[bool, str]:
        session = way.open()
        await session.offer(letter(1))
        if behind:
            assert told(await session.transfer(letter(2))) == "250 content"
        await session.withdraw()
        is_open = session.is_open
        session = session if is_open else way.open()
        await session.offer(letter(3))
        return is_open, told(await session.transfer())

    assert asyncio.run(withdraw()) == (not cuts, "250 content")
    assert way.accepted == ([1, 3] if behind else [3])
    assert way.offences == []
    assert ("rset" in way.servers[0].steps) == (not cuts and not (behind and mode != "G"))


@pytest.mark.parametrize("mode", MODES)
def test_a_second_offer_drops_the_first(mode: str) -> None:
    """Never two envelopes in one transaction."""
    way = Way(MODES[mode], lambda step, number: OK)

    async def change() -> str:
        session = way.open()
        await session.offer(letter(1))
        verdict = await session.offer(letter(2))
        return told(await session.transfer() if verdict.is_positive else verdict)

    assert asyncio.run(change()) == ("0 mail" if mode == "G" else "250 content")
    assert way.accepted == ([] if mode == "G" else [2])
    assert way.offences == []


def test_a_letter_in_place_of_the_one_that_followed_is_not_taken_for_it() -> None:
    """What was said behind the content is dropped first, and its replies with it."""
    way = Way(Mode.CHUNKED, lambda step, number: "550 5.1.1 no" if (step, number) == ("rcpt", 2) else OK)

    async def change() -> list[str]:
        session = way.open()
        await session.offer(letter(1))
        await session.transfer(letter(2))
        verdict = await session.offer(letter(3))
        return [told(verdict), told(await session.transfer())]

    assert asyncio.run(change()) == ["354 data", "250 content"]
    assert way.accepted == [1, 3]


def test_a_failed_chunk_is_cleared_before_anything_else_counts() -> None:
    """After a refused BDAT the state is indeterminate (RFC 3030 2): what follows is said behind RSET."""
    way = Way(Mode.CHUNKED, lambda step, number: "554 5.6.0 no" if (step, number) == ("content", 1) else OK)

    assert asyncio.run(send_both(way)) == ["554 content", "250 content"]
    assert way.servers[0].steps == [
        "mail",
        "rcpt",
        "content",
        "rset",
        "mail",
        "rcpt",
        "content",
        "quit",
    ]


@pytest.mark.parametrize("mode", MODES)
def test_a_refused_reset_tells_nothing_of_the_next_letter(mode: str) -> None:
    """The connection is given up, and the letter can go over another one at once."""
    refusing = {("rcpt", 1): "550 5.1.1 no", ("rset", 1): "500 5.5.1 what"}
    way = Way(MODES[mode], lambda step, number: refusing.get((step, number), OK))

    async def go_on() -> tuple[str, str, bool]:
        session = way.open()
        refused, second = await session.offer(letter(1)), await session.offer(letter(2))
        return told(refused), told(second), session.is_open

    assert asyncio.run(go_on()) == ("550 rcpt", "0 mail", False)


@pytest.mark.parametrize(("reply", "is_open"), [(OK, True), ("500 5.5.1 what", False)])
def test_a_reset_by_itself_leaves_a_connection_only_if_it_is_granted(reply: str, is_open: bool) -> None:
    """After a letter that goes by itself nothing is left for the next one to find."""
    answers = {("rcpt", 1): "550 5.1.1 no", ("rset", 1): reply}
    way = Way(Mode.GROUPED, lambda step, number: answers.get((step, number), OK))

    async def clear() -> bool:
        session = way.open()
        await session.offer(letter(1))
        await session.clear()
        return session.is_open

    assert asyncio.run(clear()) is is_open
    assert way.servers[0].steps[-1] == "rset"


def test_a_relay_of_which_nothing_is_asked_is_not_called_silent() -> None:
    """The limits count while a reply is waited for, not while a sender is at something else."""
    way = Way(Mode.GROUPED, lambda step, number: OK, QUICK)

    async def dawdle() -> bool:
        session = way.open()
        await session.offer(letter(1))
        await asyncio.sleep(2.5 * SOON.total_seconds())
        return session.is_open

    assert asyncio.run(dawdle())


@pytest.mark.parametrize(
    ("replies", "may_be_reset"),
    [
        ((550, 503, 503), True),
        ((250, 550, 554), True),
        ((250, 250, 451), True),
        ((550, 250, 503), True),
        ((250, 550, 354), False),
        ((250, 550, 250), False),
        ((550, 354, 503), False),
        ((550, 199, 503), False),
        ((250, 550, None), False),
        ((250, 550, 421), False),
    ],
)
def test_only_a_relay_that_waits_for_a_command_gets_one(replies: tuple[int | None, ...], may_be_reset: bool) -> None:
    """MAIL, RCPT and DATA of a letter that was refused: whatever is not clear ends the connection."""
    transaction = Speech(Mode.GROUPED, PATIENT).transaction(letter(1), reset=False, announced=True)
    transaction.said = len(transaction.commands)
    transaction.replies += [Reply(code, b"") for code in replies if code is not None]

    assert transaction.may_be_reset is may_be_reset


@pytest.mark.parametrize(("mode", "step"), [("1", "rcpt"), ("G", "data"), ("C", "rcpt")])
def test_an_offer_on_a_connection_that_broke_is_not_accepted(mode: str, step: str) -> None:
    """All was granted, and then came what nobody had asked for: no intent of the next letter is spent on it."""
    way = Way(MODES[mode], lambda at, number: "+250 2.0.0 more" if at == step else OK)

    async def offer() -> tuple[str, bool]:
        session = way.open()
        return told(await session.offer(letter(1))), session.is_open

    assert asyncio.run(offer()) == ("0 data", False)


@pytest.mark.parametrize("mode", MODES)
def test_content_without_an_accepted_offer_is_a_bug_that_is_told(mode: str) -> None:
    """Nothing is written for it."""
    way = Way(MODES[mode], lambda step, number: OK)

    async def transfer() -> None:
        with pytest.raises(RuntimeError, match="not offered"):
            await way.open().transfer()

    asyncio.run(transfer())
    assert way.servers[0].writes == []


@pytest.mark.parametrize("mode", MODES)
def test_whoever_is_cancelled_while_it_waits_leaves_no_connection(mode: str) -> None:
    """A reply that comes later would be taken for another one."""
    way = Way(MODES[mode], lambda step, number: SILENCE if step == "content" else OK)

    async def cancel() -> bool:
        session = way.open()
        await session.offer(letter(1))
        waiting = asyncio.ensure_future(session.transfer())
        while way.servers[0].ended != SILENCE:
            await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        return session.is_open

    assert asyncio.run(cancel()) is False


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("short_of", [200, 60, 21, 20, 19, 3, 2, 1, 0, -1])
def test_the_end_of_a_letter_goes_out_with_its_last_block_alone(mode: str, short_of: int) -> None:
    """Wherever the blocks are cut, no relay can have a letter whole while more of it is still to be written."""
    way = Way(MODES[mode], lambda step, number: OK, narrow=True)
    long, second = letter(1, b"Subject: long\r\n\r\n".ljust(BLOCK - short_of - 2, b"x") + b"\r\n"), letter(2)

    async def send() -> list[str]:
        session = way.open()
        await session.offer(long)
        return [told(await session.transfer(second)), told(await session.offer(second))]

    assert asyncio.run(send()) == ["250 content", "354 data"]
    assert way.offences == []


@pytest.mark.parametrize("mode", MODES)
def test_a_broken_connection_in_the_middle_of_a_letter_leaves_no_doubt(mode: str) -> None:
    """It never had its end, so it is tried again; the envelope that was to follow was never said."""
    way = Way(MODES[mode], lambda step, number: OK, narrow=True)
    long, second = letter(1, b"Subject: long\r\n\r\n" + b"x\r\n" * BLOCK), letter(2)

    async def send() -> list[str]:
        session = way.open()
        await session.offer(long)
        sending = asyncio.ensure_future(session.transfer(second))
        while not any(len(octets) >= BLOCK for octets in way.servers[0].writes):
            await asyncio.sleep(0)
        session.cut()
        return [told(await sending), told(await session.offer(second))]

    assert asyncio.run(send()) == ["0 data", "0 mail"]
    assert way.accepted == []
    assert b"l2@" not in b"".join(way.servers[0].writes)
