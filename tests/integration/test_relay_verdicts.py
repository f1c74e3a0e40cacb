"""What does each word of a relay do, at each step? A scripted relay, the real adapter, and the table of rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailer.adapters.relay import SmtpRelay, Timeouts, parse_relay_url
from mailer.core.verdicts import RULES, Consequence, Decision, decide, rule_for
from mailer.errors import RelayError, RelayPolicyError, RelayUnavailableError
from tests.certificates import client_context, server_context
from tests.relay_talk import open_and_close, send_one
from tests.smtp_server import SmtpServer
from tests.smtp_steps import GARBAGE, HANG_UP, HANG_UP_AFTER_ACCEPTING, SILENCE, Step, packets, say, slowly

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LIMITS = {"connect": "greeting", "ehlo": "command", "starttls": "command", "auth": "command"}  # others by their step
STEPS = {
    "hang-up": HANG_UP,
    "taken, then hang-up": HANG_UP_AFTER_ACCEPTING,
    "silence": SILENCE,
    "garbage": GARBAGE,
    "half a reply": Step((b"250 2.0",), "hang up"),
    "endless line": Step((b"x" * 40_000,)),
    "450 in two packets": packets(b"450-4.2.1 mailbox b", b"usy\r\n450 4.2.1 really\r\n"),
    "550 of many lines": say("550-5.1.1 The account", "550-5.1.1 that you tried", "550 5.1.1 does not exist"),
    "451 slowly": slowly("451 4.3.0 slow"),
    "250 slowly": slowly("250 2.0.0 ok"),
    "250 then 421": packets(b"250 2.0.0 ok\r\n421 4.3.2 bye\r\n"),
    "354 instead": Step((b"354 go ahead\r\n",)),
    "354 then 250": packets(b"354 go ahead\r\n250 2.0.0 taken\r\n"),
    "550 then 354": packets(b"550 5.1.1 unknown\r\n354 go ahead\r\n"),
}

# at; what the relay does; the row; what becomes of the letter; after how many minutes it is tried again (* doubling);
# whether the address is barred; what it means beyond; whether it counts as an attempt
LETTERS = """
content | 250 2.0.0 taken          | accepted                  | accept         | -   | no  | nothing       | yes
content | 250 slowly               | accepted                  | accept         | -   | no  | nothing       | yes
content | 250 then 421             | accepted                  | accept         | -   | no  | nothing       | yes
content | hang-up                  | lost after the final dot  | lose           | -   | no  | relay trouble | yes
content | taken, then hang-up      | lost after the final dot  | lose           | -   | no  | relay trouble | yes
content | silence                  | lost after the final dot  | lose           | -   | no  | relay trouble | yes
content | garbage                  | lost after the final dot  | lose           | -   | no  | relay trouble | yes
content | half a reply             | lost after the final dot  | lose           | -   | no  | relay trouble | yes
content | endless line             | lost after the final dot  | lose           | -   | no  | relay trouble | yes
content | 354 instead              | lost after the final dot  | lose           | -   | no  | relay trouble | yes
mail    | hang-up                  | closed before RCPT        | refuse for now | 0   | no  | relay trouble | no
mail    | silence                  | closed before RCPT        | refuse for now | 0   | no  | relay trouble | no
mail    | garbage                  | closed before RCPT        | refuse for now | 0   | no  | relay trouble | no
mail    | 421 4.3.2 closing        | closed before RCPT        | refuse for now | 0   | no  | relay trouble | no
mail    | 421 4.7.0 too fast       | closed before RCPT        | refuse for now | 0   | no  | relay trouble | no
rcpt    | hang-up                  | lost before the final dot | refuse for now | 5   | no  | relay trouble | no
rcpt    | silence                  | lost before the final dot | refuse for now | 5   | no  | relay trouble | no
rcpt    | garbage                  | lost before the final dot | refuse for now | 5   | no  | relay trouble | no
rcpt    | half a reply             | lost before the final dot | refuse for now | 5   | no  | relay trouble | no
rcpt    | 250 then 421             | lost before the final dot | refuse for now | 5   | no  | relay trouble | no
data    | hang-up                  | lost before the final dot | refuse for now | 5   | no  | relay trouble | no
data    | silence                  | lost before the final dot | refuse for now | 5   | no  | relay trouble | no
data    | garbage                  | lost before the final dot | refuse for now | 5   | no  | relay trouble | no
data    | 354 then 250             | lost before the final dot | refuse for now | 5   | no  | relay trouble | no
data    | 250 2.0.0 no invitation  | lost before the final dot | refuse for now | 5   | no  | relay trouble | no
rcpt    | 421 4.3.2 closing        | closing                   | refuse for now | 5   | no  | relay trouble | no
data    | 421 4.3.2 closing        | closing                   | refuse for now | 5   | no  | relay trouble | no
content | 421 4.3.2 closing        | closing                   | refuse for now | 5   | no  | relay trouble | no
content | 421 try again in 600 s   | closing                   | refuse for now | 10  | no  | relay trouble | no
mail    | 450 4.7.1 too fast       | we are throttled          | refuse for now | 5   | no  | relay trouble | no
mail    | 454 4.7.0 wait 1 hour    | we are throttled          | refuse for now | 60  | no  | relay trouble | no
rcpt    | 451 4.7.1 slow down      | the provider throttles    | refuse for now | 5   | no  | throttled     | no
rcpt    | 450 4.7.1 retry in 15m   | the provider throttles    | refuse for now | 15  | no  | throttled     | no
data    | 452 4.7.0 slow down      | the provider throttles    | refuse for now | 5   | no  | throttled     | no
content | 454 4.7.28 slow down     | the provider throttles    | refuse for now | 5   | no  | throttled     | no
mail    | 450 4.2.1 busy           | temporary                 | refuse for now | 20* | no  | nothing       | yes
mail    | 451 later                | temporary                 | refuse for now | 20* | no  | nothing       | yes
mail    | 452 4.3.1 full           | temporary                 | refuse for now | 20* | no  | nothing       | yes
mail    | 454 4.3.0 not now        | temporary                 | refuse for now | 20* | no  | nothing       | yes
rcpt    | 450 4.2.1 busy           | temporary                 | refuse for now | 20* | no  | nothing       | yes
rcpt    | 450 in two packets       | temporary                 | refuse for now | 20* | no  | nothing       | yes
rcpt    | 450 come back in 3 hours | temporary                 | refuse for now | 180 | no  | nothing       | yes
rcpt    | 451 4.3.0 later          | temporary                 | refuse for now | 20* | no  | nothing       | yes
rcpt    | 452 4.2.2 mailbox full   | temporary                 | refuse for now | 20* | no  | nothing       | yes
data    | 450 not now              | temporary                 | refuse for now | 20* | no  | nothing       | yes
data    | 451 4.3.0 later          | temporary                 | refuse for now | 20* | no  | nothing       | yes
content | 450 4.2.0 later          | temporary                 | refuse for now | 20* | no  | nothing       | yes
content | 451 slowly               | temporary                 | refuse for now | 20* | no  | nothing       | yes
content | 452 4.3.1 disk full      | temporary                 | refuse for now | 20* | no  | nothing       | yes
rcpt    | 454 4.3.0 not now        | temporary                 | refuse for now | 20* | no  | nothing       | yes
rcpt    | 550 5.1.1 unknown        | dead mailbox              | refuse         | -   | yes | nothing       | yes
rcpt    | 550 of many lines        | dead mailbox              | refuse         | -   | yes | nothing       | yes
rcpt    | 550 then 354             | dead mailbox              | refuse         | -   | yes | nothing       | yes
rcpt    | 553 5.1.3 bad address    | dead mailbox              | refuse         | -   | yes | nothing       | yes
rcpt    | 551 5.1.6 moved          | dead mailbox              | refuse         | -   | yes | nothing       | yes
rcpt    | 556 5.1.10 null MX       | dead mailbox              | refuse         | -   | yes | nothing       | yes
mail    | 550 5.7.1 not you        | policy                    | refuse         | -   | no  | about us      | yes
mail    | 553 5.1.8 bad sender     | policy                    | refuse         | -   | no  | about us      | yes
rcpt    | 553 5.1.7 bad sender     | policy                    | refuse         | -   | no  | about us      | yes
rcpt    | 554 5.7.1 not you        | policy                    | refuse         | -   | no  | about us      | yes
data    | 554 5.7.1 not you        | policy                    | refuse         | -   | no  | about us      | yes
content | 550 5.7.26 unsigned      | policy                    | refuse         | -   | no  | about us      | yes
content | 554 5.7.1 spam           | policy                    | refuse         | -   | no  | about us      | yes
mail    | 550 no                   | sender refused            | refuse         | -   | no  | about us      | yes
mail    | 552 5.3.4 too big        | sender refused            | refuse         | -   | no  | about us      | yes
mail    | 554 5.1.1 no such sender | sender refused            | refuse         | -   | no  | about us      | yes
rcpt    | 550 no                   | refused                   | refuse         | -   | no  | nothing       | yes
rcpt    | 550 5.1.2 no such domain | refused                   | refuse         | -   | no  | nothing       | yes
rcpt    | 552 5.2.2 mailbox full   | refused                   | refuse         | -   | no  | nothing       | yes
rcpt    | 554 5.4.4 no route       | refused                   | refuse         | -   | no  | nothing       | yes
data    | 550 5.1.1 unknown        | refused                   | refuse         | -   | no  | nothing       | yes
data    | 554 no valid recipients  | refused                   | refuse         | -   | no  | nothing       | yes
content | 550 5.1.1 unknown        | refused                   | refuse         | -   | no  | nothing       | yes
content | 552 5.3.4 too big        | refused                   | refuse         | -   | no  | nothing       | yes
content | 554 5.6.0 bad content    | refused                   | refuse         | -   | no  | nothing       | yes
"""

# at; what the relay does; the row; the error; for how many seconds it asks us to stay away
OPENINGS = """
connect  | 454 4.7.0 TLS first         | not open for now          | RelayUnavailableError | -
connect  | 421 4.3.2 wait 90 seconds   | not open for now          | RelayUnavailableError | 90
connect  | 450 not now                 | not open for now          | RelayUnavailableError | -
connect  | 451 4.7.0 retry in 1 minute | not open for now          | RelayUnavailableError | 60
connect  | 452 4.3.1 full              | not open for now          | RelayUnavailableError | -
connect  | hang-up                     | not open for now          | RelayUnavailableError | -
connect  | silence                     | not open for now          | RelayUnavailableError | -
connect  | garbage                     | not open for now          | RelayUnavailableError | -
connect  | endless line                | not open for now          | RelayUnavailableError | -
connect  | 550 blocked                 | login or greeting refused | RelayPolicyError      | -
connect  | 552 no                      | login or greeting refused | RelayPolicyError      | -
connect  | 554 5.7.1 wait 1 hour       | login or greeting refused | RelayPolicyError      | 3600
ehlo     | 421 4.3.2 closing           | not open for now          | RelayUnavailableError | -
ehlo     | hang-up                     | not open for now          | RelayUnavailableError | -
ehlo     | silence                     | not open for now          | RelayUnavailableError | -
ehlo     | garbage                     | not open for now          | RelayUnavailableError | -
ehlo     | 451 4.3.0 later             | not open for now          | RelayUnavailableError | -
ehlo     | 550 5.7.1 not you           | login or greeting refused | RelayPolicyError      | -
ehlo     | 554 no                      | login or greeting refused | RelayPolicyError      | -
starttls | 421 4.3.2 closing           | not open for now          | RelayUnavailableError | -
starttls | 454 4.7.0 TLS not available | not open for now          | RelayUnavailableError | -
starttls | hang-up                     | not open for now          | RelayUnavailableError | -
starttls | silence                     | not open for now          | RelayUnavailableError | -
starttls | garbage                     | not open for now          | RelayUnavailableError | -
starttls | 554 5.7.1 no                | login or greeting refused | RelayPolicyError      | -
auth     | 421 4.3.2 closing           | not open for now          | RelayUnavailableError | -
auth     | 454 4.7.0 wait 5 minutes    | not open for now          | RelayUnavailableError | 300
auth     | 450 4.3.0 later             | not open for now          | RelayUnavailableError | -
auth     | hang-up                     | not open for now          | RelayUnavailableError | -
auth     | silence                     | not open for now          | RelayUnavailableError | -
auth     | garbage                     | not open for now          | RelayUnavailableError | -
auth     | 535 5.7.8 wrong             | login or greeting refused | RelayPolicyError      | -
auth     | 550 5.7.1 not you           | login or greeting refused | RelayPolicyError      | -
auth     | 554 no                      | login or greeting refused | RelayPolicyError      | -
"""


@dataclass(frozen=True)
class Case:
    """One line of a table: the step at which the relay departs from its usual reply, how, and all that follows."""

    at: str
    does: str
    row: str
    expected: tuple[str, ...]

    @property
    def timeouts(self) -> Timeouts:
        """Return the RFC's limits, but for the step at which the relay is silent."""
        limit = LIMITS.get(self.at, self.at)
        return replace(Timeouts(), **{limit: timedelta(milliseconds=200)}) if self.does == "silence" else Timeouts()

    @property
    def step(self) -> Step:
        """Return what the relay is told to do."""
        return STEPS.get(self.does) or say(self.does)


