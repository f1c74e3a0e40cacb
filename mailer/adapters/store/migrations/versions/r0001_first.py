"""What does the first schema hold? Supporters, campaigns, outbox. Moments are UTC microseconds since 1970."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make these tables."""
    _make_statements()
    _make_supporters()
    _make_tags()
    _make_campaigns()
    _make_mailings()
    _make_deliveries()
    _index_queue()
    _index_counts()
    _make_rates()


def _make_statements() -> None:
    """What was agreed, what is barred, and what the installation remembers."""
    op.create_table(
        "meta",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )
    op.create_table(
        "consents",
        sa.Column("id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
        sa.UniqueConstraint("text", "day", "source", "sha256", name="uq_consents_text_day_source_sha256"),
    )
    op.create_table(
        "suppressions",
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name="pk_suppressions"),
    )


def _make_supporters() -> None:
    """The supporters: clear columns and the sealed rest."""
    op.create_table(
        "supporters",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.LargeBinary(length=8), nullable=False),
        sa.Column("consent", sa.String(length=12), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("provider_group", sa.String(length=12), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("paused_until", sa.BigInteger()),
        sa.Column("max_per_week", sa.Integer()),
        sa.Column("consent_id", ID),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consents.id"], name="fk_supporters_consent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_supporters"),
        sa.UniqueConstraint("address_hash", name="uq_supporters_address_hash"),
        sa.UniqueConstraint("public_id", name="uq_supporters_public_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "newcomers",
        sa.Column("supporter_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["supporter_id"], ["supporters.id"], name="fk_newcomers_supporter_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("supporter_id", name="pk_newcomers"),
    )


def _make_tags() -> None:
    """The keyed hashes of their tags."""
    op.create_table(
        "supporter_tags",
        sa.Column("supporter_id", ID, nullable=False),
        sa.Column("tag_hash", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["supporter_id"], ["supporters.id"], name="fk_supporter_tags_supporter_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("supporter_id", "tag_hash", name="pk_supporter_tags"),
    )
    op.create_index("ix_supporter_tags_tag_hash", "supporter_tags", ["tag_hash"], unique=False)


def _make_campaigns() -> None:
    """What is published."""
    op.create_table(
        "campaigns",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("file_status", sa.String(length=12), nullable=False),
        sa.Column("resend_uncertain", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("pace_per_hour", sa.Integer()),
        sa.Column("max_per_week", sa.Integer()),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("approvals", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("launched_at", sa.BigInteger()),
        sa.Column("hold_until", sa.BigInteger()),
        sa.Column("real_launched_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
    )
    op.create_table(
        "trials",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name="pk_trials"),
    )
    op.create_table(
        "revisions",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_revisions_campaign_id"),
        sa.PrimaryKeyConstraint("campaign_id", "number", name="pk_revisions"),
    )


def _make_mailings() -> None:
    """The slots."""
    op.create_table(
        "mailings",
        sa.Column("id", ID, nullable=False),
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("mailing_id", sa.String(length=80), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("priority", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("planned", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_mailings_campaign_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mailings"),
        sa.UniqueConstraint("campaign_id", "mailing_id", "run", name="uq_mailings_campaign_id_mailing_id_run"),
    )


def _make_deliveries() -> None:
    """The queue of deliveries."""
    op.create_table(
        "deliveries",
        sa.Column("id", ID, nullable=False),
        sa.Column("mailing", ID, nullable=False),
        sa.Column("supporter_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("deadline", sa.BigInteger()),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("recoveries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("resent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("worker", sa.String(length=80), server_default="", nullable=False),
        sa.Column("claim", sa.String(length=32), server_default="", nullable=False),
        sa.Column("lease_until", sa.BigInteger()),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("composed_at", sa.BigInteger()),
        sa.Column("key_id", sa.Integer()),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.Column("replied_at", sa.BigInteger()),
        sa.Column("suppress", sa.String(length=12), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["mailing"], ["mailings.id"], name="fk_deliveries_mailing"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("mailing", "supporter_id", name="uq_deliveries_mailing_supporter_id"),
    )


def _index_queue() -> None:
    """The queue's indexes by who has a letter: what a claim, a recovery and a count read."""
    op.create_index(
        "ix_deliveries_claim",
        "deliveries",
        ["mailing", "not_before", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'deferred')"),
        postgresql_where=sa.text("state IN ('queued', 'deferred')"),
    )
    op.create_index(
        "ix_deliveries_held",
        "deliveries",
        ["worker"],
        unique=False,
        sqlite_where=sa.text("lease_until IS NOT NULL"),
        postgresql_where=sa.text("lease_until IS NOT NULL"),
    )
    op.create_index(
        "ix_deliveries_mailing_state",
        "deliveries",
        ["mailing", "state", "lease_until"],
        unique=False,
        sqlite_where=sa.text("lease_until IS NULL"),
        postgresql_where=sa.text("lease_until IS NULL"),
    )
    op.create_index(
        "ix_deliveries_suspects",
        "deliveries",
        ["not_before", "id"],
        unique=False,
        sqlite_where=sa.text("recoveries > 0 AND state IN ('queued', 'deferred')"),
        postgresql_where=sa.text("recoveries > 0 AND state IN ('queued', 'deferred')"),
    )


def _index_counts() -> None:
    """The queue's indexes for people: what is told of mailings and of supporters."""
    op.create_index(
        "ix_deliveries_doubtful",
        "deliveries",
        ["mailing"],
        unique=False,
        sqlite_where=sa.text("resent OR state = 'uncertain'"),
        postgresql_where=sa.text("resent OR state = 'uncertain'"),
    )
    op.create_index(
        "ix_deliveries_pending",
        "deliveries",
        ["mailing"],
        unique=False,
        sqlite_where=sa.text("suppress <> ''"),
        postgresql_where=sa.text("suppress <> ''"),
    )
    op.create_index(
        "ix_deliveries_replied",
        "deliveries",
        ["mailing", "replied_at"],
        unique=False,
        sqlite_where=sa.text("reply <> ''"),
        postgresql_where=sa.text("reply <> ''"),
    )
    op.create_index(
        "ix_deliveries_sent",
        "deliveries",
        ["mailing", "sent_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NOT NULL"),
        postgresql_where=sa.text("sent_at IS NOT NULL"),
    )
    op.create_index("ix_deliveries_supporter_id", "deliveries", ["supporter_id"], unique=False)


def _make_rates() -> None:
    """The senders, and how fast letters may leave."""
    op.create_table(
        "workers",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("beats", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_workers"),
    )
    op.create_table(
        "buckets",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("filled_at", sa.BigInteger(), nullable=False),
        sa.Column("per_hour", sa.Float()),
        sa.Column("closed_until", sa.BigInteger()),
        sa.Column("closings", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("used_today", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_buckets"),
    )
