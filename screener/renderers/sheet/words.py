"""The sheet's own words. English only, as the sentences that are made from the rules are."""

import json
from pathlib import Path

TITLE = "Screener: clinical content for review and signature"
NOT_SIGNED = "Not signed. No licensed clinician has approved this content yet."
SIGNED = "Signed by {name}."

INTRO = tuple(
    " ".join(part.split())
    for part in """
Screener asks a patient about their history before a first talk about
a treatment, and sorts what to talk about with a provider. It makes no diagnosis and no
decision, gives no score, and never says that somebody may or may not be treated.

Each sentence that starts with “Applies” was made from the very rule that the program runs; nothing
here is a second text that could drift. “Not sure”, “I would rather not say” and an empty answer are
never read as “no”: where they leave a rule open, it is shown at the level given under “If unknown”.

Beside each rule stand its boundary patients: a quiet patient, described at the end, with the fewest
answers changed, for whom the rule applies, cannot be decided, or is silent. The program evaluated
them when it made this sheet.
""".strip().split("\n\n")
)
LEVELS = {
    "now": "Act today.",
    "first": "Tell the provider at the start of the visit.",
    "discuss": "Bring up at the visit.",
    "info": "Good to know.",
}
BLOCKS = {
    "full": "All help lines at the top of the page",
    "soft": "One line with help at the top of the page",
    "emergency": "The emergency number at the top of the page",
    "": "",
}
NO_UNKNOWN = "Not shown (another rule speaks for the gap)"
STATES = {"applies": "Applies", "undecided": "Cannot be decided", "silent": "Silent"}
MORE = "and {count} more like these"
LABELS = {
    "version": "Content version",
    "contents": "Contents",
    "levels": "Levels",
    "decisions": "Open clinical decisions",
    "decisions_lead": "Chosen with care, and not yet decided by a licensed clinician.",
    "decision": "Question",
    "default": "In use now",
    "decided": "Decision",
    "limits": "Limits that a clinic may move",
    "limits_lead": "A value outside the bounds is refused. A reading at a limit reaches it.",
    "limit": "Limit",
    "shipped": "Shipped",
    "bounds": "Lowest and highest",
    "basis": "Basis",
    "terms": "Terms used in rules",
    "when": "When",
    "unknown": "If unknown",
    "help": "Help shown",
    "patient": "Patient reads",
    "patient_unknown": "If unknown, patient reads",
    "ask": "Question to bring",
    "clinician": "Clinician reads",
    "sources": "Sources",
    "beside": "Boundary patients",
    "agree": "Agreed",
    "change": "Change wanted",
    "initials": "Initials",
    "remarks": "Remarks",
    "verified": "verified",
    "not_verified": "not verified",
    "sources_lead": "Verified: compared with a text that says this, often an excerpt or a mirror. "
    "Compare each label section with the official text before release.",
    "quiet": "The quiet patient",
    "quiet_lead": "Every boundary patient is this one, but for the answers named.",
    "sign": "Signature",
    "sign_lead": "I have reviewed the content of the version named on this page. The signature is "
    "for this version only; a change needs a new review.",
    "name": "Name and licence",
    "place": "Clinic",
    "date": "Date",
    "signature": "Signature",
    "rules": "rules",
    "page": "Page",
}
# The table of docs/clinical-review.md; a test holds the two together.
DECISIONS: tuple[tuple[str, str], ...] = tuple(
    (question, default)
    for question, default in json.loads(
        Path(__file__).with_name("decisions.json").read_text("utf-8")
    )
)
