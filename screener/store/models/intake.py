"""What patients sent, and what the clinic did about it. Times are seconds since 1970, UTC.

Plain columns hold what the queue sorts and filters by, and nothing that names a person or says
what they answered. Everything else is sealed.
"""

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
    text,
)

from screener.store.models.base import metadata

STATUSES = ("waiting", "called", "spoke", "booked", "closed")

clinic_key = Table(
    "clinic_key",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("public", LargeBinary, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("retired_at", BigInteger),
)

submission = Table(
    "submission",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("draft_id", String(32), nullable=False, unique=True),  # a draft is sent once
    Column("reference", String(9), nullable=False),
    Column("arrived_at", BigInteger, nullable=False),
    Column("rank", Integer, nullable=False),  # the level: 0 now, 1 first, 2 discuss, 3 info
    # Its place in the queue: 0 is "now" without a contact yet, else the rank, 1 at the least.
    Column("turn", Integer, nullable=False),
    Column("key_version", Integer, ForeignKey("clinic_key.version"), nullable=False),
    Column("sealed_key", LargeBinary, nullable=False),  # the record's own key, for the clinic only
    Column("headline", LargeBinary, nullable=False),  # what the queue shows
    Column("contents", LargeBinary, nullable=False),  # answers, summary, how to reach the person
    Column("content_version", String(40), nullable=False),
    # 0: not yet; 1: searchable and counted; 2: it cannot be opened
    Column("received", Integer, nullable=False, server_default="0"),
    Column("status", String(10), nullable=False, server_default="waiting"),
    Column("owner_id", String(32), ForeignKey("staff.id", ondelete="SET NULL")),
    Column("contacted_at", BigInteger),  # the first contact that was recorded
    Column("version", Integer, nullable=False, server_default="0"),
    CheckConstraint(f"status IN {STATUSES}", name="status_is_known"),
    CheckConstraint("rank BETWEEN 0 AND 3", name="rank_is_a_level"),
    CheckConstraint("version >= 0", name="version_counts_up"),
    Index("ix_submission_reference", "reference"),
    # With what the times to a first contact are worked out from: the index alone answers.
    Index("ix_submission_arrived_at", "arrived_at", "rank", "contacted_at"),
    # Each is walked in order, whatever the queue is filtered by.
    Index("ix_submission_place", "status", "turn", "rank", "arrived_at", "id"),
    Index("ix_submission_owner_id", "owner_id", "status", "turn", "rank", "arrived_at", "id"),
    Index("ix_submission_key_version", "key_version"),
    Index(
        "ix_submission_received",
        "arrived_at",
        sqlite_where=text("received <> 1"),
        postgresql_where=text("received <> 1"),
    ),
)

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "submission_id",
        String(32),
        ForeignKey("submission.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("at", BigInteger, nullable=False),
    Column("staff_id", String(32), ForeignKey("staff.id", ondelete="SET NULL")),
    Column("kind", String(16), nullable=False),  # status | owner | contact | note | flag
    Column("sealed", LargeBinary, nullable=False),  # what was written, with the record's own key
    Index("ix_review_submission_id", "submission_id", "id"),
)

search_term = Table(
    "search_term",
    metadata,
    Column("term", LargeBinary, primary_key=True),  # a name, through a key of the staff side
    Column("arrived_at", BigInteger, primary_key=True),  # the newest come first
    Column(
        "submission_id",
        String(32),
        ForeignKey("submission.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Index("ix_search_term_submission_id", "submission_id"),
)

notice = Table(
    "notice",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(10), nullable=False),  # email | webhook
    Column("submission_id", String(32), ForeignKey("submission.id", ondelete="CASCADE")),
    Column("state", String(10), nullable=False, server_default="waiting"),  # waiting|sent|failed
    Column("due_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("fault", String(80), nullable=False, server_default=""),
    Column("made_at", BigInteger, nullable=False),
    Index("ix_notice_state", "state", "due_at"),
    Index("ix_notice_submission_id", "submission_id"),
)

# A list that is being printed, and for a quarter of an hour what came of it.
print_job = Table(
    "print_job",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("staff_id", String(32), ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("made_at", BigInteger, nullable=False, index=True),
    Column("touched_at", BigInteger, nullable=False),  # by the process that works it off
    Column("wanted", LargeBinary, nullable=False),  # which forms, and how; sealed
    Column("done", Integer, nullable=False, server_default="0"),
    Column("result", LargeBinary),  # the file, sealed
    Index("ix_print_job_staff_id", "staff_id"),
)
