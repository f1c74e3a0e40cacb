"""Does the reader go on whatever happens, neither in a hot loop nor so often that an account is locked?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailer.core.incoming import Matter
from mailer.errors import ConfigurationError, MailboxPolicyError, MailboxUnavailableError, StoreUnavailableError
from mailer.flows.intake import Taken
from mailer.readers import Patience, Stop

NOTHING = Taken({})
AWAY, REFUSED = MailboxUnavailableError("imap is away"), MailboxPolicyError("login refused")
LOCKED = StoreUnavailableError("database is locked")


class FakeLog:
    """Remembers what was told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.fields: list[dict[str, object]] = []

    def _tell(self, event: str, **fields: object) -> None:
        self.told.append(event)
        self.fields.append(fields)

    info = warning = error = _tell


class Script:
    """Passes that find this, or fail like that, until all are made; `pauses` are the rests in between."""

    def __init__(self, *steps: Taken | Exception) -> None:
        self._steps = list(steps)
        self.pauses: list[float] = []
        self.log = FakeLog()
        Patience(self, self.is_over, self.log, self.rest).run()

    def is_over(self) -> bool:
        """Tell whether all was done."""
        return not self._steps

    def many(self, tell: Callable[[Taken], None]) -> None:
        """Do one step after the other, until one fails."""
        while self._steps:
            step = self._steps.pop(0)
            if isinstance(step, Exception):
                raise step
            tell(step)

    def rest(self, seconds: float, _: Stop) -> None:
        """Let no time pass."""
        self.pauses.append(seconds)


def test_pauses_double_up_to_five_minutes() -> None:
    """A server that is away is asked less and less often."""
    assert Script(*[AWAY] * 9).pauses == [5, 10, 20, 40, 80, 160, 300, 300, 300]


def test_after_a_pass_pauses_begin_afresh() -> None:
    """A connection that breaks now and then is opened again soon."""
    assert Script(AWAY, AWAY, NOTHING, AWAY).pauses == [5, 10, 5]


def test_a_login_that_is_refused_is_tried_again_four_times_an_hour() -> None:
    """A wrong password that is tried again and again locks the account."""
    assert Script(REFUSED, REFUSED).pauses == [900, 900]


def test_a_database_that_is_back_is_noticed_soon() -> None:
    """Its absence is no fault of the mailbox."""
    assert Script(LOCKED, LOCKED, LOCKED).pauses == [5, 5, 5]


def test_trouble_is_told_once_and_its_end_too() -> None:
    """Ten failures for one reason are one line."""
    told = Script(AWAY, AWAY, REFUSED, NOTHING, NOTHING, AWAY).log.told

    assert told == ["mailbox not read", "mailbox not read", "mailbox is read again", "mailbox not read"]


def test_what_was_found_is_told_in_counts() -> None:
    """One line for a pass that found something, none for the others."""
    log = Script(NOTHING, Taken({Matter.COPY: 3, Matter.RETURNED: 1}, moved=4), NOTHING).log

    assert (log.told, log.fields) == (["mailbox read"], [{"copy": 3, "returned": 1}])


def test_what_only_a_person_can_mend_ends_the_reader() -> None:
    """A key that is missing does not come back by waiting here: the daemon starts another reader later."""
    with pytest.raises(ConfigurationError):
        Script(ConfigurationError("no key"))
