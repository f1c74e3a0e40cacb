"""Where is kept what supporters tell us? Sign-ups, actions, reports, and what is counted of them.

Law: an answer goes with its supporter; a count names nobody. What was typed into a form is sealed.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, LargeBinary, String, Table, Text

from mailer.adapters.store.columns import Id, Moment, metadata

acted = Table(
    "acted",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    Column("supporter_id", ForeignKey("supporters.id", ondelete="CASCADE"), primary_key=True),
    Column("target", String(64), primary_key=True),
    Column("source", String(12), nullable=False),
    Column("at", Moment, nullable=False),
)

declined = Table(
    "declined",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    Column("supporter_id", ForeignKey("supporters.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Moment, nullable=False),
)

# What supporters say of a target's channel: that it is dead, or that they could not get through.
reports = Table(
    "reports",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    Column("supporter_id", ForeignKey("supporters.id", ondelete="CASCADE"), primary_key=True),
    Column("target", String(64), primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

# What remains of actions once nobody's are kept: how many, of a target, from a country, on a day.
action_counts = Table(
    "action_counts",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    Column("target", String(64), primary_key=True),
    Column("country", String(2), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("count", Integer, nullable=False),
)

# Officials who asked to be left alone: addresses and numbers that no campaign uses any more.
retired = Table(
    "retired",
    metadata,
    Column("value", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# Sign-ups that wait: first for the mail that asks to confirm (`mailing`), then for the answer. The token of the mail
# stands here as a hash only; what was typed into the form is sealed.
signups = Table(
    "signups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("address_hash", LargeBinary(32), nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
    Column("supporter_id", ForeignKey("supporters.id", ondelete="CASCADE"), index=True),
    Column("mailing", ForeignKey("mailings.id"), index=True),
    Column("key_id", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
