"""Count the forms of a list by the list itself: it was written down twice, and read once."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the number."""
    op.drop_column("print_job", "total")


def downgrade() -> None:
    """Make it again, empty for lists that are there: each is gone in a quarter of an hour."""
    op.add_column("print_job", sa.Column("total", sa.Integer(), nullable=False, server_default="0"))
