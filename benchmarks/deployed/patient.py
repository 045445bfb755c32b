"""A patient on the machine where the guide was followed: fills in a form, and sends it.

`python -m benchmarks.deployed.patient FOLDER`, which holds the certificate; writes the reference of
what was sent there, and prints a line for each thing that was looked at.
"""

import random
import sys
from pathlib import Path

from benchmarks.deployed.client import Client
from benchmarks.deployed.in_front import PDF, SUMMARY, of_all, whole_form
from benchmarks.deployed.nginx import FORMS, Site
from benchmarks.deployed.row import Row, differs, row
from benchmarks.patients.filling import fill
from benchmarks.patients.wire import Answer

SITE = Site(FORMS, behind=8000, tls=443, plain=80)


def main() -> None:
    """Fill in, look, and send."""
    folder = Path(sys.argv[1])
    patient = Client(SITE, folder)
    seen = whole_form(patient)
    paper = patient.get(PDF)
    told = {"ends at": (SUMMARY, seen[-1].path), "paper": ("%PDF", paper.text[:4])}
    say(row("a form to its summary and PDF, on ports 443 and 80", differs(**told)))
    say(row(f"each header once, on {len(seen) + 1} answers", of_all([*seen, paper])))
    shown = sent(patient).page.select_one("p.code")
    reference = shown.get_text() if shown else ""
    (folder / "reference").write_text(reference, "utf-8")
    say(row("sent to the clinic", [] if reference else ["no reference"]))


def sent(patient: Client) -> Answer:
    """Send the form to the clinic; return the page that says so."""
    form = patient.get("/send").page.select_one("main form[method=post]")
    if form is None:
        raise LookupError("nothing can be sent")
    return patient.follow(patient.ask("POST", str(form["action"]), fill(form, random.Random(1))))  # noqa: S311 - answers


def say(found: Row) -> None:
    """Print a line that can be read again."""
    print("row", found.what, found.found, int(found.holds), sep="\t")


if __name__ == "__main__":
    main()
