"""The application as a whole: headers, cookies, hosts, errors, and what it must not say."""

import io
import logging
from pathlib import Path

import pytest
from flask import Flask, request

import rules
from screener.app import create_app
from screener.logs import AllowedOnly
from screener.settings import Settings
from tests.screener.wizard.conftest import content_once
from tests.web import Patient, browser

OURS = "https://screen.example.org"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """A clinic that has set nothing."""
    return create_app(Settings.load(None, tmp_path, environment={}), content_once())


@pytest.fixture
def public(tmp_path: Path) -> Flask:
    """A clinic on the web, behind one proxy."""
    settings = Settings.load(None, tmp_path, environment={}, public_url=OURS, trusted_proxies=1)
    return create_app(settings, content_once())


@pytest.mark.parametrize("address", ["/", "/help", "/nothing", "/static/screener.css"])
def test_every_response_has_the_headers(app: Flask, address: str) -> None:
    # The browser for tests looks at them on everything it opens.
    assert browser(app).get(address).status_code in {200, 404}


def test_static_files_are_kept_only_by_their_content(app: Flask) -> None:
    page = Patient(browser(app)).go("/").page
    sheet = str(page.select("link[rel=stylesheet]")[0]["href"])

    assert "immutable" in browser(app).get(sheet).headers["Cache-Control"]
    assert browser(app).get(sheet[:-1]).headers["Cache-Control"] == "no-store"


def test_https_has_strict_transport_and_host_cookies(public: Flask) -> None:
    client = browser(public)
    response = client.get("/", base_url=OURS)

    assert "max-age" in response.headers["Strict-Transport-Security"]
    assert response.headers["Set-Cookie"].startswith("__Host-session=")
    assert "Secure" in response.headers["Set-Cookie"]


def test_http_has_neither(app: Flask) -> None:
    response = browser(app).get("/")

    assert "Strict-Transport-Security" not in response.headers
    assert "__Host-" not in response.headers["Set-Cookie"]


def test_a_whole_visit_works_over_https_behind_a_proxy(public: Flask) -> None:
    client = browser(public)
    client.environ_base |= {
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_HOST": "screen.example.org",
        "HTTP_REFERER": f"{OURS}/",
        "HTTP_ORIGIN": OURS,
        "HTTP_HOST": "screen.example.org",
    }

    assert Patient(client).start().at == "/form/before-you-start"


def test_a_file_that_nobody_asked_for_is_not_written_to_the_disk(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_disk(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", on_disk)
    patient = Patient(browser(app)).go("/")
    action, sent = patient.filled_in("Start")

    with_file = sent | {"more": (io.BytesIO(b"x" * 9000), "more.txt")}
    assert 303 == patient.browser.post(action, data=with_file).status_code


@pytest.mark.parametrize(
    ("said", "status", "to"),
    [
        ({"Origin": OURS}, 303, "/form/before-you-start"),
        ({"Referer": f"{OURS}/"}, 303, "/form/before-you-start"),
        ({"Origin": OURS, "Referer": "https://["}, 303, "/form/before-you-start"),
        ({"Referer": "https://evil.example/"}, 403, None),
        ({"Referer": "https://["}, 403, None),
        ({}, 303, "/"),
    ],
)
def test_over_https_a_form_says_where_it_is_from(
    public: Flask, said: dict[str, str], status: int, to: str | None
) -> None:
    client = browser(public)
    patient = Patient(client)
    patient.response = client.get("/", base_url=OURS)
    action, sent = patient.filled_in("Start")

    answer = client.post(action, data=sent, base_url=OURS, headers=said)

    assert (status, to) == (answer.status_code, answer.location)


@pytest.mark.parametrize("host", ["localhost:9000", "127.0.0.1", "[::1]:8000"])
def test_this_machine_is_a_trusted_host(app: Flask, host: str) -> None:
    assert browser(app).get("/help", headers={"Host": host}).status_code == 200


def test_another_host_is_refused(app: Flask, public: Flask) -> None:
    for made in (app, public):
        assert made.test_client().get("/", headers={"Host": "evil.example"}).status_code == 400


def test_forwarded_headers_count_only_behind_a_trusted_proxy(app: Flask) -> None:
    response = browser(app).get("/help", headers={"X-Forwarded-Host": "evil.example"})

    assert response.status_code == 200


def test_no_more_proxies_are_believed_than_there_are(public: Flask) -> None:
    """Each proxy writes down whom it heard from, behind what was there before it."""
    seen: list[tuple[str | None, str, str]] = []
    public.before_request(lambda: seen.append((request.remote_addr, request.host, request.scheme)))
    said = {
        "X-Forwarded-For": "192.0.2.66, 203.0.113.7",
        "X-Forwarded-Host": "evil.example, screen.example.org",
        "X-Forwarded-Proto": "http, https",
    }

    browser(public).get("/help", headers=said)

    assert [("203.0.113.7", "screen.example.org", "https")] == seen


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "http://[", "//x@localhost"]
)
def test_what_another_site_sends_is_refused(app: Flask, origin: str) -> None:
    patient = Patient(browser(app)).go("/")
    action, data = patient.filled_in("Start")

    response = patient.browser.post(action, data=data, headers={"Origin": origin})

    assert response.status_code == 403


@pytest.mark.parametrize(
    ("address", "status"), [("/nothing", 404), ("/form/check/../x", 404), ("/logo", 404)]
)
def test_an_error_is_a_page(app: Flask, address: str, status: int) -> None:
    response = browser(app).get(address)

    assert response.status_code == status
    assert "Get help now" in response.text


def test_a_crash_says_sorry_and_logs_no_answer(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("zopiclone")

    patient = Patient(browser(app)).start()
    monkeypatch.setattr("screener.wizard.pages.render_template", crash)
    with caplog.at_level(logging.DEBUG):
        response = patient.browser.get("/form/before-you-start")

    assert response.status_code == 500
    assert "Sorry, something went wrong on our side" in response.text
    assert "zopiclone" not in response.text
    assert "zopiclone" not in "".join(map(AllowedOnly().format, caplog.records))
    assert [record.getMessage() for record in caplog.records] == ["crashed"]


def test_a_wrong_limit_stops_the_start(tmp_path: Path) -> None:
    settings = Settings.load(None, tmp_path, environment={})
    wrong = settings.model_copy(update={"limits": {"bp_first_sys": 500}})

    with pytest.raises(rules.LimitError, match="bp_first_sys"):
        create_app(wrong, content_once())


def test_no_answer_stands_in_an_address_or_a_cookie(app: Flask) -> None:
    patient = Patient(browser(app)).start()
    patient.answer({"ack": "yes", "filled_by": "someone_else", "age_years": "61"})
    kept = [patient.browser.get_cookie(name) for name in ("screener-draft", "screener-session")]

    said = patient.at + "".join(cookie.value for cookie in kept if cookie)
    assert "61" not in patient.at
    assert "someone_else" not in said
