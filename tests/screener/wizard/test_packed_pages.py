"""Three pages travel packed. Whoever sees lengths on the line must learn nothing by them."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from screener.web.packing import BLOCK
from tests.screener.wizard.conftest import Settled
from tests.screener.wizard.people import PROBLEMS
from tests.staff import hash_quickly, hired, signed_in
from tests.web import Patient, browser, said

PACKS = {"Accept-Encoding": "gzip, deflate, br, zstd"}
PRINTS = ["/summary/print", "/summary/print?copy=clinician&paper=letter"]
PAGES = ["/form/check", "/summary", *PRINTS]
MARK = "amarkthatnopageofourshas"


def asked(patient: Patient, address: str, **headers: str) -> TestResponse:
    return patient.browser.get(address, headers=PACKS | headers)


@pytest.mark.parametrize("address", PAGES)
def test_a_long_page_is_packed_for_those_who_can_unpack_it(done: Settled, address: str) -> None:
    patient = done()

    packed, plain = asked(patient, address), patient.browser.get(address)

    assert "gzip" == packed.headers["Content-Encoding"]
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert packed.mimetype == plain.mimetype == "text/html"
    assert lines(packed) == lines(plain)


def lines(response: TestResponse) -> list[str]:
    """What a page says, but for its proof, which is new in each second."""
    return [line for line in said(response).splitlines() if "csrf_token" not in line]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("answers", [{}, PROBLEMS], ids=["calm", "busy"])
def test_its_length_is_whole_kib(done: Settled, address: str, answers: dict[str, Any]) -> None:
    assert 0 == len(asked(done(**answers), address).data) % BLOCK


@pytest.mark.parametrize("address", PAGES)
def test_a_packed_page_repeats_nothing_of_its_request(done: Settled, address: str) -> None:
    patient = done()
    before = asked(patient, address)
    patient.browser.set_cookie(MARK, MARK)
    query = f"{'&' if '?' in address else '?'}country={MARK}&then={MARK}&{MARK}={MARK}"
    headers = ("User-Agent", "Referer", "Accept-Language", "Accept", "From", "X-Forwarded-For")

    after = asked(patient, address + query, **dict.fromkeys(headers, MARK))

    assert MARK not in said(after)
    assert lines(before) == lines(after)


def test_no_other_page_is_packed(
    app: Flask, done: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question page repeats what was typed; the staff's pages, what a patient typed."""
    hash_quickly(monkeypatch)
    patient, sam = done(), signed_in(app, hired(app, "admin"))
    pages = [page.id for page in app.extensions["screener"].content.questionnaire.pages]
    questions = [f"/form/{page}" for page in pages]
    beside = ["/", "/help", "/privacy", "/return", "/finish-later", "/delete", "/no-such-page"]
    staff = ["/staff/queue", "/staff/trail", "/staff/account", "/staff/nothing"]

    answers = [asked(patient, address) for address in (*questions, *beside)]
    answers.append(asked(Patient(browser(app)).start(), f"{questions[0]}?again=1"))
    answers += [sam.browser.get(address, headers=PACKS) for address in staff]

    assert [] == [one.request.path for one in answers if "Content-Encoding" in one.headers]
    assert {200, 303, 404, 422} == {one.status_code for one in answers}
