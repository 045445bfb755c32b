"""What a patient meets while the program does not answer, and what nginx writes down meanwhile."""

import random
from collections.abc import Iterator

import rules
from benchmarks.deployed.client import FROM, Client
from benchmarks.deployed.in_front import headers
from benchmarks.deployed.nginx import Nginx, Site
from benchmarks.deployed.program import Program
from benchmarks.deployed.row import Row, differs, row
from benchmarks.deployed.strangers import MARK
from benchmarks.patients.filling import fill
from benchmarks.patients.wire import Answer, Pairs
from screener.web.outage import ADDRESS

BAD_GATEWAY, FINE, SECRET = 502, 200, "/staff/invitation/"


def rows(nginx: Nginx, site: Site, program: Program) -> Iterator[Row]:
    """End the program while a patient answers, and start it again."""
    patient = Client(site, nginx.folder)
    action, sent = filled_in(patient.get("/"))
    page = patient.follow(patient.ask("POST", action, sent))
    action, sent = filled_in(page)
    yield row("told to stop, it ends well", differs(code=(0, program.end())), "exit code 0")
    shown = [patient.get(page.path), patient.ask("POST", action, sent), marked(patient)]
    yield row("the program away: whom to call, in its place", [*clear(shown), *files(patient)])
    program.begin()
    again = patient.follow(patient.ask("POST", action, sent))
    fine = {"status": (FINE, again.status), "goes on": (True, again.path != page.path)}
    yield row("back again: the same form, sent again, is kept", differs(**fine))
    yield row("no log of nginx names a visitor or a page", logged(nginx, page.path))


def filled_in(page: Answer) -> tuple[str, Pairs]:
    """Fill in the form of a page; return where it goes and what it sends."""
    form = page.page.select_one("main form[method=post]")
    if form is None:
        raise LookupError(f"no form at {page.path}")
    return str(form["action"]), fill(form, random.Random(1))  # noqa: S311 - answers


def marked(patient: Client) -> Answer:
    """Ask for an address that must stay between the patient and us."""
    return patient.ask("GET", f"{SECRET}{MARK}?code={MARK}", more={"Referer": f"https://x/{MARK}"})


def clear(answers: list[Answer]) -> Iterator[str]:
    """Name what a page lacks that a patient in danger needs, and what it must not have."""
    us = rules.load().helplines.country("US")
    needed = [number.number for number in us.numbers] + [
        line.call for line in us.lines if line.call
    ]
    for answer in answers:
        yield from differs(status=(BAD_GATEWAY, answer.status))
        yield from headers(answer)
        yield from (f"no {number}" for number in needed if number not in answer.text)
        asked = answer.page.select("link, script, img")
        places = [str(one.get("href") or one.get("src")) for one in asked]
        yield from (place for place in places if not place.startswith(f"{ADDRESS}/"))


def files(patient: Client) -> Iterator[str]:
    """Name the files of the page that do not come, or come as something else."""
    kinds = {"screener.css": "text/css; charset=utf-8", "favicon.svg": "image/svg+xml"}
    for name, kind in kinds.items():
        answer = patient.get(f"{ADDRESS}/{name}")
        yield from headers(answer)
        yield from differs(
            status=(FINE, answer.status), kind=(kind, answer.headers["Content-Type"])
        )


def logged(nginx: Nginx, page: str) -> Iterator[str]:
    """Name what nginx has written of visitors and pages."""
    for secret in (MARK, FROM, page, "/return", "GET ", "POST "):
        if secret in nginx.logs():
            yield f"{secret!r} is in a log"
