"""Where is kept what came to the mailbox? One row for each mail, and what it proved, without a word of it.

Law: no address and no text. What belongs to a supporter goes with them; an official's answer is sealed.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from mailer.adapters.store.columns import Id, Moment, metadata

# One row for each mail that was looked at: never looked at twice, moved as often as it takes.
incoming = Table(
    "incoming",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", Text, nullable=False),
    Column("identifier", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("matter", String(16), nullable=False),
    Column("place", String(12), nullable=False),
    UniqueConstraint("source", "identifier"),
    Index("ix_incoming_place", "place", "at"),
)

# Mails of ours that came back, once for each way in which they did; `at` is when the mail was sent. `counts` tells
# whether it may bar its reader: words, and what is about us, may not.
returned = Table(
    "returned",
    metadata,
    Column("supporter_id", ForeignKey("supporters.id", ondelete="CASCADE"), primary_key=True),
    Column("mailing", ForeignKey("mailings.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("kind", String(12), primary_key=True),
    Column("counts", Boolean, primary_key=True),
    Column("status", String(12), nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

# Mailings of which so many mails came back that nobody is barred for it until a person has judged; `verdict` is empty
# until then.
held_returns = Table(
    "held_returns",
    metadata,
    Column("mailing", ForeignKey("mailings.id", ondelete="CASCADE"), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("verdict", String(8), nullable=False, server_default=""),
)

# Copies of letters that arrived: what was counted is not counted again.
copies = Table(
    "copies",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    Column("supporter_id", ForeignKey("supporters.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("target", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)

# Officials' answers: who wrote, and under which subject, is sealed; the keyed hash tells two copies of one apart.
official_answers = Table(
    "official_answers",
    metadata,
    Column("hash", LargeBinary(16), primary_key=True),
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("target", String(64), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("key_id", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
