"""What does a mail that came do? Bars, counts, obeys and reports, in a transaction that is open already.

Law: each effect is unique by what it says, and its row is written first: the same mail again changes nothing. A
supporter's own row is held before anything of theirs is judged.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatchmethod
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from mailer.adapters.store import actions, leaving
from mailer.adapters.store.dialect import insert_one
from mailer.adapters.store.holding import holds
from mailer.adapters.store.obeying import Ordered, obey
from mailer.adapters.store.replying import queue_reply
from mailer.adapters.store.returns import history_of
from mailer.adapters.store.tables import official_answers, reports, returned, supporters
from mailer.adapters.vault import Vault
from mailer.core.bounce_rules import History, rule_for
from mailer.core.counting import ReportKind
from mailer.core.incoming import Answer, CameBack, Copied, DeadChannels, Instruction
from mailer.core.mail_commands import Command
from mailer.core.replies import Reply
from mailer.core.supporters import PUBLIC_ID_BYTES, Consent, PublicId, SuppressionReason

_OF_A_CASE = (Command.SENT, Command.NOT_THIS_CASE)
_LONGEST_SUBJECT = 500


class SealedAnswer(msgspec.Struct, frozen=True):
    """What of an official's answer is sealed."""

    sender: str
    subject: str


@dataclass(frozen=True, slots=True)
class Effects:
    """What effects need beside the transaction: keys, the moment, and whether answers are only rehearsed."""

    vault: Vault
    rehearsal: bool
    now: datetime

    @singledispatchmethod
    def apply(self, effect: object, connection: Connection) -> None:
        """Do what follows from a mail; nothing does from most.

        Raises:
            NotFoundError: the supporter or campaign is gone.
        """

    @apply.register
    def _came_back(self, effect: CameBack, connection: Connection) -> None:
        """Note that a mail came back, and bar its reader if that is enough."""
        whose = select(supporters.c.id).where(supporters.c.id == effect.supporter_id)
        if connection.scalar(whose.with_for_update()) is None:
            return
        back = effect.returned
        row: dict[str, Any] = {"supporter_id": effect.supporter_id, "mailing": back.mailing, "kind": back.kind.value}
        row |= {"counts": back.counts, "status": back.status, "at": back.sent_at}
        insert_one(connection, returned, row)
        history = history_of(connection, effect.supporter_id) if back.counts else History()
        reason = rule_for(back, history).bars
        if reason is SuppressionReason.BOUNCED and holds(connection, back, self.now):
            return
        if reason is not None:
            leaving.bar_reader(connection, effect.supporter_id, reason, self.now)

    @apply.register
    def _copied(self, effect: Copied, connection: Connection) -> None:
        """Count copies of letters."""
        whom = supporters.c.public_id == effect.public_id
        for letter in effect.letters:
            actions.note_copy(connection, letter.campaign_id, whom, letter.target, self.now)

    @apply.register
    def _instructed(self, effect: Instruction, connection: Connection) -> None:
        """Do what a supporter asked for, and answer it."""
        whose = select(supporters.c.id).where(supporters.c.public_id == effect.public_id)
        supporter_id = connection.scalar(whose)
        if supporter_id is None:
            return
        if effect.command is not None:
            ordered = Ordered(effect.command, supporter_id, effect.campaign_id, effect.target, effect.zone)
            obey(connection, self.vault, ordered, self.now)
        if effect.is_answered:
            case = (effect.campaign_id, effect.revision) if effect.command in _OF_A_CASE else ("", 0)
            queue_reply(connection, supporter_id, Reply(effect.command, *case), rehearsal=self.rehearsal, now=self.now)

    @apply.register
    def _answered(self, effect: Answer, connection: Connection) -> None:
        """Keep that an official answered; two copies of one mail are one."""
        told = f"{effect.message_id}\0{effect.sender}\0{effect.subject if not effect.message_id else ''}"
        key = hmac.digest(self.vault.ring.address_key, b"answer\0" + told.encode("utf-8", "replace"), "sha256")[:16]
        content = msgspec.json.encode(SealedAnswer(effect.sender, effect.subject[:_LONGEST_SUBJECT]))
        key_id, sealed = self.vault.seal(official_answers.name, PublicId(key[:PUBLIC_ID_BYTES]), content)
        row: dict[str, Any] = {"hash": key, "campaign_id": effect.letter.campaign_id, "target": effect.letter.target}
        insert_one(connection, official_answers, row | {"at": self.now, "key_id": key_id, "sealed": sealed})

    @apply.register
    def _died(self, effect: DeadChannels, connection: Connection) -> None:
        """Note that letters to these targets come back from one address."""
        whom = supporters.c.public_id == effect.public_id
        for letter in effect.letters:
            supporter = actions.hold(connection, letter.campaign_id, whom)
            if supporter.consent == Consent.CONFIRMED:
                row = {"campaign_id": letter.campaign_id, "supporter_id": supporter.id, "target": letter.target}
                row |= {"kind": ReportKind.RETURNED.value, "value": effect.value, "at": self.now}
                insert_one(connection, reports, row)
