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

STEPS = 9
PAGE = """<!doctype html><html lang="en"><title>About you</title><h1>About you</h1>
<form method="post">{% csrf_token %}{{ wizard.management_form }}{{ wizard.form }}
<button>Save and continue</button></form>"""
DURABLE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"


def formtools(folder: Path, database: dict[str, Any] | None) -> Callable[..., Any]:
    """Make the application; without a database, in SQLite, as durable as ours.

    Django is set up once for a process, and reads its settings before anything of it is imported.
    """
    sqlite = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "django.db",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": DURABLE},
    }
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"CONN_MAX_AGE": None, **(database or sqlite)}},
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
    urlpatterns.append(path("step/<step>/", wizard(), name="step"))
    return get_wsgi_application()  # type: ignore[no-any-return]  # Django carries no types here


urlpatterns: list[Any] = []


def wizard() -> Any:  # noqa: ANN401 - a view of Django's
    """Make the wizard of nine steps with the same three questions."""
    # Django must be set up before its forms are imported.
    from django import forms  # noqa: PLC0415
    from formtools.wizard.views import NamedUrlSessionWizardView  # noqa: PLC0415

    yes_or_no = [("yes", "Yes"), ("no", "No")]
    who = [("self", "I do"), ("helped", "With help"), ("someone_else", "Another"), ("no", "-")]

    class Step(forms.Form):  # type: ignore[misc]
        ack = forms.ChoiceField(choices=yes_or_no, widget=forms.RadioSelect)
        filled_by = forms.ChoiceField(choices=who, widget=forms.RadioSelect)
        age_years = forms.IntegerField(min_value=0, max_value=120)

    class Wizard(NamedUrlSessionWizardView):  # type: ignore[misc]
        template_name = "page.html"
        form_list = [(str(number), Step) for number in range(STEPS)]  # noqa: RUF012 - its way

        def done(self, form_list: object, **_: object) -> HttpResponse:  # noqa: ARG002
            return HttpResponse("done")

    return Wizard.as_view(url_name="step", done_step_name="done")
