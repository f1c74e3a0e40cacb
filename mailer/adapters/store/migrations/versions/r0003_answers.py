"""Where do answers of supporters go? Sign-ups, actions, reports, counts. Moments are UTC microseconds since 1970."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make these tables."""
    _make_answers()
    _make_counts()
    _make_signups()


def _make_answers() -> None:
    """Who acted, who declined, and what they reported."""
    op.create_table(
        "acted",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("supporter_id", ID, nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_acted_campaign_id"),
        sa.ForeignKeyConstraint(["supporter_id"], ["supporters.id"], name="fk_acted_supporter_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("campaign_id", "supporter_id", "target", name="pk_acted"),
    )
    op.create_table(
        "declined",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("supporter_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_declined_campaign_id"),
        sa.ForeignKeyConstraint(
            ["supporter_id"], ["supporters.id"], name="fk_declined_supporter_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "supporter_id", name="pk_declined"),
    )
    op.create_table(
        "reports",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("supporter_id", ID, nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_reports_campaign_id"),
        sa.ForeignKeyConstraint(
            ["supporter_id"], ["supporters.id"], name="fk_reports_supporter_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "supporter_id", "target", "kind", "value", name="pk_reports"),
    )


def _make_counts() -> None:
    """What of it is counted, and which officials asked to be left alone."""
    op.create_table(
        "action_counts",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_action_counts_campaign_id"),
        sa.PrimaryKeyConstraint("campaign_id", "target", "country", "day", "kind", name="pk_action_counts"),
    )
    op.create_table(
        "retired",
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("value", name="pk_retired"),
    )


def _make_signups() -> None:
    """Sign-ups that wait."""
    op.create_table(
        "signups",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("supporter_id", ID),
        sa.Column("mailing", ID),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["mailing"], ["mailings.id"], name="fk_signups_mailing"),
        sa.ForeignKeyConstraint(
            ["supporter_id"], ["supporters.id"], name="fk_signups_supporter_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signups"),
        sa.UniqueConstraint("token_hash", name="uq_signups_token_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_signups_address_hash", "signups", ["address_hash"], unique=False)
    op.create_index("ix_signups_at", "signups", ["at"], unique=False)
    op.create_index("ix_signups_mailing", "signups", ["mailing"], unique=False)
    op.create_index("ix_signups_supporter_id", "signups", ["supporter_id"], unique=False)
