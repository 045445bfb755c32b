"""What the trail tells, for tests of what it must tell."""

from sqlalchemy import select

from screener.store import Intake
from screener.store.models import audit


def told(intake: Intake) -> list[tuple[str, str]]:
    """Every line: what was done, and the words beside it."""
    with intake.database.reading() as connection:
        rows = connection.execute(select(audit).order_by(audit.c.seq)).all()
    return [(row.action, row.detail) for row in rows]
