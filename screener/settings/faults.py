"""What is wrong with a clinic file, one line each, with what to write instead."""

import json
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

LONGEST_SHOWN = 40
SECRET = ("server", "database")  # it may hold a password


class SettingsError(Exception):
    """The settings cannot be used. ``str()`` has one line for each thing to put right."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Keep the lines."""
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def shown(value: object) -> str:
    """Show a value as it stands in the file, cut when it is long."""
    match value:
        case bool() | int() | float():
            return str(value).lower()
        case str() if value.strip():
            return _quoted(value[:LONGEST_SHOWN] + "…" * (len(value) > LONGEST_SHOWN))
        case str():
            return "empty"
        case list() | dict():
            return "a list" if isinstance(value, list) else "a section"
        case _:
            return "a date or a time"


def _quoted(text: str) -> str:
    """Put a text between quotes, on one line; what cannot be seen stands as its code."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in plain)


def described(fault: Mapping[str, Any], known: Mapping[str, Iterable[str]]) -> str:
    """Say one of pydantic's findings in a line: where, what it is, what it must be.

    Args:
        fault: one of ``ValidationError.errors()``.
        known: the sections, and the names that each may hold.
    """
    section, *names = (str(part) for part in fault["loc"])
    where = " ".join([f"[{section}]", *names])
    match fault["type"]:
        case "extra_forbidden" if names:
            return f"{where} is not a setting{_meant(names[-1], known.get(section, ()))}"
        case "extra_forbidden" if not isinstance(fault["input"], dict):
            return f"{section} stands outside a section: write it below one, such as [clinic]"
        case "extra_forbidden":
            return f"{where} is not a section{_meant(section, known, '[{}]')}"
        case _ if fault["loc"][:2] == SECRET:
            return f"{where} is not shown here, {_must(fault)}"
        case _:
            return f"{where} is {shown(fault['input'])}, {_must(fault)}"


def _meant(written: str, known: Iterable[str], form: str = "{}") -> str:
    names = list(known)
    close = get_close_matches(written, names, n=1)
    if close:
        return f", did you mean {form.format(close[0])}?"
    return f": there is {', '.join(form.format(name) for name in names)}" if names else ""


def _must(fault: Mapping[str, Any]) -> str:
    limits = fault.get("ctx", {})
    match fault["type"]:
        case "value_error":
            return f"it must be {limits['error']}"
        case "string_type":
            return 'it must be text between quotes, like "this"'
        case "bool_type":
            return "it must be true or false, without quotes"
        case "int_type" | "int_parsing" | "int_from_float":
            return "it must be a whole number without quotes"
        case "model_type" | "dict_type":
            return "it must be a section with names and values below it"
        case _:
            return str(fault["msg"])
