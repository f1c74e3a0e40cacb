"""Which tables and columns are there? The schema, and why each clear column may be clear.

Law: nothing in a clear column tells who somebody is. Addresses are keyed hashes, the rest is sealed.
Moments are UTC microseconds since 1970 as integers, alike on every database.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from mailer.adapters.store.answer_tables import acted, action_counts, declined, reports, retired, signups
from mailer.adapters.store.columns import Id, Moment, metadata
from mailer.adapters.store.mail_tables import copies, held_returns, incoming, official_answers, returned

__all__ = [
    "Moment",
    "acted",
    "action_counts",
    "copies",
    "declined",
    "held_returns",
    "incoming",
    "metadata",
    "official_answers",
    "reports",
    "retired",
    "returned",
    "signups",
]

meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("text", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    UniqueConstraint("text", "day", "source", "sha256"),
)

supporters = Table(
    "supporters",
    metadata,
    Column("id", Id, primary_key=True),
    Column("public_id", LargeBinary(8), nullable=False, unique=True),
    Column("consent", String(12), nullable=False),
    Column("country", String(2), nullable=False),
    Column("language", String(12), nullable=False),
    Column("timezone", String(40), nullable=False),
    Column("provider_group", String(12), nullable=False),
    Column("address_hash", LargeBinary(32), nullable=False, unique=True),
    Column("seed", Integer, nullable=False),
    Column("joined_on", Date, nullable=False),
    Column("paused_until", Moment),
    Column("max_per_week", Integer),
    Column("consent_id", ForeignKey("consents.id")),
    Column("key_id", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_autoincrement=True,  # a row's id is never used again: tokens and deliveries stay with one person
)

# Who came into an audience behind the cursors of open alerts: confirmed, moved, or tagged anew.
newcomers = Table(
    "newcomers",
    metadata,
    Column("supporter_id", ForeignKey("supporters.id", ondelete="CASCADE"), primary_key=True),
)

supporter_tags = Table(
    "supporter_tags",
    metadata,
    Column("supporter_id", ForeignKey("supporters.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_hash", LargeBinary(16), primary_key=True, index=True),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("address_hash", LargeBinary(32), primary_key=True),
    Column("reason", String(12), nullable=False),
    Column("since", Moment, nullable=False),
)

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("status", String(12), nullable=False),
    Column("file_status", String(12), nullable=False),
    Column("resend_uncertain", Boolean, nullable=False, server_default=text("true")),
    Column("pace_per_hour", Integer),
    Column("max_per_week", Integer),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("approvals", Integer, nullable=False, server_default=text("0")),
    Column("rehearsal", Boolean, nullable=False, server_default=text("true")),
    Column("launched_at", Moment),
    Column("hold_until", Moment),
    Column("real_launched_at", Moment),
    Column("closed_at", Moment),
    Column("reason", Text, nullable=False, server_default=""),
)

# Test mails: rehearsals of a campaign that need not be published yet, so there is no foreign key.
trials = Table(
    "trials",
    metadata,
    Column("campaign_id", String(64), primary_key=True),
    Column("last_at", Moment, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# A slot of the calendar: planned once because (campaign, mailing, run) is unique. Run 0 is the real
# mailing; a rehearsal has the number of its approval.
mailings = Table(
    "mailings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False),
    Column("mailing_id", String(80), nullable=False),
    Column("run", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("priority", Integer, nullable=False, server_default=text("1")),
    Column("due", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("cursor", BigInteger, nullable=False, server_default=text("0")),
    Column("planned", Boolean, nullable=False, server_default=text("false")),
    Column("paused", Boolean, nullable=False, server_default=text("false")),
    Column("reason", Text, nullable=False, server_default=""),
    UniqueConstraint("campaign_id", "mailing_id", "run"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("mailing", ForeignKey("mailings.id"), nullable=False),
    Column("supporter_id", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("rehearsal", Boolean, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("deadline", Moment),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("recoveries", Integer, nullable=False, server_default=text("0")),
    Column("resent", Boolean, nullable=False, server_default=text("false")),
    Column("worker", String(80), nullable=False, server_default=""),
    Column("claim", String(32), nullable=False, server_default=""),
    Column("lease_until", Moment),  # while a sender holds it: claimed, or sending
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("composed_at", Moment),
    Column("key_id", Integer),
    Column("sent_at", Moment),
    Column("reply", Text, nullable=False, server_default=""),
    Column("replied_at", Moment),
    Column("suppress", String(12), nullable=False, server_default=""),
    UniqueConstraint("mailing", "supporter_id"),
)

# Senders that live, or did: `beats` grows as long as one works.
workers = Table(
    "workers",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("beats", BigInteger, nullable=False, server_default=text("0")),
    Column("since", Moment, nullable=False),
)

# How fast may letters leave? One row for each relay, provider group of a relay, and campaign with a pace.
buckets = Table(
    "buckets",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("tokens", Float, nullable=False),
    Column("filled_at", Moment, nullable=False),
    Column("per_hour", Float),
    Column("closed_until", Moment),
    Column("closings", Integer, nullable=False, server_default=text("0")),
    Column("day", Date),
    Column("days", Integer, nullable=False, server_default=text("0")),
    Column("used_today", Integer, nullable=False, server_default=text("0")),
)
