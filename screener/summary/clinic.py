"""How the clinic shows itself at the head of a summary."""

from dataclasses import dataclass
from typing import Protocol

from screener.wall_clock import UTC_NAME


class Picture(Protocol):
    """A logo as the settings hold it."""

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        ...

    @property
    def mime(self) -> str:
        """image/png or image/svg+xml."""
        ...


class Clinic(Protocol):
    """What a summary reads of the clinic's settings."""

    @property
    def name(self) -> str:
        """What patients call it."""
        ...

    @property
    def phone(self) -> str:
        """As it is dialled, or empty."""
        ...

    @property
    def hours(self) -> str:
        """When someone answers, or empty."""
        ...

    @property
    def website(self) -> str:
        """An address, or empty."""
        ...

    @property
    def country(self) -> str:
        """A code such as US, or empty."""
        ...

    @property
    def time_zone(self) -> str:
        """By whose clock times are told, such as Europe/Dublin."""
        ...

    @property
    def colour(self) -> str:
        """As "#rrggbb"."""
        ...

    @property
    def logo(self) -> Picture | None:
        """A picture, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as it came from the clinic's file."""

    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class ClinicFace:
    """How the clinic shows itself at the head of a page."""

    name: str
    phone: str = ""
    hours: str = ""
    website: str = ""
    country: str = ""
    colour: str = "#1b5753"
    logo: Logo | None = None
    time_zone: str = UTC_NAME
