"""Tell the clinic that an urgent form waits: that, and where the queue is, and nothing else.

No name, no reference, no answer: e-mails and calls to other systems are read by many on the way.
"""

import logging

from screener.notices import mail, webhook
from screener.settings import Settings
from screener.store import Intake
from screener.store.notices import Notice

QUEUE = "/staff"

log = logging.getLogger(__name__)


def deliver(intake: Intake, settings: Settings) -> int:
    """Send each notice that is due, one after the other; say how many arrived."""
    arrived = 0
    while (taken := _take(intake)) is not None:
        # No transaction is open meanwhile: the other side may take its time.
        fault = _send(taken, settings)
        _write_down(intake, taken, fault)
        arrived += not fault
    return arrived


def _take(intake: Intake) -> Notice | None:
    with intake.database.reading() as connection:
        if not intake.notices.any_due(connection, intake.now()):
            return None
    with intake.database.writing() as connection:
        return intake.notices.take(connection, intake.now())


def _send(notice: Notice, settings: Settings) -> str:
    """Send a notice; return why it did not arrive, in a word, or nothing."""
    told, queue = settings.notices, settings.public_url + QUEUE
    if notice.way == "email" and told.email:
        return mail.send(told.email, notice.id, settings.clinic.name, queue)
    if notice.way == "webhook" and told.webhook:
        return webhook.send(told.webhook, notice.id, settings.clinic.name, queue)
    return "not_set"


def _write_down(intake: Intake, notice: Notice, fault: str) -> None:
    said = {"way": notice.way, "reason": fault, "count": notice.tries}
    with intake.database.writing() as connection:
        if not fault:
            intake.notices.sent(connection, notice)
            log.info("notice_sent", extra=said)
        elif intake.notices.failed(connection, notice, fault, intake.now()):
            log.error("notice_given_up", extra=said)
        else:
            log.warning("notice_failed", extra=said)
