"""What do keys, campaigns and database know of a mail that came? Gathered for the one decision, and nothing changed.

Law: what is not proven is no clue, but for two things that are told apart from proof: a supporter's own address as
the sender, which anybody can write, and a target's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from mailer.core.automatic import calls_itself_automatic, is_automatic, is_unattended
from mailer.core.bounce_rules import Returned
from mailer.core.bounces import Bounced, Classified, ReturnKind
from mailer.core.dead_targets import dead_addresses
from mailer.core.docket import Docket
from mailer.core.forwarded import forwarded_mails
from mailer.core.incoming import Answer, CameBack, Clues, Copied, DeadChannels, Instruction
from mailer.core.mail_addresses import addresses_in
from mailer.core.mail_commands import Command, Words, command_in, leaving_token
from mailer.core.own_mails import (
    Reader,
    Sent,
    envelope_senders,
    is_shaped_like_ours,
    named_among,
    owner_of,
    reader_of_returned,
    tags_in,
)
from mailer.core.received import Received
from mailer.core.replies import read_reply_id
from mailer.core.signups import SERVICE
from mailer.core.supporters import PublicId, SupporterId
from mailer.core.tokens import Purpose, verify
from mailer.errors import LinkError

MOST_READERS = 5  # addresses of one returned mail that are looked up
Classify = Callable[[Received], Classified]


class Readers(Protocol):
    """Where is read whom we wrote to, and what."""

    def by_address(self, address: str) -> Reader | None:
        """Return the supporter with an address, whatever their consent; None if it is nobody's, or no address."""

    def by_public_id(self, public_id: PublicId) -> Reader | None:
        """Return the supporter with this id in their links; None if there is nobody (any more)."""

    def mails_to(self, supporter_id: SupporterId) -> Sequence[Sent]:
        """Return the mails that left to somebody, or may have, rehearsals apart; the newest first."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What clues are found with; `words` are the commands of all languages."""

    readers: Readers
    token_keys: Mapping[int, bytes]
    words: Words
    classify: Classify


