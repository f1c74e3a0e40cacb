"""How does somebody come to be a supporter? Entries from a file or by hand, and what the store must offer.

Law: lines are atomic, the file is not. A bad line is told with its number and skipped; who left stays
away; nobody is entered without a statement of where, when and how they agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Protocol

from mailer.core.enrolment import Applicant, Change, Standing, Step, Terms, decide, enter
from mailer.core.supporters import Consent, PublicId, Supporter, SupporterId
from mailer.errors import ConsentError

BATCH = 200  # rows: a write transaction stays near 20 ms
RandomBytes = Callable[[int], bytes]
Judge = Callable[[str, Standing], Change | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: an applicant, or what is wrong with it; `position` counts the bytes read so far."""

    number: int
    applicant: Applicant | None
    problem: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Why a line was skipped."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did; `added`, `updated` and `skipped` together are all lines that hold something.

    `skipped` counts the lines with a problem and those of `unsubscribed` and `suppressed` addresses.
    """

    added: int
    updated: int
    skipped: int
    unsubscribed: int
    suppressed: int
    problems: tuple[LineProblem, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A supporter without anything that is sealed."""

    id: SupporterId
    public_id: PublicId
    country: str
    language: str
    timezone: str
    consent: Consent
    joined_on: date


@dataclass(frozen=True, slots=True)
class Filter:
    """Which supporters are listed; what is empty does not matter."""

    country: str = ""
    language: str = ""
    consent: Consent | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure found, and whether the database's log is empty of it already."""

    was_supporter: bool
    log_is_empty: bool


class SupporterStore(Protocol):
    """Supporters, as these flows and the commands need them; one transaction per method."""

    def change(self, emails: Sequence[str], judge: Judge) -> None:
        """Write what `judge` returns for each address and its standing, all in one transaction."""

    def standing(self, email: str) -> Standing:
        """Return all that is known of an address."""

    def load_many(self, ids: Sequence[SupporterId]) -> list[Supporter]:
        """Return the supporters with these ids; who was erased is left out."""

    def list(self, chosen: Filter) -> Iterator[Listed]:
        """Return supporters by id, nothing sealed opened, never all in memory."""

    def walk(self, chosen: Filter) -> Iterator[Supporter]:
        """Return supporters by id, opened, never all in memory."""

    def unsubscribe(self, email: str) -> bool:
        """End consent and all that is queued; tell whether there is such a supporter."""

    def unsubscribe_by_id(self, public_id: PublicId) -> bool:
        """End consent and all that is queued; tell whether there is such a supporter."""

    def erase(self, email: str, *, now: datetime) -> Erasure:
        """Remove everything but the keyed hash that bars the address."""

    def record_action(self, campaign_id: str, email: str, *, target: str, source: str, now: datetime) -> None:
        """Record that somebody wrote, and cancel their queued reminders.

        Raises:
            NotFoundError: there is no such campaign or supporter.
        """


@dataclass(slots=True)
class _Tally:
    """Counts an import as it goes."""

    steps: dict[Step, int] = field(default_factory=lambda: dict.fromkeys(Step, 0))
    problems: list[LineProblem] = field(default_factory=list)
    first_lines: dict[str, int] = field(default_factory=dict)

    def is_new(self, line: Line) -> bool:
        """Tell whether a line is good and the first of its address; note what it is otherwise."""
        if line.applicant is None:
            self.problems.append(LineProblem(line.number, line.problem))
            return False
        first = self.first_lines.setdefault(line.applicant.email.lower(), line.number)
        if first != line.number:
            self.problems.append(LineProblem(line.number, f"the same address as line {first}, which was taken"))
        return first == line.number

    def result(self) -> ImportResult:
        """Return the counts."""
        unsubscribed, suppressed = self.steps[Step.LEAVE_UNSUBSCRIBED], self.steps[Step.LEAVE_SUPPRESSED]
        skipped = unsubscribed + suppressed + len(self.problems)
        done = (self.steps[Step.ADD], self.steps[Step.UPDATE], skipped)
        return ImportResult(*done, unsubscribed, suppressed, tuple(self.problems))


def import_lines(
    lines: Iterable[Line],
    store: SupporterStore,
    terms: Terms,
    random_bytes: RandomBytes,
    on_progress: Callable[[int], None] = lambda position: None,
) -> ImportResult:
    """Enter everybody in `lines` under `terms`, in batches of one transaction each.

    Of two lines with one address the first counts and the second is told. `on_progress` gets the bytes
    read so far after each batch. Importing the same file again changes nothing.
    """
    tally = _Tally()
    source = iter(lines)
    while batch := list(islice(source, BATCH)):
        applicants = {line.applicant.email: line.applicant for line in batch if tally.is_new(line) and line.applicant}
        _enter_all(applicants, store, terms, random_bytes, tally.steps)
        on_progress(batch[-1].position)
    return tally.result()


def add(applicant: Applicant, store: SupporterStore, terms: Terms, random_bytes: RandomBytes) -> Step:
    """Enter one supporter by hand; return whether they were added or updated.

    Raises:
        ConsentError: the address left or is suppressed; nothing was changed.
    """
    steps = dict.fromkeys(Step, 0)
    _enter_all({applicant.email: applicant}, store, terms, random_bytes, steps)
    step = next(step for step, count in steps.items() if count)
    if step not in (Step.ADD, Step.UPDATE):
        raise ConsentError(
            f"this address is {'unsubscribed' if step is Step.LEAVE_UNSUBSCRIBED else 'suppressed'} and stays so: "
            "only they themselves can sign up again; `mailer supporters why EMAIL` tells more"
        )
    return step


def _enter_all(
    applicants: dict[str, Applicant],
    store: SupporterStore,
    terms: Terms,
    random_bytes: RandomBytes,
    steps: dict[Step, int],
) -> None:
    """Enter one batch and count what became of it."""

    def judge(email: str, standing: Standing) -> Change | None:
        steps[decide(standing)] += 1
        return enter(applicants[email], standing, terms, random_bytes)

    if applicants:
        store.change(list(applicants), judge)
