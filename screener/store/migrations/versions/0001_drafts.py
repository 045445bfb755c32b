"""Drafts, and the counters that slow down guessing."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "draft",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("token_locator", sa.LargeBinary, nullable=False),
        sa.Column("key_by_token", sa.LargeBinary, nullable=False),
        sa.Column("code_locator", sa.LargeBinary),
        sa.Column("key_by_code", sa.LargeBinary),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("created_on", sa.Date, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("token_locator", name="uq_draft_token_locator"),
        sa.UniqueConstraint("code_locator", name="uq_draft_code_locator"),
        sa.CheckConstraint("version >= 0", name=op.f("ck_draft_version_counts_up")),
        sa.CheckConstraint(
            "(code_locator IS NULL) = (key_by_code IS NULL)", name=op.f("ck_draft_code_is_whole")
        ),
    )
    op.create_index("ix_draft_expires_at", "draft", ["expires_at"])
    op.create_table(
        "throttle",
        sa.Column("who", sa.LargeBinary, nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("who", "window", name="pk_throttle"),
    )
    op.create_index("ix_throttle_ends_at", "throttle", ["ends_at"])


def downgrade() -> None:
    """Drop both tables, and with them every draft."""
    op.drop_table("throttle")
    op.drop_table("draft")
