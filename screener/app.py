"""The application: settings, content, store and pages, put together."""

from hashlib import sha256

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import rules
from screener import language, wizard
from screener.settings import Settings
from screener.store import Store
from screener.web import cookies, errors, files, headers, hosts, origin, parts

LARGEST = 128 * 1024


class Sessions(SecureCookieSessionInterface):
    """Flask's session cookie, which holds the proof against forgery and nothing else."""

    digest_method = staticmethod(sha256)


class Screener(Flask):
    """A Flask application whose templates must not name what is not there."""

    jinja_options = {**Flask.jinja_options, "undefined": StrictUndefined}  # noqa: RUF012 - Flask's
    session_interface = Sessions()


def create_app(settings: Settings, content: rules.Content | None = None) -> Flask:
    """Make the application.

    Args:
        settings: what this clinic has set.
        content: the questions and rules; by default those that are shipped.

    Raises:
        StoreUnavailable: the data folder cannot be used; the message says what to do.
        rules.ContentError: the shipped content is broken.
    """
    content = content or rules.load()
    limits = content.limits.with_values(settings.limits)
    store = Store.open(settings)
    app = Screener("screener", template_folder=str(files.templates()), static_folder="static")
    app.extensions["store"] = store
    parts.install(app, parts.Parts(settings, content, limits, store))
    _configure(app, settings, store)
    app.register_blueprint(wizard.blueprint())
    return app


def _configure(app: Flask, settings: Settings, store: Store) -> None:
    https = settings.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=store.secret_key,
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=LARGEST,
    )
    hosts.install(app, settings.public_url)
    language.install(app)
    # The last installed runs first on a response: the headers see what the files have said.
    headers.install(app, https=https)
    files.install(app)
    cookies.install(app, https=https)
    origin.install(app, settings.public_url)
    errors.install(app)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
