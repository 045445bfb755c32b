"""Find the forms of a key in the order in which they lie: fewer pages change when they turn."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index anew, without the ids."""
    op.drop_index("ix_submission_key_version", "submission")
    op.create_index("ix_submission_key_version", "submission", ["key_version"])


def downgrade() -> None:
    """Make it as it was."""
    op.drop_index("ix_submission_key_version", "submission")
    op.create_index("ix_submission_key_version", "submission", ["key_version", "id"])