def read(table: str) -> list[Case]:
    """Return the cases of a table."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [Case(at, does, row, tuple(expected)) for at, does, row, *expected in lines]


def name(case: Case) -> str:
    """Return what a test's report calls a case."""
    return f"{case.at}: {case.does}"


def told(decision: Decision) -> tuple[str, ...]:
    """Return a decision in the words of the table."""
    again = "-" if decision.not_before is None else f"{(decision.not_before - NOW) // timedelta(minutes=1)}"
    bars, counts = ("yes" if holds else "no" for holds in (decision.suppress is not None, decision.counts_as_attempt))
    return decision.event, again, bars, decision.consequence, counts


@pytest.mark.parametrize("case", read(LETTERS), ids=name)
def test_what_the_relay_says_decides_what_becomes_of_the_letter(smtp_server: SmtpServer, case: Case) -> None:
    """Row by row and step by step: the verdict, its rule, and every part of the decision on a third attempt."""
    smtp_server.script(case.at, case.step)

    verdict = send_one(smtp_server, case.timeouts)

    assert rule_for(verdict).name == case.row
    expected = tuple(cell.rstrip("*") for cell in case.expected)
    assert told(decide(verdict, attempts=2, now=NOW, deadline=None)) == expected
    taken = case.row == "accepted" or case.does == "taken, then hang-up"
    assert len(smtp_server.messages) == taken


