"""What patients sent to the clinic: submissions, reviews, search, notices."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _clinic_key()
    _submission()
    _order_of_submissions()
    _review()
    _search_term()
    _notice()
    _print_job()


def downgrade() -> None:
    """Drop them, with all that is in them."""
    op.drop_table("print_job")
    op.drop_table("notice")
    op.drop_table("search_term")
    op.drop_table("review")
    op.drop_table("submission")
    op.drop_table("clinic_key")


def _clinic_key() -> None:
    op.create_table(
        "clinic_key",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_clinic_key")),
    )


def _submission() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("draft_id", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=9), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.Column("headline", sa.LargeBinary(), nullable=False),
        sa.Column("contents", sa.LargeBinary(), nullable=False),
        sa.Column("content_version", sa.String(length=40), nullable=False),
        sa.Column("received", sa.Integer(), server_default="0", nullable=False),
        sa.Column("status", sa.String(length=10), server_default="waiting", nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("contacted_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "status IN ('waiting', 'called', 'spoke', 'booked', 'closed')",
            name=op.f("ck_submission_status_is_known"),
        ),
        sa.CheckConstraint("rank BETWEEN 0 AND 3", name=op.f("ck_submission_rank_is_a_level")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_submission_version_counts_up")),
        sa.ForeignKeyConstraint(
            ["key_version"], ["clinic_key.version"], name=op.f("fk_submission_key_version")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["staff.id"], name=op.f("fk_submission_owner_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_submission_draft_id")),
    )


def _order_of_submissions() -> None:
    """What the queue sorts, filters and finds by."""
    op.create_index(
        "ix_submission_arrived_at",
        "submission",
        ["arrived_at", "rank", "contacted_at"],
        unique=False,
    )
    op.create_index("ix_submission_key_version", "submission", ["key_version", "id"], unique=False)
    op.create_index(
        "ix_submission_owner_id",
        "submission",
        ["owner_id", "status", "turn", "rank", "arrived_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_submission_place",
        "submission",
        ["status", "turn", "rank", "arrived_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_submission_received",
        "submission",
        ["arrived_at"],
        unique=False,
        sqlite_where=sa.text("received <> 1"),
        postgresql_where=sa.text("received <> 1"),
    )
    op.create_index("ix_submission_reference", "submission", ["reference"], unique=False)


def _review() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_review_staff_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_review_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index("ix_review_submission_id", "review", ["submission_id", "id"], unique=False)


def _search_term() -> None:
    op.create_table(
        "search_term",
        sa.Column("term", sa.LargeBinary(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_search_term_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("term", "arrived_at", "submission_id", name=op.f("pk_search_term")),
    )
    op.create_index("ix_search_term_submission_id", "search_term", ["submission_id"], unique=False)


def _notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=10), server_default="waiting", nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fault", sa.String(length=80), server_default="", nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_notice_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_state", "notice", ["state", "due_at"], unique=False)
    op.create_index("ix_notice_submission_id", "notice", ["submission_id"], unique=False)


def _print_job() -> None:
    op.create_table(
        "print_job",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.LargeBinary(), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_print_job_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
    )
    op.create_index("ix_print_job_staff_id", "print_job", ["staff_id"], unique=False)
    op.create_index(op.f("ix_print_job_made_at"), "print_job", ["made_at"], unique=False)
