"""Whatever servers do and however replies are cut: who is told what, and what did the server take? Properties."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.relay import Timeouts
from mailer.adapters.relay.session import Session
from mailer.adapters.relay.transaction import Mode
from mailer.core.verdicts import Phase, Verdict
from mailer.flows.relaying import Envelope
from tests.relay_model import GARBAGE, HANG_UP, INVITE, OK, SILENCE, TAKE, ModelServer, speak

LETTERS = 6
BRIEF = timedelta(milliseconds=1)
HASTY = replace(Timeouts(), mail=BRIEF, rcpt=BRIEF, data=BRIEF, content=BRIEF, command=BRIEF, goodbye=BRIEF)
WORDS = [OK, "450 4.2.1", "550 5.1.1", "421 4.3.2", HANG_UP, TAKE, SILENCE, GARBAGE]
STEPS = ["mail", "rcpt", "data", "content", "rset"]
BODIES = [
    b"Subject: x\r\n\r\n.\r\n..a\r\n",
    b".",
    b"Subject: x\n\nno ends\r.\r",
    b"Subject: x\r\n\r\n" + b".line\r\n" * 9,
]

behaviours = st.dictionaries(
    st.tuples(st.sampled_from(STEPS), st.integers(-1, LETTERS - 1)), st.sampled_from(WORDS), max_size=6
)
plans = st.lists(st.sampled_from(["follow", "alone", "withdraw", "other"]), min_size=LETTERS, max_size=LETTERS)
sizes = st.lists(st.integers(1, 40), max_size=60)


@dataclass
class Run:
    """One sender's letters over as many connections as they take."""

    mode: Mode
    behave: Callable[[str, int], str]
    sizes: list[int]
    timeouts: Timeouts = HASTY
    servers: list[ModelServer] = field(default_factory=list)
    verdicts: dict[int, Verdict] = field(default_factory=dict)

    async def send(self, letters: list[Envelope], plan: list[str]) -> None:
        """Hand each letter over once, or withdraw it, as the plan says."""
        session = self._open()
        for number, (letter, how) in enumerate(zip(letters, plan, strict=True)):
            if not session.is_open:
                session = self._open()
            verdict = await session.offer(letter)
            if not verdict.is_positive:
                self.verdicts[number] = verdict
            elif how == "withdraw":
                await session.withdraw()
            else:
                behind = {"follow": number + 1, "other": number + 2}.get(how, LETTERS)
                following = letters[behind] if behind < LETTERS else None
                self.verdicts[number] = await session.transfer(following)
        await session.quit(BRIEF)

    def _open(self) -> Session:
        self.servers.append(ModelServer(self.mode, self.behave))
        return speak(self.servers[-1], self.mode, self.timeouts, self.sizes)

    def reported(self, code: range) -> list[int]:
        """Return the letters whose verdict on the content is in a range of codes."""
        ended = ((n, verdict) for n, verdict in self.verdicts.items() if verdict.phase is Phase.CONTENT)
        return [n for n, verdict in ended if verdict.code in code]


def lines(content: bytes) -> bytes:
    """Return a content as it has to arrive."""
    return re.sub(rb"\r\n|\r|\n", b"\r\n", content).removesuffix(b"\r\n") + b"\r\n"


@given(
    st.sampled_from(Mode),
    behaviours,
    plans,
    sizes,
    st.lists(st.sampled_from(BODIES), min_size=LETTERS, max_size=LETTERS),
    st.booleans(),
)
def test_what_the_server_took_is_what_is_reported(mode, behaviour, plan, cuts, bodies, inviting) -> None:
    """Accepted is accepted, once and whole; refused came to nothing; only what is in doubt may be either.

    Each reply that is told carries the number of its own letter, and no server sees what an honest client never does:
    content without an invitation, an empty letter, a command ahead of a reply where PIPELINING is not offered.
    """

    def behave(step: str, number: int) -> str:
        word = behaviour.get((step, number), OK)
        return INVITE if inviting and step == "data" and word == OK else word

    run = Run(mode, behave, cuts)
    letters = [
        Envelope(f"l{n}@solidarity.example", f"p{n}@people.example", b"X-N: %d\r\n" % n + body, f"{n}")
        for n, body in enumerate(bodies)
    ]

    asyncio.run(run.send(letters, plan))

    taken = [number for server in run.servers for number in server.accepted]
    accepted, in_doubt = run.reported(range(200, 300)), run.reported(range(1))
    assert len(taken) == len(set(taken))
    assert set(accepted) <= set(taken) <= {*accepted, *in_doubt}
    assert [offence for server in run.servers for offence in server.offences] == []
    for server in run.servers:
        for number, content in zip(server.accepted, server.contents, strict=True):
            stuffed = content.replace(b"\r\n..", b"\r\n.") if mode is not Mode.CHUNKED else content
            assert stuffed == lines(letters[number].content)
    for number, verdict in run.verdicts.items():
        assert verdict.code == 0 or f"tag-{number}" in verdict.text
        expected = behaviour.get((verdict.phase, number), OK)
        assert verdict.code in (0, int(expected[:3]) if expected[0] in "45" else 250)


@given(st.sampled_from(Mode), sizes)
def test_the_network_may_cut_replies_where_it_likes(mode, cuts) -> None:
    """However the same replies come in, the same is told and one connection is enough."""
    run = Run(mode, lambda step, number: "550 5.1.1" if (step, number) == ("rcpt", 2) else OK, cuts, Timeouts())
    letters = [Envelope(f"l{n}@solidarity.example", "p@people.example", BODIES[0], f"{n}") for n in range(LETTERS)]

    asyncio.run(run.send(letters, ["follow"] * LETTERS))

    assert len(run.servers) == 1
    assert [run.verdicts[n].code for n in range(LETTERS)] == [250, 250, 550, 250, 250, 250]
