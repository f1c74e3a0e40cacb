"""How does a sender compose thousands of letters a second? One skeleton for each cohort, filled for each supporter.

Law: what is filled is, octet for octet, what `compose` makes: the first filled letter of each family (a cohort in one
sort of mail, at whatever moment) is composed too, and compared. Whatever cannot be marked is composed letter by letter.
Readers with usual names, who are most, are served by `usual`, without an order and without being made authors first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from mailer.core.attachments import likes_paper
from mailer.core.authors import Author, author_of
from mailer.core.campaigns import ASKED_FOR
from mailer.core.cohorts import asks_city, cohort_of, fits_marks
from mailer.core.marked_authors import Choice
from mailer.core.revisions import Revision
from mailer.core.supporters import Supporter
from mailer.core.usual_texts import usual_room
from mailer.errors import MailerError, MarkError
from mailer.flows.compose import Order, Tools, compose
from mailer.flows.relaying import Envelope
from mailer.flows.skeleton import Skeleton, make_skeleton, refuse_signs
from mailer.flows.workbench import Signer

ROOM: Final = 40_000_000  # octets that all skeletons may take, about
_MOST_FAMILIES: Final = 20_000
_MOST_IN_COHORT: Final = 32  # each way of choosing has a skeleton of its own
_MOST_SEEN: Final = 1000
_MOST_MOMENTS: Final = 500
_SEEN: Final = 1000  # what a cohort takes that has no skeleton yet
Compose = Callable[[Order, Tools], Envelope | None]


@dataclass(slots=True, eq=False)
class Sort:
    """What is known of a sort of mail: whether its reader's city matters, and whether it can be marked."""

    in_city: bool
    is_markable: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """Mails of a sort that are of one moment: what they are made of depends on their reader alone."""

    sort: Sort
    now: datetime


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
        chosen = self.chosen(author)
        return chosen in self.skeletons, self.skeletons.get(chosen)

    def is_new(self, author: Author) -> bool:
        """Tell whether nobody chose so before: what may never come again is not worth a skeleton."""
        chosen = self.chosen(author)
        if chosen in self.seen:
            return False
        if len(self.seen) == _MOST_SEEN:
            self.seen.clear()
        self.seen.add(chosen)
        return True

    def chosen(self, author: Author) -> tuple[int, ...]:
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
        self.skeletons[self.chosen(author)] = skeleton


