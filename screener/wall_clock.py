"""Times as the clock on the clinic's wall shows them. What is stored stays UTC."""

from datetime import UTC, date, datetime, time, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from screener.language import _

UTC_NAME = "UTC"


@cache
def zone(name: str) -> tzinfo:
    """Give a time zone by its name, such as "Europe/Dublin".

    Raises:
        LookupError: this machine knows no zone of that name.
    """
    if name == UTC_NAME:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise LookupError(name) from None


def names() -> frozenset[str]:
    """List the zones that this machine knows."""
    return frozenset(available_timezones())


def local(moment: datetime, name: str) -> datetime:
    """Turn a moment to the clock of a zone; UTC where this machine does not know the zone.

    A summary may have been kept on another machine, and must be readable here.
    """
    try:
        return moment.astimezone(zone(name))
    except LookupError:
        return moment.astimezone(UTC)


def in_words(clock: str) -> str:
    """Say whose time it is, as short as a reader can know it: "Dublin time", "UTC"."""
    if clock == UTC_NAME:
        return UTC_NAME
    return _("%(place)s time") % {"place": clock.rpartition("/")[2].replace("_", " ")}


def start_of(day: date, clock: tzinfo) -> int:
    """Say when a day begins by a clock, in seconds since 1970, UTC."""
    return int(datetime.combine(day, time(), clock).timestamp())
