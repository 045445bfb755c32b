"""From a clinic file and the environment to sections that are checked, or a list of what to fix."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from screener.settings.faults import SettingsError, described, shown
from screener.settings.logo import BadLogo, read_logo
from screener.settings.model import ClinicFile, Logo

MOST_BYTES = 100_000

# What may be set from outside the file, for containers and for a quick try.
ENVIRONMENT = {
    "SCREENER_CLINIC_NAME": ("clinic", "name"),
    "SCREENER_CLINIC_PHONE": ("clinic", "phone"),
    "SCREENER_CLINIC_COUNTRY": ("clinic", "country"),
    "SCREENER_LEAVE_ADDRESS": ("leave", "address"),
    "SCREENER_DRAFT_HOURS": ("retention", "draft_hours"),
    "SCREENER_CODED_DRAFT_DAYS": ("retention", "coded_draft_days"),
    "SCREENER_SUBMISSION_DAYS": ("retention", "submission_days"),
    "SCREENER_PUBLIC_URL": ("server", "public_url"),
    "SCREENER_TRUSTED_PROXIES": ("server", "trusted_proxies"),
    "SCREENER_DATABASE": ("server", "database"),
    "SCREENER_KEYS": ("server", "keys"),
}
WHERE = re.compile(r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end.*)\)$")

Table = dict[str, Any]
Place = tuple[str, str]


def read_table(file: Path) -> Table:
    """Read a clinic file as TOML.

    Raises:
        SettingsError: it cannot be read, is not text, or is not TOML; with the line.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SettingsError([f"{file}: cannot be read: {error.strerror}"]) from None
    if len(content) > MOST_BYTES:
        raise SettingsError(
            [f"{file}: is too long, a clinic file has less than {MOST_BYTES} bytes"]
        )
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SettingsError([f"{file.name}:{line}: is not UTF-8 text, save it as UTF-8"]) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([_syntax(file, str(error), content)]) from None


def _syntax(file: Path, said: str, content: bytes) -> str:
    found = WHERE.match(said)
    what = found["what"] if found else said
    line = found["line"] if found and found["line"] else content.count(b"\n") + 1
    column = f":{found['column']}" if found and found["column"] else ""
    advice = "write name = value, with text between quotes"
    return f"{file.name}:{line}{column}: {what[:1].lower()}{what[1:]}; {advice}"


def from_environment(environment: Mapping[str, str]) -> dict[Place, tuple[str, object]]:
    """Collect what the environment sets: where it belongs, what it is called, and the value."""
    return {
        place: (name, _number(environment[name]))
        for name, place in ENVIRONMENT.items()
        if environment.get(name)
    }


def _number(text: str) -> object:
    """Read a whole number where there is one: the environment knows only text."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else text


def checked(
    table: Table, outside: Mapping[Place, tuple[str, object]], file: str
) -> tuple[ClinicFile, list[str]]:
    """Check a table, with what was set from outside laid over it.

    Returns:
        The sections without what is wrong in them, and a line for each wrong value.
    """
    for (section, name), (_, value) in outside.items():
        if isinstance(table.setdefault(section, {}), dict):
            table[section][name] = value
    try:
        return ClinicFile.model_validate(table), []
    except ValidationError as error:
        faults = error.errors()
    names = {place: said for place, (said, _) in outside.items()}
    lines = [_line(fault, names, file) for fault in faults]
    # The rest is checked as well: whoever mends one value wants to hear of all.
    for fault in faults:
        _without(table, fault["loc"])
    return ClinicFile.model_validate(table), list(dict.fromkeys(lines))


def _without(table: Table, place: tuple[int | str, ...]) -> None:
    """Take one value out of a table."""
    section, *names = (str(part) for part in place)
    if names:
        table[section].pop(names[0], None)
    else:
        table.pop(section, None)


def _line(fault: Any, names: Mapping[Place, str], file: str) -> str:  # noqa: ANN401 - pydantic's
    outside = names.get(tuple(fault["loc"])[:2])
    said = described(fault, _known())
    return (
        f"{outside} {said.partition('] ')[2].partition(' ')[2]}" if outside else f"{file}: {said}"
    )


def _known() -> dict[str, Iterable[str]]:
    """List the sections, and the names in each."""
    return {
        section: kind.model_fields
        if isinstance(kind := field.annotation, type) and issubclass(kind, BaseModel)
        else ()
        for section, field in ClinicFile.model_fields.items()
    }


def logo(written: str, folder: Path, file: str) -> tuple[Logo | None, list[str]]:
    """Read the logo, if there is one; its path starts at the clinic file."""
    if not written:
        return None, []
    try:
        return read_logo(folder / written), []
    except BadLogo as error:
        return None, [f"{file}: [clinic] logo is {shown(written)}, it must be {error}"]
