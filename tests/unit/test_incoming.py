"""What is a mail that came to us? The decision, by what is known of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.bounce_rules import Returned
from mailer.core.bounces import Classified, Evidence, ReturnKind
from mailer.core.incoming import (
    Answer,
    CameBack,
    Clues,
    Copied,
    DeadChannels,
    Instruction,
    Letter,
    Matter,
    Place,
    decide,
)
from mailer.core.mail_commands import Command
from mailer.core.supporters import PublicId, SupporterId

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ANNA = PublicId(b"anna----")
COURT = Letter("case", "court")
NOTHING = Classified(ReturnKind.NOT_A_BOUNCE)
HARD = Classified(ReturnKind.HARD, evidence=Evidence.REPORT)
WORDS = Classified(ReturnKind.HARD, evidence=Evidence.WORDS)
COMPLAINT = Classified(ReturnKind.COMPLAINT, evidence=Evidence.REPORT)
OUT_OF_OFFICE = Classified(ReturnKind.AUTOREPLY, evidence=Evidence.WORDS)
BACK = CameBack(SupporterId(1), Returned("case", 1, NOW, ReturnKind.HARD))
COPY = Copied(ANNA, (COURT,))
STOP = Instruction(ANNA, Command.STOP)
ASKS = Instruction(ANNA, None)
ANSWER = Answer(COURT, "clerk@justice.example", "Re: your letter", "<1@justice.example>")
DEAD = DeadChannels(ANNA, "court@justice.example", (COURT,))
PLAIN = Clues(NOTHING)

CASES = [
    (PLAIN, Matter.REPLY, Place.INBOX, None),
    (replace(PLAIN, is_ours=True, copied=COPY), Matter.OURS, Place.PROCESSED, None),
    # Returned mails: proven, or told by a machine; words of a person are a person's.
    (Clues(HARD, is_automatic=True, came_back=BACK), Matter.RETURNED, Place.PROCESSED, BACK),
    (Clues(HARD, came_back=BACK), Matter.RETURNED, Place.PROCESSED, BACK),
    (Clues(HARD, is_automatic=True), Matter.UNPROVEN, Place.PROCESSED, None),
    (Clues(HARD), Matter.REPLY, Place.INBOX, None),
    (Clues(WORDS, is_at_return_address=True, came_back=BACK), Matter.RETURNED, Place.PROCESSED, BACK),
    (Clues(WORDS, is_at_return_address=True), Matter.UNPROVEN, Place.PROCESSED, None),
    (Clues(WORDS, came_back=BACK), Matter.REPLY, Place.INBOX, None),
    (Clues(COMPLAINT, is_automatic=True, came_back=BACK), Matter.COMPLAINT, Place.PROCESSED, BACK),
    (Clues(COMPLAINT, is_automatic=True), Matter.UNPROVEN, Place.PROCESSED, None),
    (Clues(OUT_OF_OFFICE, is_automatic=True, is_at_return_address=True), Matter.AUTOMATIC, Place.PROCESSED, None),
    # Copies; what an official sends to their address is an answer.
    (replace(PLAIN, copied=COPY), Matter.COPY, Place.GONE, COPY),
    (Clues(WORDS, copied=COPY), Matter.COPY, Place.GONE, COPY),
    (replace(PLAIN, copied=COPY, answer=ANSWER), Matter.ANSWER, Place.ANSWERS, ANSWER),
    # Commands, answers, and what machines send beside.
    (replace(PLAIN, instruction=STOP), Matter.COMMAND, Place.PROCESSED, STOP),
    (replace(PLAIN, instruction=STOP, is_automatic=True), Matter.COMMAND, Place.PROCESSED, STOP),
    (replace(PLAIN, instruction=ASKS), Matter.ASKED, Place.PROCESSED, ASKS),
    (replace(PLAIN, answer=ANSWER), Matter.ANSWER, Place.ANSWERS, ANSWER),
    (replace(PLAIN, answer=ANSWER, is_automatic=True), Matter.ANSWER, Place.ANSWERS, ANSWER),
    (Clues(HARD, dead=DEAD), Matter.DEAD_TARGET, Place.PROCESSED, DEAD),
    (replace(PLAIN, is_automatic=True), Matter.AUTOMATIC, Place.PROCESSED, None),
    (replace(PLAIN, is_automatic=True, is_nameless=True), Matter.REPLY, Place.INBOX, None),
    (Clues(HARD, is_automatic=True, is_nameless=True), Matter.UNPROVEN, Place.PROCESSED, None),
    (Clues(OUT_OF_OFFICE), Matter.REPLY, Place.INBOX, None),
    (Clues(replace(OUT_OF_OFFICE, evidence=Evidence.REPORT)), Matter.AUTOMATIC, Place.PROCESSED, None),
]


@pytest.mark.parametrize(("clues", "matter", "place", "effect"), CASES)
def test_what_a_mail_is(clues, matter, place, effect):
    """The first step that knows answers, and says where the mail belongs and what follows."""
    found = decide(clues)

    assert (found.matter, found.place, found.effect) == (matter, place, effect)


@given(
    kind=st.sampled_from(ReturnKind),
    evidence=st.sampled_from(Evidence),
    flags=st.fixed_dictionaries({name: st.booleans() for name in ("is_ours", "is_automatic", "is_at_return_address")}),
)
def test_a_mail_that_proves_nothing_does_nothing(kind, evidence, flags):
    """Whatever it says of itself: without a clue that was proven nothing follows."""
    assert decide(Clues(Classified(kind, evidence=evidence), **flags)).effect is None
