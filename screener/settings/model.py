"""What a clinic may set, and what holds when it sets nothing."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict

from screener import wall_clock
from screener.settings import checks
from screener.settings.checks import between
from screener.settings.database import Database


class Section(BaseModel):
    """A section of the clinic file. A name that is not known is refused, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Logo(Section):
    """A logo, read and checked. ``mime`` is image/png or image/svg+xml."""

    content: bytes
    mime: str


class ClinicSection(Section):
    """Who the clinic is, as patients see it."""

    name: checks.Name = "Your clinic"
    logo: checks.Line = ""
    colour: checks.Colour = "#1b5753"
    phone: checks.Phone = ""
    hours: checks.Line = ""
    country: checks.Country = ""
    time_zone: checks.TimeZone = wall_clock.UTC_NAME
    website: checks.Web = ""


class Retention(Section):
    """How long a draft is kept after it was last saved, and a form after it was sent."""

    draft_hours: Annotated[int, between(1, 72)] = 24
    coded_draft_days: Annotated[int, between(1, 90)] = 30
    submission_days: Annotated[int, between(7, 3650)] = 180


class NoticesSection(Section):
    """Who is told that an urgent form waits, and how. Passwords come from the environment."""

    email_to: checks.Email = ""
    email_from: checks.Email = ""
    smtp_host: checks.Host = ""
    smtp_port: Annotated[int, between(1, 65535)] = 587
    smtp_security: checks.Security = "starttls"
    smtp_user: checks.Line = ""
    webhook: checks.Hook = ""


class Sending(Section):
    """Whether patients may send the form to the clinic, and what they are asked then."""

    offered: bool = True
    name: checks.Wish = checks.NEEDED
    phone: checks.Wish = checks.ASKED
    email: checks.Wish = checks.ASKED
    message: checks.Wish = checks.ASKED
    best_time: checks.Wish = checks.ASKED
    answered_within: checks.Line = ""


class Privacy(Section):
    """What the privacy page says about the people behind the form."""

    contact: checks.Line = ""
    address: checks.Line = ""
    complaint: checks.Line = ""
    staff: checks.Line = ""


class Leave(Section):
    """Where "Leave this site" goes: a page that gives nothing away."""

    address: checks.Secure = "https://weather.com/"


class Server(Section):
    """How the server is reached, and the database and keys that it uses."""

    public_url: checks.Public = "http://127.0.0.1:8000"
    trusted_proxies: Annotated[int, between(0, 5)] = 0
    database: Database = None
    keys: checks.Line = ""


class ClinicFile(Section):
    """The whole file. Every section, and every name in it, may be left out."""

    clinic: ClinicSection = ClinicSection()
    limits: dict[str, int] = {}
    retention: Retention = Retention()
    sending: Sending = Sending()
    privacy: Privacy = Privacy()
    leave: Leave = Leave()
    notices: NoticesSection = NoticesSection()
    server: Server = Server()


class Clinic(Section):
    """The clinic as the pages use it."""

    name: str
    colour: str
    phone: str
    hours: str
    country: str
    time_zone: str
    website: str
    leave_to: str
    logo: Logo | None
