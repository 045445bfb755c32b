"""Every word of the interface passes through here, so that a language is one more file.

The text of questions and rules is not here: it is part of the reviewed content, in
``rules/content/text``. Catalogues are PO files in ``screener/translations/<language>.po``; they are
read as they are, so nothing has to be compiled and nothing can be compiled from yesterday's file.
"""

import gettext
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ENGLISH = "en"
# Made-up languages for tests, as Android names them: accented English, and the same right to left.
PSEUDO = ("en-XA", "ar-XB")
TRANSLATIONS = Path(__file__).parent / "translations"

_current: ContextVar[str] = ContextVar("language", default=ENGLISH)


class WebApp(Protocol):
    """What ``install`` needs of a Flask application; this module must not depend on the web."""

    @property
    def jinja_env(self) -> Any:  # noqa: ANN401, D102
        ...

    def before_request(self, run: Callable[[], None], /) -> Any:  # noqa: ANN401, D102
        ...

    def teardown_request(self, run: Callable[[BaseException | None], None], /) -> Any:  # noqa: ANN401, D102
        ...

    def context_processor(self, run: Callable[[], dict[str, Any]], /) -> Any:  # noqa: ANN401, D102
        ...


class Pseudo(gettext.NullTranslations):
    """A language that nobody speaks: text that stays plain English was never passed through."""

    # What must survive translation: placeholders, markup and entities.
    KEEP = re.compile(r"(%\(\w+\)[sd]|%[sd]|\{[^}]*\}|<[^>]*>|&\w+;)")
    ACCENTS = str.maketrans("AEIOUYaeiouyncs", "ÂÊÎÔÛŸâêîôûÿñçš")

    def gettext(self, message: str) -> str:
        """Accent a message."""
        if not message.strip():
            return message
        parts = self.KEEP.split(message)
        return f"[{''.join(p if self.KEEP.match(p) else p.translate(self.ACCENTS) for p in parts)}]"

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Accent the form that English would choose."""
        return self.gettext(singular if number == 1 else plural)


def _(message: str) -> str:
    """Say a message in the language of this request."""
    return catalogue(current()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Say the form of a message that goes with a number."""
    return catalogue(current()).ngettext(singular, plural, number)


def current() -> str:
    """Say which language is spoken now."""
    return _current.get()


def direction(language: str | None = None) -> str:
    """Say in which direction a language is written: "ltr" or "rtl"."""
    return _locale(language or current()).text_direction


def available() -> tuple[str, ...]:
    """List the languages that there are catalogues for, English first."""
    return ENGLISH, *sorted(file.stem for file in TRANSLATIONS.glob("*.po"))


def date_in_words(day: date, country: str = "") -> str:
    """Write a day as a reader in that country expects: "22 November 2026" in "GB"."""
    return format_date(day, format="long", locale=_locale(current(), country))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while, outside of a request."""
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def install(app: WebApp, choose: Callable[[], str] = lambda: ENGLISH) -> None:
    """Let templates say things, and choose a language at the start of each request.

    Args:
        app: the Flask application.
        choose: says which language this request is in; one that there is no catalogue for
            becomes English.
    """

    def begin() -> None:
        _current.set(known(choose()))

    def end(_error: BaseException | None) -> None:
        # What runs next on this thread, in no request, speaks English.
        _current.set(ENGLISH)

    app.before_request(begin)
    app.teardown_request(end)
    app.context_processor(lambda: {"language": current(), "dir": direction()})
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_, ngettext, newstyle=True)
    app.jinja_env.policies["ext.i18n.trimmed"] = True


def known(language: str) -> str:
    """Give a language that can be spoken: this one, or English."""
    if language == ENGLISH or language in PSEUDO or language in available():
        return language
    return ENGLISH


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Read the messages of a language."""
    if language in PSEUDO:
        return Pseudo()
    file = TRANSLATIONS / f"{language}.po"
    if not file.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as opened:
        write_mo(compiled, read_po(opened, locale=language.replace("-", "_")))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _locale(language: str, country: str = "") -> Locale:
    spoken = language.partition("-")[0] if language in PSEUDO else language.replace("-", "_")
    try:
        return Locale.parse(f"{spoken}_{country}" if country else spoken)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(spoken)
