"""A moment of what `python -m benchmarks fuzz_http` does for long."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import Headers

from benchmarks.fuzz_http.__main__ import KINDS, Found
from benchmarks.fuzz_http.drawing import as_browsers_write
from benchmarks.fuzz_http.inside import Inside
from benchmarks.fuzz_http.request import Request
from benchmarks.fuzz_http.verdict import Verdict
from tests.screener.wizard.conftest import content_once
from tests.staff import hash_quickly

MANY = 600
GOOD = {
    "Content-Security-Policy": "default-src 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Type": "text/html; charset=utf-8",
}
ASKED = Request("GET", "/", "", [], b"")


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_no_request_is_an_error_of_ours_or_a_leak(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_quickly(monkeypatch)
    fuzzed = Inside(tmp_path, content_once(), seed=20, **KINDS[name])

    fuzzed.run(MANY)
    fuzzed.close()

    assert [] == fuzzed.verdict.wrong
    assert [] == fuzzed.tracebacks.found
    assert fuzzed.verdict.statuses[200] > MANY / 10


GOOD_RUN = Found("plain", 1, Counter({200: 9}), [], [], [])


@pytest.mark.parametrize(
    "found",
    [
        replace(GOOD_RUN, wrong=["status 500"]),
        replace(GOOD_RUN, tracebacks=["KeyError"]),
        replace(GOOD_RUN, never_reached=["staff.deleted"]),
        replace(GOOD_RUN, alive=False),
    ],
)
def test_a_run_with_anything_wrong_or_a_route_never_reached_is_not_well(found: Found) -> None:
    assert GOOD_RUN.well
    assert not found.well


@pytest.mark.parametrize(
    ("status", "headers", "body", "named"),
    [
        (500, {}, b"", "status 500"),
        (200, {"Content-Security-Policy": "default-src 'unsafe-inline'"}, b"", "Content-Security"),
        (200, {"Cache-Control": "private"}, b"", "Cache-Control"),
        (303, {"Location": "//evil.example"}, b"", "Location"),
        (303, {"Location": "/\\evil.example"}, b"", "Location"),
        (303, {"Location": "https://ask.example.evil/"}, b"", "Location"),
        (200, {"Set-Cookie": "a=" + "x" * 5000}, b"", "a cookie"),
        (200, {}, b"<p><fz'\">", "markup"),
    ],
)
def test_what_should_not_be_is_named(
    status: int, headers: dict[str, Any], body: bytes, named: str
) -> None:
    verdict = Verdict("ask.example", frozenset())

    verdict.look(ASKED, status, Headers(GOOD | headers), body)

    assert 1 == len(verdict.wrong)
    assert verdict.wrong[0].startswith(named)


def test_an_address_of_a_page_goes_over_the_wire_whatever_it_holds() -> None:
    address = as_browsers_write("/a b/½\ud800?to=%2F&c=d")

    raw = Request("GET", address, "", [], b"").raw()

    assert raw.startswith(b"GET /a%20b/%C2%BD%ED%A0%80?to=%2F&c=d HTTP/1.1\r\n")


def test_a_good_answer_is_let_be() -> None:
    verdict = Verdict("ask.example", frozenset({"https://neutral.example/"}))

    for to in ("/form/check?then=check", "https://ask.example/staff/", "https://neutral.example/"):
        verdict.look(ASKED, 303, Headers(GOOD | {"Location": to}), b"")

    assert [] == verdict.wrong