class Gathering:
    """What is known of one mail."""

    def __init__(self, received: Received, docket: Docket, tools: Tools) -> None:
        self._mail = received
        self._docket = docket
        self._tools = tools

    def clues(self) -> Clues:
        """Return all of it."""
        mail = self._mail
        return Clues(
            classified=self._classified,
            is_ours=mail.sender.lower() in self._docket.senders and is_shaped_like_ours(mail.message_id),
            is_automatic=is_automatic(mail),
            is_nameless=not (mail.sender or calls_itself_automatic(mail)),
            is_at_return_address=self._return_owner is not None,
            came_back=self._came_back(),
            copied=self._copied(),
            instruction=self._instruction(),
            answer=self._answer(),
            dead=self._dead(),
        )

    @cached_property
    def _classified(self) -> Classified:
        return self._tools.classify(self._mail)

    @cached_property
    def _tags(self) -> tuple[str, ...]:
        return tags_in(self._mail.delivered_to)

    @cached_property
    def _return_owner(self) -> tuple[str, PublicId] | None:
        """Of which campaign, and whose, the signed envelope address is that the mail came to."""
        return owner_of(self._tags, Purpose.BOUNCE, self._docket.scopes, self._tools.token_keys)

    @cached_property
    def _writer(self) -> Reader | None:
        """The confirmed supporter whose address stands in From; that proves nothing."""
        reader = self._tools.readers.by_address(self._mail.sender) if self._mail.sender else None
        return reader if reader and reader.is_confirmed else None

    # --- returned mails ---

    def _came_back(self) -> CameBack | None:
        """Return which mail of ours came back, if that is proven."""
        if self._classified.kind in (ReturnKind.AUTOREPLY, ReturnKind.NOT_A_BOUNCE):
            return None
        found = next(self._origins(), None)
        if found is None:
            return None
        reader, sent = found
        said = self._said_of(reader)
        if said.kind in (ReturnKind.AUTOREPLY, ReturnKind.NOT_A_BOUNCE):
            return None
        at_theirs = self._return_owner is not None and self._return_owner[1] == reader.public_id
        back = Returned(
            campaign_id=sent.campaign_id,
            mailing=sent.mailing,
            sent_at=sent.at,
            kind=said.kind,
            status=said.status,
            evidence=self._classified.evidence,
            by_address=at_theirs and self._is_about(reader),
        )
        return CameBack(reader.id, back)

    def _is_about(self, reader: Reader) -> bool:
        """Tell whether what came back names a reader's own address, or none: they may pass mails on to another one."""
        named = [each.recipient for each in self._classified.recipients[:MOST_READERS]]
        return not named or any(self._tools.readers.by_address(address) == reader for address in named)

    def _origins(self) -> Iterator[tuple[Reader, Sent]]:
        """Yield who the returned mail was for, and which it was, the best proof first."""
        keys, inner = self._tools.token_keys, tags_in(envelope_senders(self._mail))
        for owner in (self._return_owner, owner_of(inner, Purpose.BOUNCE, self._docket.scopes, keys)):
            if owner is not None:
                yield from self._mails_of(self._tools.readers.by_public_id(owner[1]), owner[0])
        leaving = reader_of_returned(self._mail, keys)
        if leaving is not None:
            yield from self._mails_of(self._tools.readers.by_public_id(leaving), "")
        for address in list(dict.fromkeys(each.recipient for each in self._classified.recipients))[:MOST_READERS]:
            yield from self._named_mail_of(self._tools.readers.by_address(address))

    def _mails_of(self, reader: Reader | None, campaign_id: str) -> Iterator[tuple[Reader, Sent]]:
        """Yield the mail to somebody that is named, else the last one; of one campaign, or of any."""
        if reader is None:
            return
        mails = self._tools.readers.mails_to(reader.id)
        mails = [mail for mail in mails if mail.campaign_id == campaign_id or not campaign_id]
        sent = named_among(self._returned_ids, mails, reader.public_id) or next(iter(mails), None)
        if sent is not None:
            yield reader, sent

    def _named_mail_of(self, reader: Reader | None) -> Iterator[tuple[Reader, Sent]]:
        """Yield the mail to somebody whose Message-ID came back; nobody else knows it."""
        if reader is not None and self._returned_ids:
            sent = named_among(self._returned_ids, self._tools.readers.mails_to(reader.id), reader.public_id)
            if sent is not None:
                yield reader, sent

    @cached_property
    def _returned_ids(self) -> tuple[str, ...]:
        return (*self._classified.message_ids, *self._mail.references)

    def _said_of(self, reader: Reader) -> Bounced:
        """Return what is said of one reader; where several are named, of their own address, else that it is for now."""
        classified, recipients = self._classified, self._classified.recipients
        if classified.kind is ReturnKind.COMPLAINT or not recipients:
            return Bounced("", classified.kind)
        if len({(each.kind, each.status) for each in recipients}) == 1:
            return recipients[0]
        own = (each for each in recipients[:MOST_READERS] if self._tools.readers.by_address(each.recipient) == reader)
        return next(own, Bounced("", ReturnKind.SOFT))

    # --- what people send ---

    def _copied(self) -> Copied | None:
        """Return whose letters this is a copy of, and to which targets."""
        if is_unattended(self._mail):
            return None
        keys, docket = self._tools.token_keys, self._docket
        owner = owner_of(self._tags, Purpose.COPY, docket.copy_scopes, keys)
        if owner is not None:
            return Copied(owner[1], docket.counting([docket.copy_scopes[owner[0]]]))
        if self._writer is None or not self._is_blind_copy():
            return None
        letters = docket.offices.written_to(self._mail.delivered_to, self._mail.subject)
        return Copied(self._writer.public_id, docket.counting(letters)) if letters else None

    def _is_blind_copy(self) -> bool:
        """Tell whether it came to a plain address for copies that nobody was shown; who names it writes to people."""
        mail, plain = self._mail, self._docket.plain_copies
        shown = (value for name in ("to", "cc") for value in mail.fields.get(name, ()))
        openly = {address.lower() for value in shown for address in addresses_in(value)}
        return not plain.isdisjoint(map(str.lower, mail.delivered_to)) and plain.isdisjoint(openly)

    def _instruction(self) -> Instruction | None:
        """Return what a supporter wants; without proof, that they ask how it is done."""
        alone, mail = is_automatic(self._mail), self._mail
        with suppress(LinkError):
            left = verify(leaving_token(mail.subject), Purpose.UNSUBSCRIBE, "", self._tools.token_keys)
            return Instruction(left, Command.STOP, zone=self._docket.zone, is_answered=not alone)
        command = None if alone else command_in(mail, self._docket.words)
        if command is None:
            return None
        proven = self._answered_mail()
        if proven is None:
            return Instruction(self._writer.public_id, None) if self._writer else None
        return self._ordered(command, *proven)

    def _ordered(self, command: Command, public_id: PublicId, campaign_id: str) -> Instruction | None:
        """Return what a proven command does; None where it is about a campaign, and of none that goes on."""
        docket = self._docket
        if command in (Command.STOP, Command.PAUSE):
            return Instruction(public_id, command, zone=docket.zone)
        if not docket.revision(campaign_id) or (command is Command.SENT and not docket.takes_answers(campaign_id)):
            return None
        target = docket.only_target(campaign_id)
        return Instruction(public_id, command, campaign_id, target, docket.zone, docket.revision(campaign_id))

    def _answered_mail(self) -> tuple[PublicId, str] | None:
        """Return whose mail of ours this answers, and of which campaign (perhaps none); None without proof."""
        reader = self._tools.readers.by_address(self._mail.sender) if self._mail.sender else None
        if reader is not None and self._mail.references:
            sent = named_among(self._mail.references, self._tools.readers.mails_to(reader.id), reader.public_id)
            if sent is not None:
                return reader.public_id, _campaign_of(sent)
        if self._return_owner is not None:
            return self._return_owner[1], self._return_owner[0]
        return None

    def _answer(self) -> Answer | None:
        """Return whose answer this is, if an office sent it that is no supporter's."""
        mail = self._mail
        office = self._docket.offices.answering(mail.sender, mail.subject) if mail.sender else None
        if office is None or self._writer is not None or is_unattended(mail):
            return None
        return Answer(office.letter, mail.sender, mail.subject, mail.message_id)

    def _dead(self) -> DeadChannels | None:
        """Return which target's address a supporter's forwarded report says does not exist."""
        if self._writer is None or self._return_owner is not None or is_automatic(self._mail):
            return None
        reports = (self._tools.classify(mail) for mail in forwarded_mails(self._mail))
        for address in dead_addresses((self._classified, *reports)):
            letters = self._docket.offices.having(address)
            if letters:
                return DeadChannels(self._writer.public_id, address, letters)
        return None


def _campaign_of(sent: Sent) -> str:
    """Return the campaign that a mail is about; an answer of ours tells it in its name."""
    if sent.campaign_id != SERVICE:
        return sent.campaign_id
    reply = read_reply_id(sent.mailing_id)
    return reply.campaign_id if reply else ""
