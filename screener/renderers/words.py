"""The words that every rendering shares, so that page, print, PDF and text say the same."""

from datetime import datetime

from screener.language import _, date_in_words
from screener.summary import Copy, Point, Summary, Treatment
from screener.wall_clock import in_words, local


def title(copy: Copy) -> str:
    """What the page is called."""
    if copy == "clinician":
        return _("Pre-visit summary for the clinician")
    return _("Your summary to bring to a provider")


def labels(copy: Copy) -> dict[str, str]:
    """Headings and labels by name, for the copy they stand on."""
    return everyone() | (clinician() if copy == "clinician" else patient())


def everyone() -> dict[str, str]:
    """What both copies say."""
    return {
        "name": _("Name"),
        "reference": _("Reference"),
        "completed": _("Completed"),
        "age": _("Age"),
        "filled_by": _("Filled in by"),
        "level": _("Most urgent point"),
        "pressure": _("Blood pressure"),
        "tried": _("Medicines tried"),
        "medicine": _("Medicine"),
        "dose": _("Most in a day"),
        "duration": _("How long"),
        "helped": _("How much it helped"),
        "stop_reason": _("Why stopped"),
        "spell": _("This spell"),
        "most_days": _("Most days"),
        "ask": _("Ask"),
        "question": _("Question"),
        "answer": _("Answer"),
        "sources": _("Sources"),
        "source_unverified": _("from memory, not yet checked"),
        "not_asked": _("Not asked"),
        "plain_no": _("No, or none"),
        "unsure": _("Not sure, or not said"),
        "content_version": _("Questions and rules, version {version}"),
        "page": _("Page {page} of {pages}"),
        "code_line": _("Code {code}"),
    }


def patient() -> dict[str, str]:
    """What only the patient's copy says."""
    return {
        "glance": _("At a glance"),
        "points": _("What to talk about"),
        "said": _("You said"),
        "wants_to_ask": _("What you want to ask"),
        "bring": _("Bring with you"),
        "answers": _("What you told us"),
        "written_by": _("Written from your own answers."),
    }


def clinician() -> dict[str, str]:
    """What only the clinician's copy says."""
    return {
        "glance": _("At a glance"),
        "points": _("Findings"),
        "said": _("Patient"),
        "wants_to_ask": _("What the patient wants to ask"),
        "bring": _("Asked to bring"),
        "answers": _("Answers, in the patient's words"),
        "written_by": _("Written from the patient's own answers. Not checked by anyone."),
        "counts": _("Against a usual full trial"),
        "reviewed_by": _("Reviewed with the patient by"),
        "reviewed_on": _("Date and time"),
    }


def completed(summary: Summary) -> str:
    """When the answers were finished."""
    return moment(summary.completed, summary)


def sent(summary: Summary) -> str:
    """That the form was sent to the clinic, and when; nothing as long as it was not."""
    if summary.sent is None:
        return ""
    when = moment(summary.sent, summary)
    return _("Sent to the clinic on {when}.").format(when=when)


def origin(summary: Summary, copy: Copy) -> str:
    """From whose answers the page was written, and whether the clinic has it."""
    return f"{labels(copy)['written_by']} {sent(summary)}".rstrip()


def moment(when: datetime, summary: Summary) -> str:
    """A day as it is read aloud, with the time by the clinic's clock."""
    told = local(when, summary.clinic.time_zone)
    day = date_in_words(told.date(), summary.clinic.country)
    return f"{day}, {told:%H:%M} {in_words(str(told.tzinfo))}"


def trial(treatment: Treatment, weeks: int) -> str:
    """What the usual dose and length say about an entry; never whether a treatment failed."""
    checks = (
        (_("usual dose"), treatment.dose_check),
        (_("{weeks} weeks").format(weeks=weeks), treatment.weeks_check),
        (_("most days"), treatment.days_check),
    )
    names = {"yes": _("Meets"), "no": _("Below"), "unclear": _("Not known")}
    found = (
        (name, [thing for thing, check in checks if check == key]) for key, name in names.items()
    )
    return ". ".join(f"{name}: {', '.join(things)}" for name, things in found if things)


def said(point: Point) -> str:
    """What the patient said, in one line."""
    return "; ".join(f"{one.label}: {one.answer}" for one in point.said)


def why(point: Point, copy: Copy) -> str:
    """Why a point matters, to the reader of this copy."""
    return point.clinician if copy == "clinician" else point.patient


def version(summary: Summary) -> str:
    """Which questions and rules made the summary."""
    return _("Questions and rules, version {version}").format(version=summary.content_version)
