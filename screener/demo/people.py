"""The people of the demo, read from the file beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from screener.store import Contact

FILE = Path(__file__).with_name("people.yaml")
MARK = "(demo)"


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist.

    Attributes:
        days_ago: when the form was sent, before the demo is filled.
        status: what the clinic has done about it since.
        answers: as JSON gives them.
    """

    contact: Contact
    days_ago: float
    status: str
    answers: Mapping[str, Any] = field(repr=False)


def people() -> tuple[Person, ...]:
    """Read everybody, in the order of the file."""
    # The shipped file, written by us: a plain loader does.
    read = yaml.safe_load(FILE.read_text("utf-8"))
    everyone: dict[str, Any] = read["everyone"]
    return tuple(_person(number, told, everyone) for number, told in enumerate(read["people"]))


def _person(number: int, told: dict[str, Any], everyone: dict[str, Any]) -> Person:
    reach = told["reach"]
    mail = told["name"].lower().replace(" ", ".") + "@example.com"  # a domain that is nobody's
    contact = Contact(
        name=f"{told['name']} {MARK}",
        phone=f"+1 555 01{number:02}" if reach in {"phone", "both"} else "",  # numbers of films
        email=mail if reach in {"email", "both"} else "",
        may_name_clinic=told["message"],
        best_time=told["best_time"],
    )
    return Person(contact, told["days_ago"], told["status"], everyone | told["says"])
