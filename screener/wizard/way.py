"""Where a page stands on the patient's way: what leads to it and what it is called."""

from dataclasses import dataclass
from typing import Any, NoReturn

from flask import abort, redirect, request, url_for

import rules
from screener.language import _
from screener.web.parts import parts
from screener.wizard.forms import PageForm
from screener.wizard.visit import Visit, address, onward

CHECK = "check"
FINE, TO_PUT_RIGHT = 200, 422


@dataclass(frozen=True)
class OnTop:
    """What stands on top of a page that is shown again, and how the answer is marked.

    `help_lines`: whom to reach, when what was said could not be kept and calls for help.
    """

    note: str = ""
    status: int = FINE
    help_lines: rules.CountryHelp | None = None

    def status_for(self, form: PageForm) -> int:
        """Return the status of a page with this form on it."""
        return TO_PUT_RIGHT if form.slips and self.status == FINE else self.status


NOTHING = OnTop()


def reach(here: Visit, page_id: str) -> rules.Page:
    """Return the page, or send the patient to the one that is due."""
    return here.reachable(page_id) or elsewhere(here)


def elsewhere(here: Visit) -> NoReturn:
    """Send the patient to the page that is due."""
    abort(redirect(onward(here, then()), 303))


def then() -> str:
    """Return where the patient wants to go afterwards: "check", or just on."""
    return CHECK if CHECK in {request.args.get("then"), request.form.get("then")} else ""


def back(here: Visit | None, page: rules.Page) -> str:
    """Return the page before; the check page for a patient who came from there."""
    if then():
        return url_for("wizard.check")
    before = here and here.before(page)
    return address(before) if before else url_for("wizard.start")


def or_call() -> str:
    """Return whom to call when waiting did not help; nothing where the clinic has no phone."""
    clinic = parts().settings.clinic
    if not clinic.phone:
        return ""
    said = _("If it still does not work, call %(name)s: %(phone)s")
    return f" {said % {'name': clinic.name, 'phone': clinic.phone}}"


def standing(page: rules.Page) -> dict[str, Any]:
    """Return what every template of a page on the way shows: where it stands."""
    steps = parts().content.questionnaire.steps
    return {
        "step": steps[page.step - 1],
        "steps_total": len(steps),
        "title": title(page),
        "then": then(),
    }


def title(page: rules.Page) -> str:
    """Return what the browser shows on its tab and keeps in its history: nothing private."""
    total = len(parts().content.questionnaire.steps)
    where = _("Step %(number)s of %(total)s") % {"number": page.step, "total": total}
    return where if page.sensitive else f"{page.title} – {where}"
