"""Figures for Prometheus: counts and times, on a port of their own, and nothing about anybody."""

import http.client
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client import generate_latest

from screener.app import create_app
from screener.metrics import Figures
from screener.settings import Settings
from screener.timer import Job
from tests.screener.store.test_submissions import PARCEL
from tests.screener.wizard.conftest import content_once
from tests.staff import intake_of


@pytest.fixture
def figures() -> Iterator[Figures]:
    before = logging.getLogger().handlers[:]
    yield Figures()
    logging.getLogger().handlers[:] = before


@pytest.fixture
def app(tmp_path: Path, figures: Figures) -> Flask:
    settings = Settings.load(None, tmp_path, environment={})
    return create_app(settings, content_once(), listeners=[figures.answered])


def told(figures: Figures) -> dict[str, float]:
    """What a scrape says: name and labels, and the figure."""
    lines = generate_latest(figures.registry).decode().splitlines()
    pairs = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
    return {name: float(figure) for name, figure in pairs}


def test_requests_are_counted_by_method_rule_and_status(app: Flask, figures: Figures) -> None:
    for path in ("/help", "/help", "/nothing/zopiclone"):
        app.test_client().get(path)

    said = told(figures)

    assert 2 == said['screener_requests_total{method="GET",route="/help",status="200"}']
    assert 1 == said['screener_requests_total{method="GET",route="other",status="404"}']
    assert 2 == said['screener_request_seconds_count{method="GET",route="/help"}']
    assert [] == [name for name in said if "zopiclone" in name]


def test_warnings_and_errors_are_counted_by_the_name_of_their_event(figures: Figures) -> None:
    figures.listen_to_the_log()
    logging.getLogger("screener.web").error("store_unavailable", extra={"reason": "full"})
    logging.getLogger("screener.web").info("request")
    logging.getLogger("sqlalchemy").error("zopiclone")

    said = told(figures)

    assert 1 == said['screener_faults_total{event="store_unavailable"}']
    assert 1 == said['screener_faults_total{event="(left out)"}']
    assert [] == [name for name in said if "request" in name or "zopiclone" in name]


def test_a_job_tells_when_it_last_ended_well_and_how_often_it_did_not(figures: Figures) -> None:
    good, bad = Job("purge", 1, lambda: None), Job("receive", 1, lambda: 1 / 0)
    figures.watch([good, bad], None)

    good.turn()
    bad.turn()
    said = told(figures)

    assert 0 <= said['screener_job_age_seconds{job="purge"}'] < 60
    assert 'screener_job_age_seconds{job="receive"}' not in said
    assert (0.0, 1.0) == (
        said['screener_job_failures_total{job="purge"}'],
        said['screener_job_failures_total{job="receive"}'],
    )


def test_the_staff_side_tells_of_forms_and_notices(app: Flask, figures: Figures) -> None:
    intake = intake_of(app)
    intake.need_clinic_key()
    send(app)
    figures.watch([], intake)

    said = told(figures)

    assert 1 == said["screener_forms_started_total"]
    assert 1 == said["screener_forms_waiting"]
    assert 0 == said['screener_notices{state="failed"}']


def send(app: Flask) -> None:
    drafts = app.extensions["store"].drafts
    drafts.send(drafts.begin().token, PARCEL)


def test_no_figure_tells_how_urgent_anybody_is(app: Flask, figures: Figures) -> None:
    intake = intake_of(app)
    intake.need_clinic_key()
    send(app)
    figures.watch([], intake)
    app.test_client().get("/help")

    labels = [name.partition("{")[2] for name in told(figures) if "{" in name]
    names = {label.partition("=")[0] for said in labels for label in said.strip("}").split(",")}

    assert {"method", "route", "status", "le", "state"} == names


def test_a_database_that_is_away_leaves_the_other_figures(
    app: Flask, figures: Figures, tmp_path: Path
) -> None:
    figures.watch([Job("purge", 1, lambda: None)], intake_of(app))
    (tmp_path / "screener.db").unlink()

    said = told(figures)

    assert "screener_forms_waiting" not in said
    assert 'screener_job_failures_total{job="purge"}' in said


def test_they_have_a_port_of_their_own(app: Flask, figures: Figures) -> None:
    port = figures.serve("127.0.0.1", 0)
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    wire.request("GET", "/metrics")
    body = wire.getresponse().read().decode()
    wire.close()
    figures.close()

    assert "# TYPE screener_requests_total counter" in body
    assert 404 == app.test_client().get("/metrics").status_code