class Skeletons:
    """The skeletons of one sender; `tell` is told, once, why a sort of mail is composed letter by letter."""

    def __init__(self, tell: Callable[[str], None] = lambda _: None, room: int = ROOM) -> None:
        self._tell = tell
        self._room = room
        self._taken = 0
        self._cohorts: dict[tuple[Moment, Hashable], _Cohort] = {}
        self._asked = 0
        self._sorts: dict[Hashable, Sort] = {}
        self._moments: dict[Hashable, Moment] = {}
        self._proven: set[Hashable] = set()

    def moment(self, order: Order, tools: Tools, edition: Hashable = None) -> Moment:
        """Return what is kept of the mails that are of one sort and one moment with this one."""
        what = _sort(order, tools, edition)
        if what not in self._sorts:
            self._meet(what, order.revision)
        key = what, order.now, order.ends_at, order.out_of_use
        if key not in self._moments:
            if len(self._moments) == _MOST_MOMENTS:
                del self._moments[next(iter(self._moments))]
            self._moments[key] = Moment(self._sorts[what], order.now)
        return self._moments[key]

    def usual(
        self, moment: Moment, supporter: Supporter, retirements: int = 0, signer: Signer | None = None
    ) -> Envelope | None:
        """Return the letter of a usual reader of a cohort that is known, None if it has to be made in another way.

        That is for readers whose mails are made of skeletons: it is not asked for whom they are none.
        """
        room, sort = usual_room(supporter.person), moment.sort
        if room is None or not sort.is_markable:
            return None
        cohort = self._cohorts.get((moment, cohort_of(supporter, room, in_city=sort.in_city)))
        if cohort is None:
            return None
        chosen = cohort.chosen(Author(seed=supporter.seed)) if cohort.choices else ()
        skeleton = cohort.skeletons.get(chosen)
        if skeleton is None or skeleton.usual is None:
            return None
        self._note_asked(cohort)
        return skeleton.usual.letter(supporter, moment.now, retirements, signer)

    def envelope(self, order: Order, tools: Tools, edition: Hashable = None) -> Envelope | None:
        """Return the letter that `compose` would make, or None if nothing in it could still be done.

        The `edition` names the revisions that it is made of.
        """
        if order.mailing.kind in ASKED_FOR or order.acted or order.test or _brings_letter(order, tools):
            return _whole(order, tools)
        moment = self.moment(order, tools, edition)
        usual = self.usual(moment, order.supporter, order.retirements, tools.signer)
        if usual is not None:
            return usual
        author = author_of(order.supporter)
        if not (moment.sort.is_markable and fits_marks(author)):
            return _whole(order, tools)
        return self._fill(order, tools, author, moment)

    def _fill(self, order: Order, tools: Tools, author: Author, moment: Moment) -> Envelope | None:
        """Return the letter from the skeleton of its cohort; the first of a new family is composed by itself."""
        key = moment, cohort_of(order.supporter, author.room, in_city=moment.sort.in_city)
        cohort = self._cohorts.get(key)
        if cohort is None:
            cohort = self._begin(key)
        self._note_asked(cohort)
        is_known, skeleton = cohort.find(author)
        if is_known:
            return skeleton.fill(order, tools, author) if skeleton else None
        if cohort.is_new(author):
            return _whole(order, tools)
        return self._make(order, tools, author, (moment.sort, key[1], cohort))

    def _note_asked(self, cohort: _Cohort) -> None:
        """Note that a cohort was asked for last."""
        self._asked += 1
        cohort.asked_at = self._asked

    def _make(
        self, order: Order, tools: Tools, author: Author, place: tuple[Sort, Hashable, _Cohort]
    ) -> Envelope | None:
        """Return the first letter of a skeleton, compared with the composed one if it is the first of its family."""
        sort, members, cohort = place
        family = sort, members
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

    def _meet(self, what: Hashable, revision: Revision) -> None:
        """Note of a sort of mail that is new whether its reader's city matters, and whether it can be marked."""
        sort = self._sorts[what] = Sort(asks_city(revision.campaign))
        try:
            refuse_signs(revision)
        except MarkError as error:
            self._give_up(sort, str(error))

    def _note_proven(self, family: Hashable) -> None:
        """Remember that a family's mails were compared; when there are too many, they are compared anew."""
        if len(self._proven) == _MOST_FAMILIES:
            self._proven.clear()
        self._proven.add(family)

    def _begin(self, key: tuple[Moment, Hashable]) -> _Cohort:
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

    def _give_up(self, sort: Sort, reason: str) -> None:
        """Compose a sort of mail letter by letter from now on."""
        sort.is_markable = False
        self._tell(reason)


def _sort(order: Order, tools: Tools, edition: Hashable) -> Hashable:
    """Return which sort of mail it is: of which mailing and edition, in reply to what, with which key."""
    campaign = order.revision.campaign
    made_with = tools.key.id, tools.attacher is None
    return campaign.id, edition, order.mailing.id, order.run, order.alert_at is None, made_with


def _brings_letter(order: Order, tools: Tools) -> bool:
    """Tell whether the reader gets their letters as files too: nothing of those is shared."""
    return tools.attacher is not None and likes_paper(order.supporter.person.best_way)


def _whole(order: Order, tools: Tools) -> Envelope | None:
    """Return the letter as it is composed by itself."""
    composed = compose(order, tools)
    return composed.envelope if composed else None
