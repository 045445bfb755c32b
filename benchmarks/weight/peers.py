"""Our first question page as others would write it: `python -m benchmarks.weight.peers NAME`.

Each as its documentation says, on our server, and packed as a proxy in front of it would
(gzip -6, pages too). The questions, hints and options are those of our content.
"""

import gzip
import logging
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, Response, redirect, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue
from flask_bootstrap import Bootstrap5
from flask_wtf import FlaskForm
from govuk_frontend_wtf.main import WTFormsHelpers
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput, GovTextInput
from jinja2 import BaseLoader, ChoiceLoader, DictLoader, PackageLoader, PrefixLoader
from wtforms import IntegerField, RadioField, SubmitField
from wtforms.validators import InputRequired, NumberRange, Optional

import rules
from benchmarks.weight.weighing import LEVEL, PAGE
from screener import server

GOVUK_FILES = Path(__file__).parent / "node_modules" / "govuk-frontend" / "dist" / "govuk"
TEXTS = ("text/", "application/javascript", "application/json", "image/svg+xml")
FONTS = re.compile(r"@font-face{[^}]*}")

GOVUK = """{% extends "govuk_frontend_jinja/template.html" %}
{%- from "govuk_frontend_jinja/components/error-summary/macro.html" import govukErrorSummary -%}
{% block pageTitle %}{% if form.errors %}Error: {% endif %}{{ title }} – Your clinic{% endblock %}
{% block head %}<link rel="stylesheet" href="/govuk-frontend.min.css">{% endblock %}
{% block govukHeader %}{% endblock %}{% block govukFooter %}{% endblock %}
{% block content %}
<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
{% if form.errors %}{{ govukErrorSummary(wtforms_errors(form)) }}{% endif %}
<h1 class="govuk-heading-xl">{{ title }}</h1>
<form action="" method="post" novalidate>
{{ form.csrf_token }}{% for field in form if field.name != "csrf_token" %}{{ field }}{% endfor %}
</form></div></div>
{% endblock %}
{% block bodyEnd %}
<script type="module" src="/govuk-frontend.min.js"></script>
<script type="module">import { initAll } from "/govuk-frontend.min.js"; initAll()</script>
{% endblock %}"""
BOOTSTRAP = """{% from "bootstrap5/form.html" import render_form %}<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }} – Your clinic</title>{{ bootstrap.load_css() }}</head>
<body><main class="container"><h1>{{ title }}</h1>{{ render_form(form, novalidate=True) }}</main>
{{ bootstrap.load_js() }}</body></html>"""


def form_of(radio: Any, number: Any, submit: Any) -> type[FlaskForm]:  # noqa: ANN401 - widgets
    """Make the form: a field for each question of our page."""
    fields: dict[str, Any] = {}
    for question in rules.load().questionnaire.page(PAGE).questions:
        told: dict[str, Any] = {"label": question.ask, "description": question.hint}
        if question.kind is rules.Kind.NUMBER:
            between = NumberRange(question.low, question.high)
            fields[question.id] = IntegerField(**told, validators=[Optional(), between], **number)
        else:
            options = {option.token: option.label for option in question.options}
            needed = [InputRequired(f"Select {question.thing}")]
            fields[question.id] = RadioField(**told, choices=options, validators=needed, **radio)
    return type(
        "Form", (FlaskForm,), fields | {"go_on": SubmitField("Save and continue", **submit)}
    )


def govuk() -> Flask:
    """Make the page with govuk-frontend-wtf and the files of govuk-frontend.

    Header, footer and font are the Crown's, and nobody else may use them: it is lighter for that.
    """
    app = Flask("govuk", static_folder=None)
    places: dict[str, BaseLoader] = {
        name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")
    }
    app.jinja_loader = ChoiceLoader([DictLoader({"page.html": GOVUK}), PrefixLoader(places)])
    WTFormsHelpers(app)

    style = (GOVUK_FILES / "govuk-frontend.min.css").read_text("utf-8")

    @app.get("/govuk-frontend.min.css")
    def stylesheet() -> Response:
        answer = Response(FONTS.sub("", style), mimetype="text/css")
        answer.cache_control.no_cache = True  # as Flask sends its files: kept, and asked for again
        answer.add_etag()
        answer.make_conditional(request)
        return answer

    @app.get("/<any('govuk-frontend.min.js'):file>")
    @app.get("/assets/<path:file>")
    def files(file: str) -> Response:
        return send_from_directory(GOVUK_FILES, file if file.endswith(".js") else f"assets/{file}")

    widgets = (GovRadioInput(), GovTextInput(), GovSubmitInput())
    return asking(app, form_of(*({"widget": widget} for widget in widgets)))


def bootstrap() -> Flask:
    """Make the page with Bootstrap-Flask and the files that it brings."""
    app = Flask("bootstrap", static_folder=None, static_url_path="/static")
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    app.jinja_loader = DictLoader({"page.html": BOOTSTRAP})
    Bootstrap5(app)
    return asking(app, form_of({}, {}, {}))


def asking(app: Flask, form_class: type[FlaskForm]) -> Flask:
    """Let an application ask, and pack what it sends."""
    app.config["SECRET_KEY"] = "0" * 32
    title = rules.load().questionnaire.page(PAGE).title

    @app.route("/", methods=["GET", "POST"])
    def ask() -> ResponseReturnValue:
        form = form_class()
        if form.validate_on_submit():
            return redirect("/", 303)
        return render_template("page.html", form=form, title=title)

    app.after_request(packed)
    return app


def packed(response: Response) -> Response:
    """Pack what a proxy would pack."""
    if response.status_code == 200 and (response.mimetype or "").startswith(TEXTS):  # noqa: PLR2004
        response.direct_passthrough = False
        if request.accept_encodings["gzip"]:
            response.data = gzip.compress(response.get_data(), LEVEL)
            response.content_encoding = "gzip"
    return response


PEERS: dict[str, Callable[[], Flask]] = {"govuk": govuk, "bootstrap": bootstrap}


def main() -> None:
    """Serve one of them, and print where."""
    logging.getLogger().setLevel(logging.CRITICAL)
    with server.listen("127.0.0.1", 0) as taken:
        app = PEERS[sys.argv[1]]()
        print(server.address(taken), flush=True)
        server.run(app, taken)


if __name__ == "__main__":
    main()
