"""Both sides apart, each behind a name of its own in the same nginx."""

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.deployed.client import Client
from benchmarks.deployed.in_front import headers
from benchmarks.deployed.nginx import FORMS, Nginx, Site
from benchmarks.deployed.program import Program
from benchmarks.deployed.row import Row, differs, row

UNIT, STAFF, NOT_HERE, FINE = "screener@.service", "staff.clinic.example", 404, 200
PERSON = ("--name", "Sam Lee", "--email", "sam@clinic.example", "--role", "admin")


def rows(folder: Path) -> Iterator[Row]:
    """Start both, with the words of their unit, and look from outside who answers what."""
    both = [
        Program(folder, UNIT, name, side) for name, side in ((FORMS, "patient"), (STAFF, "staff"))
    ]
    sites = [Site.of(name, one.port) for name, one in zip((FORMS, STAFF), both, strict=True)]
    nginx = Nginx(folder, *sites)
    try:
        for one in both:
            one.begin()
        with nginx.running():
            yield apart(*(Client(site, folder) for site in sites))
            yield invited(Client(sites[1], folder), both[1])
    finally:
        for one in both:
            one.end()


def apart(patient: Client, staff: Client) -> Row:
    """See that neither side answers for the other."""
    told = {
        "form": (FINE, patient.get("/").status),
        "staff at the patients' name": (NOT_HERE, patient.get("/staff/sign-in").status),
        "staff": ("/staff/sign-in", staff.get("/").path.partition("?")[0]),
        "form at the name of the staff": (NOT_HERE, staff.get("/form/check").status),
    }
    pages = [patient.get("/staff/sign-in"), staff.get("/staff/sign-in"), staff.get("/form/check")]
    faults = [fault for page in pages for fault in headers(page)]
    return row("sides apart: each answers at its own name alone", [*differs(**told), *faults])


def invited(staff: Client, program: Program) -> Row:
    """See that the link for a new person leads to the name of the staff, and works there."""
    printed = program.run("staff", "add", *PERSON)
    link = re.search(r"https://(\S+?)(/\S+)", printed)
    page = staff.get(link[2]) if link else None
    told = {"name": (STAFF, link and link[1]), "page": (FINE, page and page.status)}
    return row("an invitation opens at the name of the staff", differs(**told))
