"""Which jobs a process runs, by the sides that it runs."""

import logging
from datetime import UTC, datetime

from screener import notices
from screener.settings import Settings
from screener.store import Intake, Store
from screener.timer import Job
from screener.web.parts import Parts

SOON, EACH_MINUTE, HOURLY = 10.0, 60.0, 3600.0  # seconds

log = logging.getLogger(__name__)


def of(made_of: Parts) -> list[Job]:
    """List what a process does by itself."""
    jobs = []
    if made_of.patients_store:
        jobs += of_patients(made_of.patients_store)
    if made_of.staff_store:
        jobs += of_staff(made_of.staff_store, made_of.settings)
    return jobs


def of_patients(store: Store) -> list[Job]:
    """List what the patients' side does by itself."""
    return [Job("purge_drafts", HOURLY, lambda: store.purge(datetime.now(UTC)))]


def of_staff(intake: Intake, settings: Settings) -> list[Job]:
    """List what the staff side does by itself."""
    return [
        Job("receive", SOON, intake.receive),
        Job("notices", SOON, lambda: notices.deliver(intake, settings)),
        Job("prints", EACH_MINUTE, intake.print_jobs.forget),
        Job("purge", HOURLY, lambda: intake.purge(datetime.now(UTC))),
        Job("trail_head", HOURLY, lambda: write_down_head(intake)),
    ]


def write_down_head(intake: Intake) -> None:
    """Write into the log where the trail ends: there it cannot be changed with the database."""
    with intake.database.reading() as connection:
        head = intake.audit.head(connection)
    log.info("trail_head", extra={"head": str(head)})
