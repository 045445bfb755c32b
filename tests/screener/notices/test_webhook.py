"""A call can be checked by whoever gets it, and goes nowhere else."""

import base64
import hmac
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest

from screener.notices import webhook
from screener.settings.notices import Webhook
from tests.certificates import certificate
from tests.screener.notices.receivers import Hook

SECRET = "a secret that signs, and is long enough"


def call(hook: Hook, secret: str = SECRET, address: str = "") -> str:
    to = Webhook(address=address or hook.address, secret=secret)
    return webhook.send(to, "0123abcd", "River Clinic", "https://staff.example/staff")


def signature(headers: dict[str, str], body: bytes, key: bytes) -> str:
    """Sign as the Standard Webhooks describe it, from what arrived."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body.decode()}"
    return f"v1,{base64.b64encode(hmac.digest(key, signed.encode(), 'sha256')).decode()}"


@pytest.mark.parametrize(
    ("secret", "key"),
    [
        (SECRET, SECRET.encode()),
        (f"whsec_{base64.b64encode(b'k' * 32).decode()}", b"k" * 32),
    ],
)
def test_id_time_and_body_are_signed(
    hook: Hook, secret: str, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "time", SimpleNamespace(time=lambda: 1_795_343_410.9))

    assert "" == call(hook, secret)

    ((_path, headers, body),) = hook.calls
    assert "0123abcd" == headers["webhook-id"]
    assert "1795343410" == headers["webhook-timestamp"]
    assert "application/json" == headers["Content-Type"]
    assert signature(headers, body, key) == headers["webhook-signature"]
    assert signature(headers, body + b" ", key) != headers["webhook-signature"]


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 404, 410, 500, 503])
def test_every_answer_but_yes_is_a_no(hook: Hook, status: int) -> None:
    hook.answers = lambda: (status, {})

    assert f"status_{status}" == call(hook)


def test_no_redirect_is_followed(hook: Hook) -> None:
    hook.answers = lambda: (307, {"Location": f"http://127.0.0.1:{hook.port}/elsewhere"})

    call(hook)

    assert ["/new?from=screener"] == [path for path, _headers, _body in hook.calls]


def test_nobody_there_is_said(hook: Hook) -> None:
    assert "no_connection" == call(hook, address="http://127.0.0.1:1/")


def test_a_server_without_a_certificate_is_not_trusted(hook: Hook) -> None:
    assert "no_trust" == call(hook, address=f"https://127.0.0.1:{hook.port}/")
    assert [] == hook.calls


def test_a_server_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    with Hook(certificate=certificate(tmp_path, "localhost")) as hook:
        assert "no_trust" == call(hook, address=f"https://localhost:{hook.port}/")

    assert [] == hook.calls


def test_a_receiver_that_never_answers_is_given_up(
    hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "PATIENCE", 0.05)
    given_up = Event()

    def wait() -> tuple[int, dict[str, str]]:
        given_up.wait()
        return 204, {}

    hook.answers = wait
    said = call(hook)
    given_up.set()

    assert "timeout" == said
