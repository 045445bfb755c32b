"""Who works at the clinic, and how they prove it. Times are seconds since 1970, UTC."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from screener.store.models.base import metadata

ROLES = ("reviewer", "lead", "admin")
# What was shown so far: a password; an invitation and a new password; both factors.
STAGES = ("password", "invited", "whole")

staff = Table(
    "staff",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("email", String(254), nullable=False, unique=True),  # in lower case, NFC
    Column("role", String(10), nullable=False),
    Column("password", String(200)),  # Argon2id; empty until the invitation is taken up
    Column("totp", LargeBinary),  # the secret of the second factor, sealed
    Column("totp_step", Integer, nullable=False, server_default="0"),  # the last one used
    Column("made_at", BigInteger, nullable=False),
    Column("disabled_at", BigInteger),
    Column("queue_seen_at", BigInteger, nullable=False, server_default="0"),
    CheckConstraint(f"role IN {ROLES}", name="role_is_known"),
)

invitation = Table(
    "invitation",
    metadata,
    Column("locator", LargeBinary, primary_key=True),
    Column("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("ends_at", BigInteger, nullable=False, index=True),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("locator", LargeBinary, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),  # names it on a page; opens nothing
    Column("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("stage", String(10), nullable=False),
    Column("begun_at", BigInteger, nullable=False, index=True),
    Column("seen_at", BigInteger, nullable=False),
    Column("proven_at", BigInteger, nullable=False),  # when both factors were last shown
    Column("browser", String(80), nullable=False),
    CheckConstraint(f"stage IN {STAGES}", name="stage_is_known"),
    Index("ix_staff_session_staff_id", "staff_id"),
)

passkey = Table(
    "passkey",
    metadata,
    Column("credential_id", LargeBinary, primary_key=True),
    Column("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("credential", LargeBinary, nullable=False),
    Column("sign_count", Integer, nullable=False),
    Column("name", String(80), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Index("ix_passkey_staff_id", "staff_id"),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("code", LargeBinary, nullable=False),  # Argon2id, salted for this account
    Column("used_at", BigInteger),
)
