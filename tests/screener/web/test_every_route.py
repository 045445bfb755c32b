"""Every address of either side, asked in every way, over plain http and over https: the headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from screener.app import create_app
from screener.settings import Settings
from screener.staff import cookies as staff_cookies
from screener.web import cookies
from tests.promises import headers_kept
from tests.screener.wizard.conftest import content_once

PUBLIC, LOCAL = "https://ask.example.org", "http://localhost"
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")
ARGUMENTS = {
    "page_id": "organs",
    "number": 1,
    "reference": "K7QM-4XRT",
    "filename": "screener.css",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), "
        "usb=()"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


@pytest.fixture(scope="module", params=[LOCAL, PUBLIC])
def answers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> object:
    """What every address answers to every method, and what goes wrong otherwise."""
    folder: Path = tmp_path_factory.mktemp("every-route")
    settings = Settings.load(None, folder, environment={}, public_url=request.param)
    app = create_app(settings, content_once())
    client = app.test_client()
    return request.param, list(every(app, client, request.param))


def every(app: Flask, client: FlaskClient, base: str) -> Iterator[tuple[str, TestResponse]]:
    for _rule, address in addresses(app):
        for method in METHODS:
            came = client.open(address, method=method, base_url=base, buffered=True)
            yield f"{method} {address}", came
    yield "404", client.get("/nothing", base_url=base)
    yield "413", client.post("/start", data=b"x" * 200_000, base_url=base)
    yield "host", client.get("/", base_url=base, headers={"Host": "evil.example"})
    app.view_functions["wizard.privacy"] = broken
    yield "500", client.get("/privacy", base_url=base)


def addresses(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        given = {name: ARGUMENTS.get(name, "x" * 32) for name in rule.arguments}
        yield rule, app.url_map.bind("localhost").build(rule.endpoint, given)


def broken() -> str:
    raise RuntimeError("broken on purpose")


Answers = tuple[str, list[tuple[str, TestResponse]]]


def test_every_answer_has_the_headers(answers: Answers) -> None:
    _base, came = answers

    for asked, response in came:
        assert (asked, HEADERS) == (asked, {name: response.headers.get(name) for name in HEADERS})
        headers_kept(response)


def test_no_address_but_the_health_checks_answers_to_another_host(tmp_path: Path) -> None:
    app = create_app(Settings.load(None, tmp_path, environment={}), content_once())
    client, evil = app.test_client(), {"Host": "evil.example"}

    answered = {
        rule.endpoint
        for rule, address in addresses(app)
        if client.get(address, headers=evil, buffered=True).status_code != 400
    }

    assert {"health.lives", "health.ready"} == answered


def test_every_answer_over_https_says_to_stay_there(answers: Answers) -> None:
    base, came = answers
    without = [asked for asked, response in came if "max-age=63072000" not in hsts(response)]

    assert without == ([] if base == PUBLIC else [asked for asked, _response in came])


def hsts(response: TestResponse) -> str:
    return response.headers.get("Strict-Transport-Security", "")


def test_no_answer_names_the_server_or_lets_another_site_read_it(answers: Answers) -> None:
    named = {"Server", "X-Powered-By", "Access-Control-Allow-Origin"}

    assert [] == [asked for asked, response in answers[1] if named & set(response.headers.keys())]


def test_every_cookie_is_for_this_host_alone_and_for_no_script(answers: Answers) -> None:
    base, came = answers
    cookies = [line for _asked, response in came for line in response.headers.getlist("Set-Cookie")]

    assert cookies
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=" in cookie
        assert "Path=/" in cookie
        assert "Domain=" not in cookie
        assert (base == PUBLIC) is ("Secure" in cookie) is cookie.startswith("__Host-")


@pytest.mark.parametrize("base", [LOCAL, PUBLIC])
def test_a_cookie_that_opens_something_is_for_this_host_alone_and_ends_with_the_browser(
    base: str, tmp_path: Path
) -> None:
    settings = Settings.load(None, tmp_path, environment={}, public_url=base)
    app = create_app(settings, content_once())

    with app.test_request_context("/", base_url=base):
        app.preprocess_request()
        cookies.keep("a token")
        staff_cookies.keep("a sign-in")
        given = staff_cookies.send(app.process_response(app.make_response("")))
        cookies.forget()
        staff_cookies.forget()
        taken = staff_cookies.send(app.process_response(app.make_response("")))

    prefix, secure = ("__Host-", {"Secure"}) if base == PUBLIC else ("screener-", set())
    for name, site in (("draft", "Lax"), ("staff", "Strict")):
        for response, ends in ((given, set()), (taken, {"Expires", "Max-Age"})):
            named = (one for one in lines(response) if one[0].startswith(f"{prefix}{name}="))
            said = next(named, [])
            words = {word.partition("=")[0] for word in said[1:]} & {"Expires", "Max-Age"}
            assert {"HttpOnly", "Path=/", f"SameSite={site}", *secure} <= {*said[1:]}
            assert ends == words


def lines(response: Response) -> list[list[str]]:
    return [line.split("; ") for line in response.headers.getlist("Set-Cookie")]


def test_every_text_names_its_letters(answers: Answers) -> None:
    kinds = {response.headers.get("Content-Type", "") for _asked, response in answers[1]}

    assert [] == [
        kind for kind in kinds if kind.startswith("text/") and "charset=utf-8" not in kind
    ]


def test_no_method_that_nobody_uses_is_answered(answers: Answers) -> None:
    odd = {"PUT", "PATCH", "DELETE", "TRACE"}
    statuses = {
        response.status_code for asked, response in answers[1] if asked.split(" ")[0] in odd
    }

    assert statuses <= {303, 405, 308, 404}
    assert 405 in statuses


def test_each_kind_of_error_was_among_them(answers: Answers) -> None:
    statuses = {response.status_code for _asked, response in answers[1]}

    assert {200, 303, 400, 404, 405, 413, 500} <= statuses
