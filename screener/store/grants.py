"""What each side must be allowed to do in PostgreSQL.

deploy/postgresql-roles.sql grants it, and no more; a test holds the two equal.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Function, func, select

Needs = Mapping[str, tuple[str, ...]]

READ, ADD, CHANGE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"
ALL = (READ, ADD, CHANGE, DELETE)

_BOTH: Needs = {
    "alembic_version": (READ,),
    "key_mark": (READ, ADD),
    "throttle": ALL,
    "tally": (READ, ADD, CHANGE),
}
PATIENTS: Needs = {**_BOTH, "draft": ALL, "clinic_key": (READ,), "submission": (ADD,)}
STAFF: Needs = {
    **_BOTH,
    "draft": (READ, DELETE),  # some of its columns
    "submission": (READ, CHANGE, DELETE),
    "audit": (READ, ADD),
    "audit_head": (READ, CHANGE),
    **dict.fromkeys(("clinic_key", "review", "search_term", "notice", "print_job"), ALL),
    **dict.fromkeys(("staff", "staff_session", "invitation", "passkey", "recovery_code"), ALL),
}


def lacking(connection: Connection, needs: Needs) -> bool:
    """Say whether the user of this connection may not do all of this; SQLite has no users."""
    if connection.dialect.name != "postgresql":
        return False
    wanted = [may(table, kind) for table, kinds in needs.items() for kind in kinds]
    return not all(connection.execute(select(*wanted)).one())


def may(table: str, kind: str) -> Function[Any]:
    """Ask whether a user may do one thing with a table, or with a column of it."""
    # Rows are deleted whole, so that PostgreSQL knows no columns there.
    asked = func.has_table_privilege if kind == DELETE else func.has_any_column_privilege
    return asked(table, kind)
