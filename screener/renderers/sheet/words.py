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
answers changed, for whom the rule applies, cannot be decided, or is not shown. The program
evaluated them when it made this sheet.

After the rules stand all questions in the words that the patient reads, the doses, the help lines
and the sources. The last page is for the signature.
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
NOT_SHOWN = "Not shown"
COVERED = "Not shown; {rules} then speaks for the gap"
NEVER_OPEN = "Cannot happen: the answers always decide, whatever is left out"
FROM_MEMORY = "from memory"  # as sections and notes say it
STATES = {"applies": "Applies", "undecided": "Cannot be decided", "silent": "Not shown"}
MORE = "and {count} more"
LIKE = "and one like it, but {differs}"
SAME = "and one just like it"
FIRST = "the quiet patient’s first"
GENERAL = (
    ("3", "Not knowing an answer is never shown calmer than “no”."),
    ("4", "A concern is never shown calmer than none, but for the questions named below."),
    ("5", "A higher blood pressure is never shown calmer."),
    (
        "17",
        "No limit that a clinic may set silences a rule, or changes one about suicide or safety.",
    ),
    ("18", "An answer to a question that is not asked any more changes nothing."),
)
EACH = "of each: {name}"
NUMBER = "A number from {low:g} to {high:g} {unit}, or nothing"
TEXT = "Words of one’s own, up to {most} letters, or nothing"
ENTRIES = "A list of up to {most}"
MEDICINES = "One of the table of medicines"
NEVER_JUDGED = "not judged"
YOUTH = "Also named to young people"
WAYS = {"call": "call {1}", "text": "text {0} to {1}", "chat": "open {1}"}
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
    "promises": "What must hold for every patient",
    "promises_lead": "Whatever else is answered, left out or not known, and whatever limits a "
    "clinic sets. The command “screener check --prove” proves each, and what this sheet says of "
    "gaps. The number is that of the safety property in docs/safety-properties.md.",
    "exceptions": "Questions of which “no” is the concern (property 4):",
    "questions": "What is asked",
    "questions_lead": "Page by page, in the words that the patient reads. The name in front is how "
    "rules call it. A question can always be skipped, but for the first one.",
    "question": "Name",
    "asked": "The patient reads",
    "answers": "Answers",
    "asked_when": "Asked",
    "medicines": "Medicines and doses",
    "medicines_lead": "Daily doses. Below the first, a trial surely does not count. From the "
    "second on it counts. Between the two, and where nothing is judged, that is not known.",
    "medicine": "Medicine",
    "low": "Too low below",
    "meets": "Enough from",
    "mark": "Checked",
    "helplines": "Help lines",
    "helplines_lead": "Shown by where the patient is. Call each, or look at its own page, before "
    "release.",
    "emergency": "Emergency",
    "line": "Line",
    "reach": "How to reach it",
    "about": "About",
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


def mark(*, verified: bool, day: str = "") -> str:
    """Say whether somebody has compared it with a text, and when."""
    return f"{LABELS['verified' if verified else 'not_verified']} {day}".rstrip()


# The table of docs/clinical-review.md; a test holds the two together.
DECISIONS: tuple[tuple[str, str], ...] = tuple(
    (question, default)
    for question, default in json.loads(
        Path(__file__).with_name("decisions.json").read_text("utf-8")
    )
)
