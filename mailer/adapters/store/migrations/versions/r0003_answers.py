"""Where do answers go? Sign-ups, actions, counts, the mailbox. Moments are UTC microseconds since 1970."""

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
    _make_mailbox()
    _make_replies()


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


def _make_mailbox() -> None:
    """What came to the mailbox, and which mails came back."""
    op.create_table(
        "incoming",
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("matter", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incoming"),
        sa.UniqueConstraint("source", "identifier", name="uq_incoming_source_identifier"),
    )
    op.create_index("ix_incoming_place", "incoming", ["place", "at"], unique=False)
    op.create_table(
        "returned",
        sa.Column("supporter_id", ID, nullable=False),
        sa.Column("mailing", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["mailing"], ["mailings.id"], name="fk_returned_mailing", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["supporter_id"], ["supporters.id"], name="fk_returned_supporter_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("supporter_id", "mailing", "kind", "counts", name="pk_returned"),
    )
    op.create_index("ix_returned_at", "returned", ["at"], unique=False)
    op.create_index("ix_returned_mailing", "returned", ["mailing"], unique=False)
    op.create_table(
        "held_returns",
        sa.Column("mailing", ID, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(length=8), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["mailing"], ["mailings.id"], name="fk_held_returns_mailing", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mailing", name="pk_held_returns"),
    )


def _make_replies() -> None:
    """Copies of letters, and officials' answers."""
    op.create_table(
        "copies",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("supporter_id", ID, nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_copies_campaign_id"),
        sa.ForeignKeyConstraint(["supporter_id"], ["supporters.id"], name="fk_copies_supporter_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("campaign_id", "supporter_id", "target", name="pk_copies"),
    )
    op.create_index("ix_copies_supporter_id", "copies", ["supporter_id"], unique=False)
    op.create_table(
        "official_answers",
        sa.Column("hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_official_answers_campaign_id"),
        sa.PrimaryKeyConstraint("hash", name="pk_official_answers"),
    )
    op.create_index("ix_official_answers_at", "official_answers", ["at"], unique=False)
    op.create_index("ix_official_answers_campaign_id", "official_answers", ["campaign_id"], unique=False)
