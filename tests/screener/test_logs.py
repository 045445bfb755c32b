import io
import json
import logging
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener import logs
from screener.settings import Settings
from screener.store import Store

MARK = "Marker-zopiclone 7"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root, written = logging.getLogger(), io.StringIO()
    before = root.handlers[:], root.level
    logs.configure(written, logging.DEBUG)
    yield written
    root.handlers[:], level = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    for name in logs.OWN:
        logging.getLogger(name).setLevel(logging.NOTSET)


def read(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_an_event_says_what_happened_and_how_long_it_took(lines: io.StringIO) -> None:
    logging.getLogger("screener.web").info(
        "request", extra={"route": "/form/<page>", "status": 303, "milliseconds": 4.2}
    )

    (line,) = read(lines)
    assert line.pop("at", "").__class__ is str
    assert {
        "level": "info",
        "from": "screener.web",
        "event": "request",
        "route": "/form/<page>",
        "status": 303,
        "milliseconds": 4.2,
    } == line


def test_a_key_that_is_not_allowed_is_not_written(lines: io.StringIO) -> None:
    logging.getLogger("screener").info("saved", extra={"answer": MARK, "address": "192.0.2.1"})

    assert [{"at", "level", "from", "event"}] == [set(line) for line in read(lines)]


@settings(deadline=None)
@given(st.text())
def test_a_text_under_an_allowed_key_is_a_plain_name_or_left_out(text: str) -> None:
    record = logging.LogRecord("screener", logging.INFO, "f", 1, "saved", None, None)
    record.reason = text

    (written,) = logs.AllowedOnly().format(record).splitlines()

    said = json.loads(written)["reason"]
    assert said == "(left out)" or (said == text and logs.PLAIN.fullmatch(text))


@pytest.mark.parametrize("name", ["screener.web", "werkzeug", "sqlalchemy.engine", "root"])
def test_messages_and_their_values_are_never_written(lines: io.StringIO, name: str) -> None:
    logging.getLogger(name).error("could not read %s", MARK)
    logging.getLogger(name).error(f"could not read {MARK}")  # noqa: G004 - the careless way

    assert MARK not in lines.getvalue()
    assert ["(left out)", "(left out)"] == [line["event"] for line in read(lines)]


def test_a_single_word_from_another_library_is_no_event_of_ours(lines: io.StringIO) -> None:
    logging.getLogger("werkzeug").error("zopiclone")

    assert ["(left out)"] == [line["event"] for line in read(lines)]


def test_an_error_says_its_kind_and_place_and_not_its_words(lines: io.StringIO) -> None:
    try:
        int(MARK)
    except ValueError:
        logging.getLogger("screener.web").exception("request_failed")

    (line,) = read(lines)
    assert ("ValueError", "request_failed") == (line["error"], line["event"])
    assert "test_logs.py" in str(line["where"])
    assert MARK not in lines.getvalue()


def test_warnings_of_libraries_are_left_out_too(lines: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logs.configure(lines)
        warnings.warn(MARK, stacklevel=1)

    assert MARK not in lines.getvalue()


@pytest.mark.parametrize("nasty", ["\r\n{}", "\x1b[2J", "\u2028", "\0"])
def test_nothing_that_was_typed_can_start_a_line_of_its_own(lines: io.StringIO, nasty: str) -> None:
    logging.getLogger("screener").info(nasty, extra={"reason": nasty, "route": nasty})

    assert len(lines.getvalue().splitlines()) == 1
    assert len(read(lines)) == 1


def test_the_life_of_a_draft_leaves_no_answer_token_or_code_in_the_log(
    lines: io.StringIO, tmp_path: Path
) -> None:
    store = Store.open(Settings.load(None, tmp_path, environment={}))
    token = store.drafts.begin().token
    store.drafts.save(token, lambda state: {**state, "answers": {"wants": MARK}})
    code = store.drafts.give_code(token)
    store.drafts.resume(code, "192.0.2.1")

    def fail(state: dict[str, object]) -> dict[str, object]:
        raise ValueError(MARK, state)

    opened = store.drafts.resume(code, "192.0.2.1")
    assert opened is not None
    try:
        store.drafts.save(opened.token, fail)
    except ValueError:
        logging.getLogger("screener.web").exception("request_failed")
    (tmp_path / "screener.db").unlink()
    try:
        store.drafts.open(opened.token)
    except Exception:
        logging.getLogger("screener.web").exception("request_failed")
    store.close()

    written = lines.getvalue()
    assert "StoreUnavailable" in written
    secrets = [MARK, "zopiclone", token, opened.token, code, "192.0.2.1"]
    assert [] == [secret for secret in secrets if secret in written]


def test_the_default_place_is_standard_error(
    lines: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure()

    logging.getLogger("screener").info("started")

    assert json.loads(capsys.readouterr().err)["event"] == "started"
    assert lines.getvalue() == ""


def test_a_console_that_is_gone_stops_nothing(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.configure()
    gone = io.StringIO()
    gone.close()
    monkeypatch.setattr(sys, "stderr", gone)

    logging.getLogger("screener").info("started")

    assert lines.getvalue() == ""
