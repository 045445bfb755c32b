"""A summary as it is kept, and read again years later: the same findings, in the same words."""

from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from screener.summary.clinic import ClinicFace, Logo
from screener.summary.model import Summary

FORMAT = 1  # of what is kept; a reader of a later one must still read this
_SUMMARY = TypeAdapter(Summary)


class UnreadableSummary(ValueError):
    """What was kept is no summary that this version of the program can read."""


def to_store(summary: Summary) -> dict[str, Any]:
    """Write a summary as plain data. The clinic's picture is left out: it would be most of it."""
    bare = replace(summary, clinic=replace(summary.clinic, logo=None))
    return {"format": FORMAT, "summary": _SUMMARY.dump_python(bare, mode="json")}


def from_store(kept: dict[str, Any], logo: Logo | None = None) -> Summary:
    """Read what ``to_store`` wrote.

    Args:
        kept: the plain data.
        logo: the clinic's picture as it is now.

    Raises:
        UnreadableSummary: it was written by a later version, or is something else.
    """
    if kept.get("format") != FORMAT:
        raise UnreadableSummary(f"a summary of format {kept.get('format')!r}")
    try:
        # Not strict: JSON has lists for tuples and text for times.
        summary = _SUMMARY.validate_python(kept.get("summary"), strict=False)
    except ValidationError:
        # From None: the cause repeats what was answered.
        raise UnreadableSummary("a summary with other parts") from None
    face: ClinicFace = summary.clinic
    return replace(summary, clinic=replace(face, logo=logo))
