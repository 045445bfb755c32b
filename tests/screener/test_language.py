import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po
from flask import Flask, render_template_string

from screener import language
from screener.language import _, ngettext

ROOT = Path(__file__).parents[2]
SPOKEN = ["en"]


@pytest.fixture
def app() -> Flask:
    made = Flask(__name__)
    language.install(made, choose=lambda: SPOKEN[0])
    return made


def rendered(app: Flask, template: str, spoken: str, **more: object) -> str:
    SPOKEN[0] = spoken
    with app.test_request_context():
        app.preprocess_request()
        return render_template_string(template, **more)


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Write a Spanish catalogue, as a translator would."""
    catalogue = Catalog(locale="es")
    catalogue.add("Save and continue", "Guardar y seguir")
    catalogue.add(("%(num)s page", "%(num)s pages"), ("%(num)s página", "%(num)s páginas"))
    catalogue.add("Unsure", "Dudoso", flags=["fuzzy"])
    with (tmp_path / "es.po").open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(language, "TRANSLATIONS", tmp_path)
    language.catalogue.cache_clear()
    yield
    language.catalogue.cache_clear()


def test_english_is_spoken_when_nothing_else_is_asked_for() -> None:
    assert ("en", "ltr") == (language.current(), language.direction())
    assert _("Save and continue") == "Save and continue"
    assert ngettext("%(n)s page", "%(n)s pages", 2) == "%(n)s pages"


@pytest.mark.usefixtures("spanish")
def test_a_language_is_one_file_and_needs_no_compiling() -> None:
    with language.speaking("es"):
        said = [_("Save and continue"), _("Not translated"), _("Unsure")]
        pages = [ngettext("%(num)s page", "%(num)s pages", n) for n in (1, 2)]

    assert ["Guardar y seguir", "Not translated", "Unsure"] == said
    assert ["%(num)s página", "%(num)s páginas"] == pages
    assert ("en", "es") == language.available()
    assert _("Save and continue") == "Save and continue"


@pytest.mark.usefixtures("spanish")
def test_templates_speak_the_language_of_the_request(app: Flask) -> None:
    template = (
        '<html lang="{{ language }}" dir="{{ dir }}">{{ _("Save and continue") }} '
        "{% trans num=n %}{{ num }} page{% pluralize %}{{ num }} pages{% endtrans %}"
    )

    assert rendered(app, template, "en", n=2).endswith(">Save and continue 2 pages")
    assert rendered(app, template, "es", n=2) == (
        '<html lang="es" dir="ltr">Guardar y seguir 2 páginas'
    )


def test_a_language_without_a_catalogue_becomes_english(app: Flask) -> None:
    assert rendered(app, "{{ language }}", "tlh") == "en"
    assert rendered(app, "{{ language }}", "../../etc") == "en"


def test_a_request_does_not_leave_its_language_to_the_next(app: Flask) -> None:
    said = [rendered(app, "{{ language }}", spoken) for spoken in ("en-XA", "en", "ar-XB")]

    assert ["en-XA", "en", "ar-XB"] == said


def test_arabic_is_written_from_right_to_left(app: Flask) -> None:
    assert rendered(app, "{{ dir }}", "ar-XB") == "rtl"
    assert ("rtl", "ltr") == (language.direction("fa"), language.direction("es"))


def test_values_put_into_a_message_are_escaped(app: Flask) -> None:
    said = rendered(app, '{{ _("Hello %(name)s", name=who) }}', "en-XA", who="<b>")

    assert said == "[Hêllô &lt;b&gt;]"


@pytest.mark.parametrize(
    ("message", "accented"),
    [
        ("Save and continue", "[Sâvê âñd çôñtîñûê]"),
        ("Step %(n)s of {total}", "[Stêp %(n)s ôf {total}]"),
        ("<a href='x'>More</a> &amp; more", "[<a href='x'>Môrê</a> &amp; môrê]"),
        ("", ""),
    ],
)
def test_the_made_up_language_keeps_placeholders_and_markup(message: str, accented: str) -> None:
    with language.speaking("en-XA"):
        assert accented == _(message)


def test_days_are_written_as_the_country_writes_them() -> None:
    day = date(2026, 11, 22)

    assert language.date_in_words(day) == "November 22, 2026"
    assert language.date_in_words(day, "GB") == "22 November 2026"
    assert language.date_in_words(day, "ZZ") == "November 22, 2026"
    with language.speaking("es"):
        assert language.date_in_words(day) == "22 de noviembre de 2026"


def test_the_words_of_pages_and_program_can_be_collected() -> None:
    """What ``pybabel extract`` with babel.cfg finds: messages from both, and none it trips over."""
    methods = [("screener/**.py", "python"), ("templates/**.html", "jinja2")]
    options = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
    found = [
        (file, message)
        for file, _line, message, *_ in extract_from_dir(
            ROOT, methods, options, directory_filter=lambda folder: "/." not in folder
        )
    ]

    assert {"templates", "screener"} <= {Path(file).parts[0] for file, _message in found}
    assert [] == [message for _file, message in found if "\n" in str(message)]


def test_the_mapping_file_is_the_one_that_is_tested() -> None:
    text = (ROOT / "babel.cfg").read_text()

    assert ["python: screener/**.py", "jinja2: templates/**.html"] == re.findall(
        r"^\[(.*)\]", text, re.MULTILINE
    )
