"""How does a sender compose thousands of letters a second? One skeleton for each cohort, filled for each supporter.

Law: what is filled is, octet for octet, what `compose` makes: the first filled letter of each family (a cohort in one
sort of mail, at whatever moment) is composed too, and compared. Whatever cannot be marked is composed letter by letter.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Final

from mailer.core.attachments import likes_paper
from mailer.core.authors import Author, author_of
from mailer.core.campaigns import ASKED_FOR
from mailer.core.cohorts import asks_city, cohort_of, fits_marks
from mailer.core.marked_authors import Choice
from mailer.core.revisions import Revision
from mailer.errors import MailerError, MarkError
from mailer.flows.compose import Order, Tools, compose
from mailer.flows.relaying import Envelope
from mailer.flows.skeleton import Skeleton, make_skeleton, refuse_signs

ROOM: Final = 40_000_000  # octets that all skeletons may take, about
_MOST_FAMILIES: Final = 20_000
_MOST_IN_COHORT: Final = 32  # each way of choosing has a skeleton of its own
_MOST_SEEN: Final = 1000
_SEEN: Final = 1000  # what a cohort takes that has no skeleton yet
Compose = Callable[[Order, Tools], Envelope | None]


@dataclass(slots=True)
class _Cohort:
    """What is known of a cohort: what its members choose beside texts, and a skeleton for each way of choosing.

    The skeleton is None where nothing is left to do in the mail. `asked_at` counts when it was asked for last.
    """

    asked_at: int = 0
    choices: tuple[Choice, ...] = ()
    skeletons: dict[tuple[int, ...], Skeleton | None] = field(default_factory=dict)
    seen: set[tuple[int, ...]] = field(default_factory=set)

    @property
    def size(self) -> int:
        """Return about how many octets it takes."""
        return _SEEN + sum(skeleton.size for skeleton in self.skeletons.values() if skeleton)

    def find(self, author: Author) -> tuple[bool, Skeleton | None]:
        """Tell whether there is a skeleton for who chooses so, and return it."""
        chosen = self._chosen(author)
        return chosen in self.skeletons, self.skeletons.get(chosen)

    def is_new(self, author: Author) -> bool:
        """Tell whether nobody chose so before: what may never come again is not worth a skeleton."""
        chosen = self._chosen(author)
        if chosen in self.seen:
            return False
        if len(self.seen) == _MOST_SEEN:
            self.seen.clear()
        self.seen.add(chosen)
        return True

    def _chosen(self, author: Author) -> tuple[int, ...]:
        """Return what an author chooses beside texts."""
        return tuple([choice.of(author) for choice in self.choices])

    def keep(self, author: Author, noted: dict[Choice, int], skeleton: Skeleton | None) -> None:
        """Keep a skeleton; where something new is chosen, the others are made anew, by that too."""
        new = tuple(choice for choice in noted if choice not in self.choices)
        if new:
            self.choices += new
            self.skeletons.clear()
            self.seen.clear()
        if len(self.skeletons) == _MOST_IN_COHORT:
            del self.skeletons[next(iter(self.skeletons))]
        self.skeletons[self._chosen(author)] = skeleton


class Skeletons:
    """The skeletons of one sender; `tell` is told, once, why a sort of mail is composed letter by letter."""

    def __init__(self, tell: Callable[[str], None] = lambda _: None, room: int = ROOM) -> None:
        self._tell = tell
        self._room = room
        self._taken = 0
        self._cohorts: dict[Hashable, _Cohort] = {}
        self._asked = 0
        self._in_city: dict[Hashable, bool] = {}
        self._proven: set[Hashable] = set()
        self._unmarkable: set[Hashable] = set()

    def envelope(self, order: Order, tools: Tools, edition: Hashable = None) -> Envelope | None:
        """Return the letter that `compose` would make, or None if nothing in it could still be done.

        The `edition` names the revisions that it is made of.
        """
        if order.mailing.kind in ASKED_FOR or order.acted or order.test or _brings_letter(order, tools):
            return _whole(order, tools)
        author = author_of(order.supporter)
        sort = _sort(order, tools, edition)
        if sort not in self._in_city:
            self._meet(sort, order.revision)
        if sort in self._unmarkable or not fits_marks(author):
            return _whole(order, tools)
        return self._fill(order, tools, author, sort)

    def _fill(self, order: Order, tools: Tools, author: Author, sort: Hashable) -> Envelope | None:
        """Return the letter from the skeleton of its cohort; the first of a new family is composed by itself."""
        family = sort, cohort_of(order.supporter, author, in_city=self._in_city[sort])
        key = family, order.now, order.ends_at, order.out_of_use
        cohort = self._cohorts.get(key)
        if cohort is None:
            cohort = self._begin(key)
        self._asked += 1
        cohort.asked_at = self._asked
        is_known, skeleton = cohort.find(author)
        if is_known:
            return skeleton.fill(order, tools, author) if skeleton else None
        if cohort.is_new(author):
            return _whole(order, tools)
        return self._make(order, tools, author, (sort, family, cohort))

    def _make(
        self, order: Order, tools: Tools, author: Author, place: tuple[Hashable, Hashable, _Cohort]
    ) -> Envelope | None:
        """Return the first letter of a skeleton, compared with the composed one if it is the first of its family."""
        sort, family, cohort = place
        try:
            skeleton, noted = make_skeleton(order, tools, author)
        except MarkError as error:
            self._give_up(sort, str(error))
            return _whole(order, tools)
        except (MailerError, ValueError):  # what is wrong may be a variant that this supporter does not get
            return _whole(order, tools)
        filled = skeleton.fill(order, tools, author) if skeleton else None
        if family not in self._proven:
            whole = _whole(order, tools)
            if filled != whole:
                self._give_up(sort, "a mail from a skeleton was not the one that its templates make")
                return whole
            if whole is not None:
                self._note_proven(family)
        before = cohort.size
        cohort.keep(author, noted, skeleton)
        self._make_room(cohort.size - before)
        return filled

    def _meet(self, sort: Hashable, revision: Revision) -> None:
        """Note of a sort of mail that is new whether its reader's city matters, and whether it can be marked."""
        self._in_city[sort] = asks_city(revision.campaign)
        try:
            refuse_signs(revision)
        except MarkError as error:
            self._give_up(sort, str(error))

    def _note_proven(self, family: Hashable) -> None:
        """Remember that a family's mails were compared; when there are too many, they are compared anew."""
        if len(self._proven) == _MOST_FAMILIES:
            self._proven.clear()
        self._proven.add(family)

    def _begin(self, key: Hashable) -> _Cohort:
        """Begin a cohort."""
        self._cohorts[key] = _Cohort(self._asked)
        self._make_room(_SEEN)
        return self._cohorts[key]

    def _make_room(self, added: int) -> None:
        """Forget the cohorts that were not asked for longest, until there is room for what was added."""
        self._taken += added
        while self._taken > self._room and len(self._cohorts) > 1:
            oldest = min(self._cohorts, key=lambda key: self._cohorts[key].asked_at)
            self._taken -= self._cohorts.pop(oldest).size

    def _give_up(self, sort: Hashable, reason: str) -> None:
        """Compose a sort of mail letter by letter from now on."""
        self._unmarkable.add(sort)
        self._tell(reason)


def _sort(order: Order, tools: Tools, edition: Hashable) -> Hashable:
    """Return which sort of mail it is: of which mailing and edition, in reply to what, with which key."""
    campaign = order.revision.campaign
    return campaign.id, edition, order.mailing.id, order.run, order.alert_at is None, tools.key.id


def _brings_letter(order: Order, tools: Tools) -> bool:
    """Tell whether the reader gets their letters as files too: nothing of those is shared."""
    return tools.attacher is not None and likes_paper(order.supporter.person.best_way)


def _whole(order: Order, tools: Tools) -> Envelope | None:
    """Return the letter as it is composed by itself."""
    composed = compose(order, tools)
    return composed.envelope if composed else None
