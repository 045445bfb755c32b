"""One step of the wizard, page and answers, against a bare Flask form page.

The bare page is what Flask's and WTForms' tutorials show: the same three questions, a token
against forgery, and nothing else: no store, no path, no rules, no help.
"""

import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask, redirect, render_template
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from screener.app import create_app
from screener.settings import Settings

ROUNDS = 150
SEE_OTHER = 303
PAGE = "before-you-start"
ANSWERS = {"ack": "yes", "filled_by": "self", "age_years": "42"}

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


def bare_app() -> Flask:
    """Make a form page with nothing behind it."""
    app = Flask("bare")
    app.config["SECRET_KEY"] = "0" * 32
    page = app.jinja_env.from_string(BARE_PAGE)  # compiled once, as a template file would be

    @app.route("/", methods=["GET", "POST"])
    def ask() -> ResponseReturnValue:
        form = BareForm()
        if form.validate_on_submit():
            return redirect("/", SEE_OTHER)
        return render_template(page, form=form)

    return app


def send(browser: FlaskClient, page: str, address: str, answers: dict[str, str]) -> None:
    """Send a form with the token of its page, and see that it was taken."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(page).text)
    proof = {"csrf_token": token[1] if token else ""}
    sent = browser.post(address, data=answers | proof)
    if sent.status_code != SEE_OTHER:
        raise RuntimeError(f"{address} did not take the answers: {sent.status}")


def median_ms(times: list[float]) -> float:
    """Return the median in milliseconds."""
    return statistics.median(times) * 1000


def measure(steps: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Time each step in turn, so that whatever else the machine does hits them alike."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(ROUNDS):
        for name in sorted(steps, reverse=bool(number % 2)):
            started = time.perf_counter()
            steps[name]()
            times[name].append(time.perf_counter() - started)
    return {name: median_ms(found) for name, found in times.items()}


def main() -> None:
    """Print what a step takes."""
    address = f"/form/{PAGE}"
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.load(None, Path(folder), environment={}))
        wizard, bare = app.test_client(), bare_app().test_client()
        send(wizard, "/", "/start", {})
        found = measure(
            {
                "wizard, GET": lambda: wizard.get(address),
                "wizard, GET and POST": lambda: send(wizard, address, address, ANSWERS),
                "bare Flask, GET": lambda: bare.get("/"),
                "bare Flask, GET and POST": lambda: send(bare, "/", "/", ANSWERS),
            }
        )
        app.extensions["store"].close()
    print(f"A wizard step against a bare Flask form page: {ROUNDS} rounds in turn, medians\n")
    print(f"{'':<14}{'wizard':>10}{'bare Flask':>12}{'ratio':>8}")
    for what in ("GET", "GET and POST"):
        ours, theirs = found[f"wizard, {what}"], found[f"bare Flask, {what}"]
        print(f"{what:<14}{ours:>7.2f} ms{theirs:>9.2f} ms{ours / theirs:>8.1f}")


if __name__ == "__main__":
    main()
