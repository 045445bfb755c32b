"""What a patient meets at the proxy: pages, headers, cookies, a whole form, files."""

import gzip
import http.client
import random
import re
from collections.abc import Iterator

from benchmarks.deployed.client import Client
from benchmarks.deployed.nginx import FORMS, Nginx, Site
from benchmarks.deployed.row import Row, differs, row
from benchmarks.patients.filling import fill
from benchmarks.patients.wire import Answer
from screener.web.headers import ALWAYS, TWO_YEARS

HEADERS = ALWAYS | {"Strict-Transport-Security": TWO_YEARS}
COOKIE = re.compile(r"__Host-\w+=[^;]*(; [^;]+)*")
FLAGS = {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
MANY, SUMMARY, CHECK, PDF = 200, "/summary", "/form/check", "/summary/summary.pdf"
MOVED, FINE = 301, 200


def rows(nginx: Nginx, site: Site) -> Iterator[Row]:
    """Look at everything that a patient meets while all is well."""
    yield http_leads_to_https(site)
    yield http_2(Client(site, nginx.folder))
    patient = Client(site, nginx.folder)
    seen = whole_form(patient)
    yield row("a form, filled in to the summary", differs(ends_at=(SUMMARY, seen[-1].path)))
    paper = patient.slowly(PDF)
    told = {
        "kind": ("application/pdf", paper.headers["Content-Type"]),
        "begins": ("%PDF", paper.text[:4]),
        "ends": ("%%EOF", paper.text.rstrip()[-5:]),
    }
    size = f"{len(paper.text) // 1024} KB, on a line that takes nothing for a second"
    yield row("the PDF of its summary", differs(**told), size)
    yield row(
        "what was kept in memory alone", unfit(paper, *seen), "no answer touched a file of nginx"
    )
    others = [patient.get(path) for path in ("/", "/help", "/privacy", "/nothing", "/finish-later")]
    yield row(f"each header once, on {len(seen) + 6} answers", of_all([paper, *others, *seen]))
    yield row("cookies", cookies(patient), f"{len(patient.set_cookies)}, all __Host- and Secure")
    yield packed(patient)


def clean(nginx: Nginx) -> Row:
    """Let nginx read its files, and say what it thinks of them."""
    code, said = nginx.said("-t")
    warnings = [line for line in said.splitlines() if "[warn]" in line or "[emerg]" in line]
    return row("`nginx -t` is clean", [*warnings, *([code] if code else [])])


def http_leads_to_https(site: Site) -> Row:
    """See that plain HTTP only says where to go, and that a forged name leads nowhere else."""
    faults = list[str]()
    for host in (FORMS, "evil.example"):
        wire = http.client.HTTPConnection("127.0.0.1", site.plain, timeout=10)
        wire.request("GET", "/help?country=DE", headers={"Host": host})
        came = wire.getresponse()
        to = f"https://{FORMS}/help?country=DE"
        faults += differs(status=(MOVED, came.status), to=(to, came.headers["Location"]))
        wire.close()
    return row("http leads to https, and only to the clinic's name", faults)


def http_2(client: Client) -> Row:
    """See that HTTP/2 is offered, and only new protocols of TLS are."""
    wire = client.connection()
    wire.trusting.set_alpn_protocols(["h2", "http/1.1"])
    wire.connect()
    spoken = str(wire.sock.selected_alpn_protocol()), str(wire.sock.version())
    wire.close()
    return row(
        "HTTP/2 over TLS 1.3", differs(spoken=(("h2", "TLSv1.3"), spoken)), ", ".join(spoken)
    )


def whole_form(patient: Client) -> list[Answer]:
    """Fill in page after page, as a patient does, until the summary."""
    choose, seen = random.Random(1), [patient.get("/")]  # noqa: S311 - answers, not secrets
    for _ in range(MANY):
        if seen[-1].path == SUMMARY:
            break
        form = seen[-1].page.select_one("main form[method=post]")
        link = seen[-1].page.select_one("main .row a.btn")
        if form is not None:
            came = patient.ask("POST", str(form["action"]), fill(form, choose))
            seen.append(patient.follow(came))
        elif link is not None:
            seen.append(patient.get(str(link["href"])))
    return seen


def unfit(*answers: Answer) -> list[str]:
    """Name answers that a patient should not see."""
    return [f"{one.status} at {one.path}" for one in answers if one.status != FINE]


def of_all(answers: list[Answer]) -> list[str]:
    """Name each header that an answer lacks, or has twice."""
    return [fault for answer in answers for fault in headers(answer)]


def headers(answer: Answer) -> Iterator[str]:
    """Name the headers that are not there once, and as the product says them."""
    for name, value in HEADERS.items():
        found = answer.headers.get_all(name)
        if found != [value]:
            yield f"{name} at {answer.path}: {found}"
    for name in ("Cache-Control", "Content-Type", "Date"):
        if len(answer.headers.get_all(name) or []) != 1:
            yield f"{name} at {answer.path}: {answer.headers.get_all(name)}"
    if answer.headers.get_all("Server") != ["nginx"]:
        yield f"Server: {answer.headers.get_all('Server')}"


def cookies(patient: Client) -> list[str]:
    """Name cookies that are not tied to this name and to https."""
    return [
        line.split("=")[0]
        for line in patient.set_cookies
        if not COOKIE.fullmatch(line) or not set(line.split("; ")) >= FLAGS or "Domain" in line
    ]


def packed(patient: Client) -> Row:
    """See that what comes packed is packed once, and nothing else at all."""
    page = patient.get("/")
    sheet = str(page.page.select_one("link[rel=stylesheet]")["href"])  # type: ignore[index]
    plain, small = patient.get(sheet), patient.get(sheet, Accept_Encoding="gzip")
    pages = {path: patient.get(path, Accept_Encoding="gzip") for path in ("/", "/help", SUMMARY)}
    encodings = [
        str(one.headers.get("Content-Encoding")) for one in (plain, small, *pages.values())
    ]
    wanted = ["None", "gzip", "None", "None", "gzip"]
    told = {
        "packed": (wanted, encodings),
        "says": (plain.text, small.text),
        "kept": (True, "immutable" in small.headers["Cache-Control"]),
    }
    size = len(gzip.compress(plain.text.encode()))
    return row("packed once, by the product alone", differs(**told), f"stylesheet {size} bytes")
