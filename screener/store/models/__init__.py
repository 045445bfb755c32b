"""The tables."""

from screener.store.models.base import metadata
from screener.store.models.drafts import draft, throttle
from screener.store.models.intake import (
    STATUSES,
    clinic_key,
    notice,
    print_job,
    review,
    search_term,
    submission,
)
from screener.store.models.keys import key_mark
from screener.store.models.staff import (
    ROLES,
    invitation,
    passkey,
    recovery_code,
    staff,
    staff_session,
)
from screener.store.models.trail import audit, audit_head, tally

__all__ = [
    "ROLES",
    "STATUSES",
    "audit",
    "audit_head",
    "clinic_key",
    "draft",
    "invitation",
    "key_mark",
    "metadata",
    "notice",
    "passkey",
    "print_job",
    "recovery_code",
    "review",
    "search_term",
    "staff",
    "staff_session",
    "submission",
    "tally",
    "throttle",
]