@pytest.mark.parametrize("case", read(OPENINGS), ids=name)
def test_what_the_relay_says_before_a_letter_decides_who_has_to_act(
    start_smtp_server: Callable[..., SmtpServer], certificate: Path, case: Case
) -> None:
    """One error for "later" and one for "somebody has to mend it"; the pause that is asked for goes with it."""
    server = start_smtp_server(tls=server_context(certificate), users={"us": "secret"})
    server.script(case.at, case.step)
    url = server.url.replace("://", "://us:secret@")

    with pytest.raises(RelayError) as refused:
        open_and_close(SmtpRelay(parse_relay_url(url), case.timeouts, trust=client_context(certificate)))

    kind, pause = case.expected
    assert type(refused.value).__name__ == kind
    assert refused.value.asked_pause == (None if pause == "-" else timedelta(seconds=int(pause)))
    lasts = rule_called(case.row).outcome.consequence is Consequence.RELAY_REFUSES
    assert isinstance(refused.value, RelayPolicyError if lasts else RelayUnavailableError)
    assert "secret" not in str(refused.value)
    assert not any(line.startswith("MAIL") for line in server.commands)


def rule_called(row: str):
    """Return the rule of that name."""
    (rule,) = (rule for rule in RULES if rule.name == row)
    return rule


def test_every_rule_is_proven_by_a_scripted_case() -> None:
    """A row that no relay of these tests can make true does not belong into the table, or lacks its test."""
    assert {case.row for case in read(LETTERS) + read(OPENINGS)} == {rule.name for rule in RULES}


@pytest.mark.parametrize("code", ["421", "450", "451", "452", "454", "550", "552", "554", "5.7.1"])
@pytest.mark.parametrize("at", ["connect", "mail", "rcpt", "content"])
def test_every_reply_that_relays_are_known_for_is_scripted(at: str, code: str) -> None:
    """The tables leave no reply out at a step where it is common."""
    scripted = {word for case in read(LETTERS) + read(OPENINGS) if case.at == at for word in case.does.split()[:2]}

    assert code in scripted
