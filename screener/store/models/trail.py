"""Who did what, in a chain that shows when somebody changes it; and counts that name nobody."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from screener.store.models.base import metadata

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String(32), nullable=False),  # a staff id, "system" or "command"
    Column("action", String(40), nullable=False),
    Column("object", String(64), nullable=False),  # the id of what it was done to, or nothing
    Column("detail", String(200), nullable=False),  # never health data
    Column("mac", LargeBinary, nullable=False),
    Index("ix_audit_at", "at", "seq"),
    Index("ix_audit_actor", "actor", "seq"),
    Index("ix_audit_object", "object", "seq"),
    Index("ix_audit_action", "action", "seq"),
)

# Where the chain ends. One row: whoever adds a link holds it, so that links come one by one.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)

tally = Table(
    "tally",
    metadata,
    Column("week", Integer, primary_key=True, autoincrement=False),  # its Monday, days since 1970
    Column("name", String(80), primary_key=True),
    Column("count", Integer, nullable=False),
)
