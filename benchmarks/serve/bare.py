"""What a Flask tutorial would write: form pages, which may keep what they are sent.

Two pages with the questions of an early and of a late page of ours, and a token against forgery: no
path, no rules, no help.
"""

import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, redirect, render_template, session
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DecimalField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from benchmarks.serve.form import EARLY, LATE, MANY, NUMBER, ONE, Box, Flow, Page

SEE_OTHER = 303
Keep = Callable[[str, str], object]
BARE_PAGE = """<!doctype html><html lang="en"><title>About you</title><h1>About you</h1>
<form method="post">{{ form.csrf_token }}
{% for field in form if field.id != "csrf_token" %}
{% if field.type in ("StringField", "DecimalField") %}
{{ field.label }} {{ field }}{% else %}<fieldset><legend>{{ field.label.text }}</legend>
{% for option in field %}{{ option }} {{ option.label }}{% endfor %}</fieldset>{% endif %}
{% endfor %}<button>Save and continue</button></form>"""


def form_of(page: Page) -> type[FlaskForm]:
    """Write a form with the questions of a page."""
    return type("BareForm", (FlaskForm,), {box.name: field_of(box) for box in page.boxes})


def field_of(box: Box) -> Any:  # noqa: ANN401 - wtforms carries no types
    """Write one question."""
    if box.kind == ONE:
        return RadioField(box.label, choices=box.options, validators=[InputRequired()])
    if box.kind == MANY:
        # As WTForms' documentation makes checkboxes.
        return SelectMultipleField(
            box.label,
            choices=box.options,
            option_widget=CheckboxInput(),
            widget=ListWidget(prefix_label=False),
        )
    if box.kind == NUMBER:
        return DecimalField(box.label, validators=[Optional()])
    return StringField(box.label, validators=[Optional(), Length(max=5000)])


def bare(flow: Flow, keep: Keep | None = None) -> Flask:
    """Make form pages; with ``keep``, ones that write before they go on."""
    app = Flask("bare")
    app.config["SECRET_KEY"] = "0" * 32
    page = app.jinja_env.from_string(BARE_PAGE)  # compiled once, as a template file would be
    forms = {when: form_of(flow.at(when)) for when in (EARLY, LATE)}

    @app.route("/<any(early, late):when>", methods=["GET", "POST"])
    def ask(when: str) -> ResponseReturnValue:
        form, browser = forms[when](), session.setdefault("id", secrets.token_hex(16))
        if not form.validate_on_submit():
            return render_template(page, form=form)
        if keep:
            keep(browser, when)
        return redirect(when, SEE_OTHER)

    return app
