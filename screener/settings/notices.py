"""How the clinic is told of an urgent form: the section of the clinic file, and two secrets.

The secrets come from the environment alone: a clinic file is copied, shown and kept in archives.
"""

import base64
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from screener.settings.checks import LOCAL
from screener.settings.model import NoticesSection, Section

PASSWORD, SECRET = "SCREENER_SMTP_PASSWORD", "SCREENER_WEBHOOK_SECRET"
SHORTEST_SECRET = 32
MARKED = "whsec_"  # how the Standard Webhooks write a secret that is base64

Way = Literal["email", "webhook"]


class Email(Section):
    """Where e-mail goes, and through which server."""

    to: str
    sender: str
    host: str
    port: int
    security: str
    user: str
    password: str = Field(repr=False)


class Webhook(Section):
    """The address to call, and the secret that signs each call."""

    address: str
    secret: str = Field(repr=False)


class Notices(Section):
    """The ways in which the clinic wants to be told; none by default."""

    email: Email | None = None
    webhook: Webhook | None = None

    @property
    def ways(self) -> tuple[Way, ...]:
        """Name the ways that are set."""
        named: dict[Way, object] = {"email": self.email, "webhook": self.webhook}
        return tuple(way for way, how in named.items() if how)


def secret_bytes(secret: str) -> bytes:
    """Read the secret that signs calls: as it is, or from base64 where it is marked so.

    Raises:
        ValueError: it is marked so, and is no base64.
    """
    if secret.startswith(MARKED):
        return base64.b64decode(secret.removeprefix(MARKED), validate=True)
    return secret.encode()


def notices(
    section: NoticesSection, environment: Mapping[str, str], file: str
) -> tuple[Notices, list[str]]:
    """Put section and secrets together; with a line for each thing to put right."""
    lines = [f"{file}: [notices] {said}" for said in _faults(section, environment)]
    if lines:
        return Notices(), lines
    email = webhook = None
    if section.email_to:
        email = Email(
            to=section.email_to,
            sender=section.email_from,
            host=section.smtp_host,
            port=section.smtp_port,
            security=section.smtp_security,
            user=section.smtp_user,
            password=environment.get(PASSWORD, ""),
        )
    if section.webhook:
        webhook = Webhook(address=section.webhook, secret=environment[SECRET])
    return Notices(email=email, webhook=webhook), []


def _faults(section: NoticesSection, environment: Mapping[str, str]) -> list[str]:
    faults = []
    if section.email_to and not section.email_from:
        faults.append("email_from is empty, it must say who the e-mail comes from")
    if section.email_to and not section.smtp_host:
        faults.append("smtp_host is empty, it must name the server that sends the e-mail")
    if section.smtp_host not in LOCAL | {""} and section.smtp_security == "none":
        faults.append('smtp_security is "none", it must be "starttls" or "tls" to another machine')
    if section.smtp_user and not environment.get(PASSWORD):
        faults.append(f"smtp_user is set, and {PASSWORD} in the environment is not")
    if section.webhook:
        faults += _secret_faults(environment.get(SECRET, ""))
    return faults


def _secret_faults(secret: str) -> list[str]:
    if len(secret) < SHORTEST_SECRET:
        return [f"webhook is set, and {SECRET} in the environment has fewer than 32 characters"]
    try:
        secret_bytes(secret)
    except ValueError:
        return [f"webhook is set, and {SECRET} in the environment is not base64 after {MARKED}"]
    return []
