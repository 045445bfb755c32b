"""What no view has to cope with is refused at the door."""

from pathlib import Path

import pytest
from flask import Flask

from screener.app import create_app
from screener.settings import Settings
from tests.first_start import begun
from tests.screener.wizard.conftest import content_once
from tests.web import browser


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    settings = Settings.load(None, begun(tmp_path / "data"), environment={})
    return create_app(settings, content_once())


@pytest.mark.parametrize("address", ["/form/%00", "/staff/accounts/%00", "/code/K7QM%00-4XRT"])
def test_an_address_with_a_nul_is_not_found(app: Flask, address: str) -> None:
    assert 404 == browser(app).get(address).status_code


@pytest.mark.parametrize("address", ["/start", "/return", "/staff/sign-in"])
def test_a_field_without_a_name_is_refused(app: Flask, address: str) -> None:
    body = b"--edge\r\nContent-Disposition: form-data\r\n\r\nx\r\n--edge--\r\n"

    sent = browser(app).post(address, data=body, content_type="multipart/form-data; boundary=edge")

    assert 400 == sent.status_code


@pytest.mark.parametrize("body", ["a=%3Cb&" * 10_000, "".join(f"a{n}&" for n in range(10_000))])
@pytest.mark.parametrize("address", ["/form/before-you-start", "/staff/sign-in"])
def test_a_form_with_fields_without_end_is_refused(app: Flask, address: str, body: str) -> None:
    form = "application/x-www-form-urlencoded"

    sent = browser(app).post(address, data=body, content_type=form)

    assert 413 == sent.status_code
    assert len(sent.data) < 10_000  # nothing of it comes back
