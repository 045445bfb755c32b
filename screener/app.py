"""The application: settings, content, store and pages, put together."""

import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

from flask import Flask, Request, redirect, url_for
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import rules
from screener import language, staff, wizard
from screener.settings import Settings
from screener.store import Intake, Store
from screener.web import (
    cookies,
    errors,
    files,
    frame,
    headers,
    health,
    hosts,
    origin,
    parts,
    readable,
    traffic,
)
from screener.web.parts import Parts, Side
from screener.web.traffic import Answered

LARGEST = 128 * 1024


class Sessions(SecureCookieSessionInterface):
    """Flask's session cookie, which holds the proof against forgery and nothing else."""

    digest_method = staticmethod(sha256)


class FormsOnly(Request):
    """A request. No form takes a file; one that comes all the same never touches the disk."""

    def _get_file_stream(self, *_: object, **__: object) -> BytesIO:  # werkzeug's own hook
        return BytesIO()


class Screener(Flask):
    """A Flask application whose templates must not name what is not there."""

    jinja_options = {**Flask.jinja_options, "undefined": StrictUndefined}  # noqa: RUF012 - Flask's
    session_interface = Sessions()
    request_class = FormsOnly

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Take every view and hook as it is: none is a coroutine, and Flask looks at each call."""
        return func


def create_app(
    settings: Settings,
    content: rules.Content | None = None,
    *,
    only: Side | None = None,
    clock: Callable[[], float] = time.time,
    listeners: Sequence[Callable[[Answered], None]] = (),
) -> Flask:
    """Make the application.

    Args:
        settings: what this clinic has set.
        content: the questions and rules; by default those that are shipped.
        only: the side to run, patients or staff; by default both.
        clock: seconds since 1970, UTC.
        listeners: are told of each request that was answered.

    Raises:
        StoreUnavailable: the data folder cannot be used; the message says what to do.
        rules.ContentError: the shipped content is broken.
    """
    content = content or rules.load()
    made_of = _parts(settings, content, only, clock)
    app = Screener("screener", template_folder=str(files.templates()), static_folder=None)
    parts.install(app, made_of)
    _configure(app, made_of)
    traffic.install(app, *listeners)
    app.register_blueprint(frame.blueprint())
    app.register_blueprint(health.blueprint())
    if made_of.patients_store:
        app.extensions["store"] = made_of.patients_store
        app.register_blueprint(wizard.blueprint())
    if made_of.staff_store:
        staff.install(app)
    if not made_of.patients_store:
        app.add_url_rule("/", "front_door", to_the_staff)
    return app


def to_the_staff() -> ResponseReturnValue:
    """Lead on to the staff's pages, where only these run."""
    return redirect(url_for("staff.home"), 303)


def _parts(
    settings: Settings, content: rules.Content, only: Side | None, clock: Callable[[], float]
) -> Parts:
    """Open the sides that run; in one process they share the database."""
    limits = content.limits.with_values(settings.limits)
    store = None if only == "staff" else Store.open(settings, clock=clock)
    database = store.database if store else None
    intake = None if only == "patient" else Intake.open(settings, database=database, clock=clock)
    return Parts(settings, content, limits, store, intake)


def _configure(app: Flask, made_of: Parts) -> None:
    settings = made_of.settings
    side = made_of.patients_store or made_of.intake
    https = settings.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=side.secret_key,
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=LARGEST,
    )
    hosts.install(app, settings.public_url)
    readable.install(app)
    language.install(app)
    headers.install(app, https=https)
    files.install(app, settings)
    cookies.install(app, https=https)
    origin.install(app, settings.public_url)
    errors.install(app)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
