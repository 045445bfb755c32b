"""The words of the queue and of a record: levels, statuses, times, and why there is no answer."""

from datetime import datetime, tzinfo

from screener import wall_clock
from screener.language import _, ngettext
from screener.store.queue import MOST_COUNTED
from screener.web.parts import parts

MINUTE, HOUR, DAY = 60, 3600, 86400


def levels() -> dict[str, str]:
    """Say what each level asks of the staff, the most urgent first."""
    return {
        "now": _("Call today"),
        "first": _("Raise first"),
        "discuss": _("Discuss"),
        "info": _("For information"),
    }


def statuses() -> dict[str, str]:
    """Name the statuses of a form, in the order it goes through them."""
    return {
        "waiting": _("Waiting"),
        "called": _("Called, not reached"),
        "spoke": _("Spoke"),
        "booked": _("Booked"),
        "closed": _("Closed"),
    }


def reasons() -> dict[str, str]:
    """Name the reasons for which a form is closed."""
    return {
        "done": _("All is done"),
        "unwanted": _("The person does not want a visit"),
        "unreached": _("We could not reach the person"),
        "elsewhere": _("The person goes elsewhere"),
        "twice": _("Sent twice, or by mistake"),
        "other": _("Another reason, see the note"),
    }


def ways() -> dict[str, str]:
    """Name the ways to reach a person."""
    return {
        "phone": _("Phone call"),
        "text": _("Text message"),
        "email": _("E-mail"),
        "person": _("In person"),
    }


def outcomes() -> dict[str, str]:
    """Name what may come of trying to reach a person."""
    return {
        "reached": _("Reached the person"),
        "message": _("Left a message"),
        "nobody": _("Nobody answered"),
        "wrong": _("The number or address is wrong"),
    }


def purposes() -> dict[str, str]:
    """Name what an export may be for; the trail keeps it."""
    return {
        "care": _("The care of the person"),
        "asked": _("The person asked for a copy"),
        "transfer": _("Another system of the clinic"),
        "review": _("Checking our own work"),
        "law": _("A court or an authority asked for it"),
    }


def help_shown() -> dict[str, str]:
    """Name the pages with help that a person may have seen on the way."""
    return {
        "crisis": _("The page that offers somebody to talk to now"),
        "emergency": _("The page that says to get medical help now"),
        "young": _("The page for young people"),
    }


def counted(number: int) -> str:
    """Write a count; above a thousand it only says that there are more."""
    return f"{MOST_COUNTED:,}+" if number > MOST_COUNTED else f"{number:,}"


def when(moment: datetime) -> str:
    """Write a time by the clinic's clock; the head of the column says that it is."""
    return f"{local(moment):%Y-%m-%d %H:%M}"


def by_clock(moment: datetime) -> str:
    """Write a time that stands by itself, and by whose clock."""
    return f"{when(moment)} {clock()}"


def local(moment: datetime) -> datetime:
    """Turn a moment to the clinic's clock."""
    return wall_clock.local(moment, parts().settings.clinic.time_zone)


def clock() -> str:
    """Say by whose clock times are told."""
    return wall_clock.in_words(parts().settings.clinic.time_zone)


def zone() -> tzinfo:
    """Give the time zone in which days are meant."""
    return wall_clock.zone(parts().settings.clinic.time_zone)


def span(seconds: int) -> str:
    """Write how long ago something was, in the largest unit that fits."""
    if seconds >= DAY:
        return ngettext("%(num)s day", "%(num)s days", seconds // DAY) % {"num": seconds // DAY}
    if seconds >= HOUR:
        hours = seconds // HOUR
        return ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours}
    minutes = max(seconds // MINUTE, 1)
    return ngettext("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes}
