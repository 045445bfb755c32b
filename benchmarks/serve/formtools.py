"""The same flow in Django's wizard, set as its documentation says, its sessions in the database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from benchmarks.serve.form import MANY, NUMBER, ONE, Box, Flow, Page

PAGE = """<!doctype html><html lang="en"><title>About you</title><h1>About you</h1>
<form method="post">{% csrf_token %}{{ wizard.management_form }}{{ wizard.form }}
<button>Save and continue</button></form>"""
DURABLE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"


def formtools(folder: Path, database: str, flow: Flow) -> Callable[..., Any]:
    """Make the application; without the address of a PostgreSQL, in SQLite, as durable as ours.

    Django is set up once for a process, and reads its settings before anything of it is imported.
    """
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"CONN_MAX_AGE": None, **kept_in(folder, database)}},
        INSTALLED_APPS=["django.contrib.sessions", "django.forms", "formtools"],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        ROOT_URLCONF=__name__,
        SECRET_KEY="0" * 64,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [("django.template.loaders.locmem.Loader", {"page.html": PAGE})],
                        )
                    ]
                },
            }
        ],
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)
    connection.close()
    urlpatterns.append(path("step/<step>/", wizard(flow), name="step"))
    return get_wsgi_application()  # type: ignore[no-any-return]  # Django carries no types here


urlpatterns: list[Any] = []


def kept_in(folder: Path, database: str) -> dict[str, Any]:
    """Say where Django keeps its sessions."""
    if not database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "django.db",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": DURABLE},
        }
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - only a PostgreSQL needs it

    said = conninfo_to_dict(database)
    names = {
        "NAME": "dbname",
        "USER": "user",
        "PASSWORD": "password",
        "HOST": "host",
        "PORT": "port",
    }
    return {"ENGINE": "django.db.backends.postgresql"} | {
        name: said.get(theirs, "") for name, theirs in names.items()
    }


def wizard(flow: Flow) -> Any:  # noqa: ANN401 - a view of Django's
    """Make the wizard with the pages of ours, and one more at the end, as ours has."""
    # Django must be set up before its forms are imported.
    from django import forms  # noqa: PLC0415
    from formtools.wizard.views import NamedUrlSessionWizardView  # noqa: PLC0415

    def field_of(box: Box) -> Any:  # noqa: ANN401 - a field of Django's
        said = {"label": box.label, "required": False}
        if box.kind == ONE:
            return forms.ChoiceField(choices=box.options, widget=forms.RadioSelect, **said)
        if box.kind == MANY:
            ticked = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=box.options, widget=ticked, **said)
        if box.kind == NUMBER:
            return forms.DecimalField(**said)
        return forms.CharField(max_length=5000, **said)

    def form_of(page: Page) -> type[Any]:
        return type("Step", (forms.Form,), {box.name: field_of(box) for box in page.boxes})

    steps = [*map(form_of, flow.pages), type("Check", (forms.Form,), {})]

    class Wizard(NamedUrlSessionWizardView):  # type: ignore[misc]
        template_name = "page.html"
        form_list = [(str(number), step) for number, step in enumerate(steps)]  # noqa: RUF012 - its way

        def done(self, form_list: object, **_: object) -> HttpResponse:  # noqa: ARG002
            return HttpResponse("done")

    return Wizard.as_view(url_name="step", done_step_name="done")
