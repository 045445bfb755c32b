"""Every address of either side, asked in every way, over plain http and over https: the headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from screener.app import create_app
from screener.settings import Settings
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
POLICY = ("base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "script-src 'self'")


@pytest.fixture(scope="module", params=[LOCAL, PUBLIC])
def answers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> object:
    """What every address answers to every method, and what goes wrong otherwise."""
    folder: Path = tmp_path_factory.mktemp("every-route")
    settings = Settings.load(None, folder, environment={}, public_url=request.param)
    app = create_app(settings, content_once())
    client = app.test_client()
    return request.param, list(every(app, client, request.param))


def every(app: Flask, client: FlaskClient, base: str) -> Iterator[tuple[str, TestResponse]]:
    for rule in app.url_map.iter_rules():
        given = {name: ARGUMENTS.get(name, "x" * 32) for name in rule.arguments}
        address = app.url_map.bind("localhost").build(rule.endpoint, given)
        for method in METHODS:
            came = client.open(address, method=method, base_url=base, buffered=True)
            yield f"{method} {address}", came
    yield "404", client.get("/nothing", base_url=base)
    yield "413", client.post("/start", data=b"x" * 200_000, base_url=base)
    yield "host", client.get("/", base_url=base, headers={"Host": "evil.example"})
    app.view_functions["wizard.privacy"] = broken
    yield "500", client.get("/privacy", base_url=base)


def broken() -> str:
    raise RuntimeError("broken on purpose")


Answers = tuple[str, list[tuple[str, TestResponse]]]


def test_every_answer_has_the_headers(answers: Answers) -> None:
    _base, came = answers

    for asked, response in came:
        headers_kept(response)
        assert all(part in response.headers["Content-Security-Policy"] for part in POLICY), asked
        assert "DENY" == response.headers["X-Frame-Options"], asked
        assert "same-origin" == response.headers["Cross-Origin-Opener-Policy"], asked
        assert "same-origin" == response.headers["Cross-Origin-Resource-Policy"], asked
        assert "geolocation=()" in response.headers["Permissions-Policy"], asked


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
