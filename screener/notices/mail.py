"""A notice by e-mail, through the clinic's own mail server."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import localtime

from screener.language import _
from screener.settings.notices import Email

PATIENCE = 10.0  # seconds for each step of the conversation
# What went wrong, in a word; the first that fits.
FAULTS: dict[type[Exception], str] = {
    smtplib.SMTPAuthenticationError: "password_refused",
    smtplib.SMTPNotSupportedError: "no_encryption",
    smtplib.SMTPServerDisconnected: "no_connection",
    smtplib.SMTPException: "refused",
    ssl.SSLError: "no_trust",
    TimeoutError: "timeout",
    OSError: "no_connection",
}


def send(how: Email, notice_id: str, clinic: str, queue: str) -> str:
    """Send a notice; return why it did not arrive, in a word, or nothing.

    Args:
        how: the server, and who writes to whom.
        notice_id: the same at each try, so that a mail that comes twice can be told.
        clinic: the clinic's name.
        queue: the address of the queue.
    """
    try:
        with _connected(how) as server:
            server.send_message(written(how, notice_id, clinic, queue))
    except (smtplib.SMTPException, OSError) as error:
        return next(word for kind, word in FAULTS.items() if isinstance(error, kind))
    return ""


def written(how: Email, notice_id: str, clinic: str, queue: str) -> EmailMessage:
    """Write the e-mail."""
    mail = EmailMessage()
    mail["From"], mail["To"] = how.sender, how.to
    mail["Subject"] = _("A new urgent form waits")
    mail["Date"] = localtime()
    mail["Message-ID"] = f"<{notice_id}@{_domain(how.sender)}>"
    mail["Auto-Submitted"] = "auto-generated"  # no "I am away" comes back
    waits = _("A new urgent form waits for %(clinic)s.") % {"clinic": clinic}
    sign_in = _("Sign in to read it: %(queue)s") % {"queue": queue}
    mail.set_content(f"{waits}\n\n{sign_in}\n")
    return mail


def _connected(how: Email) -> smtplib.SMTP:
    """Greet the server by the sender's domain: the name of this machine is nobody's business."""
    trust, greeting = ssl.create_default_context(), _domain(how.sender)
    if how.security == "tls":
        return _signed_in(
            smtplib.SMTP_SSL(how.host, how.port, greeting, timeout=PATIENCE, context=trust), how
        )
    server = smtplib.SMTP(how.host, how.port, greeting, timeout=PATIENCE)
    try:
        if how.security == "starttls":
            server.starttls(context=trust)
    except BaseException:
        server.close()
        raise
    return _signed_in(server, how)


def _signed_in(server: smtplib.SMTP, how: Email) -> smtplib.SMTP:
    try:
        if how.user:
            server.login(how.user, how.password)
    except BaseException:
        server.close()
        raise
    return server


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
