"""What a patient must know who comes back to other questions than before."""

from screener.language import _
from screener.web.parts import parts
from screener.wizard.visit import Visit


def of(here: Visit) -> str:
    """Say that the questions have changed since the last answer, and which are new."""
    version = here.state.get("content_version", "")
    if not version or version == parts().content.version:
        return ""
    new = ", ".join(_new(here))
    changed = _("The questions have changed since your last visit. We kept the answers that fit.")
    return f"{changed} " + _("To answer now: %(new)s.") % {"new": new} if new else changed


def _new(here: Visit) -> list[str]:
    """The questions without an answer that stand before the last page with one."""
    pages = here.path.pages
    answered = [
        number
        for number, page in enumerate(pages)
        if any(question.id in here.answers for question in here.asked(page))
    ]
    passed = pages[: answered[-1] + 1] if answered else ()
    return [
        question.short
        for page in passed
        for question in here.asked(page)
        if question.id not in here.answers
    ]
