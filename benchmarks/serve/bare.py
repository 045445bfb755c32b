"""What a Flask tutorial would write: a form page, and ones that keep what they were sent.

The same three questions, a token against forgery; with a place to keep, one row for each browser is
written durably, 1 KiB as ours is: no path, no rules, no help. ``in_store`` makes the same write as
ours: the row is read, unsealed, changed, sealed, and written over the one that was read. The others
write without looking, and seal nothing.
"""

import os
import secrets
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
from flask import Flask, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from screener.store import Store
from screener.store.engine.sqlite import newest_sqlite

KIB, SEE_OTHER = 1024, 303
TABLE = "CREATE TABLE IF NOT EXISTS kept (id TEXT PRIMARY KEY, held {kind} NOT NULL)"
WRITE = (
    "INSERT INTO kept VALUES ({mark}, {mark}) ON CONFLICT (id) DO UPDATE SET held = excluded.held"
)
Keep = Callable[[str, bytes], object]
BARE_PAGE = """<!doctype html><html lang="en"><title>About you</title><h1>About you</h1>
<form method="post">{{ form.csrf_token }}
{% for field in (form.ack, form.filled_by) %}<fieldset><legend>{{ field.label.text }}</legend>
{% for option in field %}{{ option }} {{ option.label }}{% endfor %}</fieldset>{% endfor %}
{{ form.age_years.label }} {{ form.age_years }} <button>Save and continue</button></form>"""


class BareForm(FlaskForm):  # type: ignore[misc]  # flask_wtf carries no types
    """The same questions, written by hand."""

    ack = RadioField("Go on?", choices={"yes": "Yes", "no": "No"}, validators=[InputRequired()])
    filled_by = RadioField(
        "Who fills this in?",
        choices={"self": "I do", "helped": "With help", "someone_else": "Another", "no": "-"},
        validators=[InputRequired()],
    )
    age_years = IntegerField("Age", validators=[NumberRange(0, 120)])


def bare(keep: Keep | None = None) -> Flask:
    """Make a form page; with ``keep``, one that writes before it goes on."""
    app = Flask("bare")
    app.config["SECRET_KEY"] = "0" * 32
    page = app.jinja_env.from_string(BARE_PAGE)  # compiled once, as a template file would be

    @app.route("/", methods=["GET", "POST"])
    def ask() -> ResponseReturnValue:
        form, browser = BareForm(), session.setdefault("id", secrets.token_hex(16))
        if not form.validate_on_submit():
            return render_template(page, form=form)
        if keep:
            keep(browser, os.urandom(KIB))
        return redirect("/", SEE_OTHER)

    return app


def in_store(store: Store) -> Keep:
    """Keep drafts as ours does."""
    tokens: dict[str, str] = {}

    def keep(browser: str, _held: bytes) -> None:
        token = tokens.get(browser) or tokens.setdefault(browser, store.drafts.begin().token)
        draft = store.drafts.open(token)
        store.drafts.save(token, lambda state: state | {"answers": dict(request.form)}, seen=draft)

    return keep


def in_sqlite(folder: Path) -> Keep:
    """Keep rows in a file, set as ours is: what was said to be kept is on the disk."""
    local, turn = threading.local(), threading.Lock()

    def keep(browser: str, held: bytes) -> None:
        if not hasattr(local, "connection"):
            local.connection = newest_sqlite().connect(folder / "bare.db", isolation_level=None)
            for said in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"):
                local.connection.execute(said)
            local.connection.execute(TABLE.format(kind="BLOB"))
        with turn:
            local.connection.execute(WRITE.format(mark="?"), (browser, held))

    return keep


def in_postgres(address: str) -> Keep:
    """Keep rows on a server, which acknowledges what is on its disk."""
    local = threading.local()

    def keep(browser: str, held: bytes) -> None:
        if not hasattr(local, "connection"):
            local.connection = psycopg.connect(address, autocommit=True)
            local.connection.execute(TABLE.format(kind="BYTEA"))
        local.connection.execute(WRITE.format(mark="%s"), (browser, held))

    return keep
