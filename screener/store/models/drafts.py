"""The patients' side. No answer is ever in a column: answers live in ``draft.state``, sealed."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
)

from screener.store.models.base import metadata

draft = Table(
    "draft",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_locator", LargeBinary, nullable=False, unique=True),
    Column("key_by_token", LargeBinary, nullable=False),
    Column("code_locator", LargeBinary, unique=True),
    Column("key_by_code", LargeBinary),
    Column("version", Integer, nullable=False),
    Column("state", LargeBinary, nullable=False),
    # A day is enough to answer questions about a draft; the minute would say who sat here when.
    Column("created_on", Date, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
    CheckConstraint("version >= 0", name="version_counts_up"),
    CheckConstraint("(code_locator IS NULL) = (key_by_code IS NULL)", name="code_is_whole"),
)

throttle = Table(
    "throttle",
    metadata,
    Column("who", LargeBinary, primary_key=True),
    Column("window", Integer, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("ends_at", BigInteger, nullable=False, index=True),
)
