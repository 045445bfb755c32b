"""Hand-made summaries: what a renderer must cope with, whatever the content says today."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from rules import EmergencyNumber, Line
from screener.summary import (
    AnswerGroup,
    AnswerRow,
    Citation,
    ClinicFace,
    Help,
    Mark,
    Outcome,
    Point,
    Pressure,
    Said,
    SourceLine,
    State,
    Summary,
    Treatment,
)

COMPLETED = datetime(2026, 11, 22, 17, 50, tzinfo=UTC)
LEVELS = {
    "now": "Get help now",
    "first": "Raise first",
    "discuss": "Discuss",
    "info": "For information",
}


def said(label: str = "Aneurysm", answer: str = "Yes") -> Said:
    return Said("aneurysm", label, "Have you ever been told you have an aneurysm?", answer)


def point(rule: str = "R-VAS-ANEU", level: str = "first", **changes: object) -> Point:
    made = Point(
        rule=rule,
        topic="Vessels and brain",
        title="Aneurysm",
        level=level,
        level_name=LEVELS[level],
        undecided=False,
        block="",
        said=(said(), said("Where it was", "Brain")),
        patient="An aneurysm, even one that was fixed, is something to tell the provider before"
        " anything else. Ketamine can raise blood pressure for a time.",
        ask="Is my aneurysm a reason to choose other care? Who needs to see my scans?",
        clinician="Aneurysmal vascular disease reported or uncertain. Listed US/EU contraindication"
        " for esketamine; labels make no exception for repair. Obtain vascular opinion.",
        citations=(Citation("S01", "4", 1), Citation("S05", "4.3", 2)),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


NOT_A_DIAGNOSIS = point(
    "R-INF-NOTDX",
    "info",
    title="Not a diagnosis",
    said=(),
    patient="This page is not a diagnosis and not a yes or no. Only a licensed provider can decide"
    " with you. If we found few points, that does not mean all clear.",
    ask="What else do you need to know about me?",
    clinician="Patient-reported, unverified pre-visit history. Not a diagnosis.",
)
TRIALS = point(
    "R-TRX-2PLUS",
    "info",
    title="Medicines tried before",
    said=(said("Medicines tried (1)", "sertraline (Zoloft), 100 mg, more than 8 weeks"),),
    patient="You listed two or more medicine trials that did not help enough. The provider will"
    " want the details.",
    ask="Do my past trials count as full trials under your rules and my insurance?",
    clinician="Self-report: at least two adequate failed antidepressant trials. Verify dose, weeks,"
    " episode; payers may ask for more.",
)


def treatment(name: str = "sertraline (Zoloft)", **changes: object) -> Treatment:
    made = Treatment(
        name=name,
        dose="100 mg",
        duration="More than 8 weeks",
        weeks_low=9,
        weeks_high=104,
        this_episode="Yes",
        most_days="Yes",
        helped="A little, less than half better",
        stop_reason="It did not help",
        dose_check="yes",
        weeks_check="yes",
        days_check="yes",
        counts="yes",
        now=False,
        in_this_episode=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


VENLAFAXINE = treatment(
    "venlafaxine (Effexor)",
    dose="150 mg",
    duration="6 to 8 weeks",
    weeks_low=6,
    weeks_high=8,
    helped="Not at all",
    stop_reason="I still take it",
    now=True,
)
UNSURE = treatment(
    "I do not know the name",
    dose="Not answered",
    duration="I am not sure",
    weeks_low=None,
    weeks_high=None,
    this_episode="I am not sure",
    dose_check="unclear",
    weeks_check="unclear",
    counts="unclear",
    in_this_episode=False,
)


def line(name: str = "988 Lifeline", call: str = "988", **changes: object) -> Line:
    made = Line(
        id="us_988",
        name=name,
        call=call,
        text_to=call,
        text_word="",
        chat="https://988lifeline.org",
        note="Free.",
        hours="Day and night",
        for_whom="",
        verified=True,
        checked_on="2026-11-22",
        youth=False,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


HELP = Help(
    country="United States",
    numbers=(EmergencyNumber("911", verified=True, checked_on="2026-11-22"),),
    emergency_words="your local emergency number",
    lines=(
        line(),
        line("Crisis Text Line", "", text_to="741741", chat="", hours="", note=""),
        line("Hope Line", "1-855-242-3310", text_to="", verified=False, checked_on=""),
    ),
)

STEPS: dict[str, dict[str, str]] = {
    "About you": {"Age": "42 years", "Country": "United States", "Feels safe now": "Yes"},
    "Depression": {"Told it is depression": "Yes", "This spell": "3 to 12 months"},
    "Blood pressure and heart": {"Top number": "122 mmHg", "Bottom number": "76 mmHg"},
    "Head and brain": {"Brain bleed": "No", "Stroke": "No", "Seizure": "No"},
    "Mood and mind": {"Bipolar": "No", "Highs": "I am not sure", "Voices": "No"},
    "Safety": {"Thoughts of not living": "No", "Thoughts of ending life": "No"},
    "Medicines": {"MAOI": "No", "Stimulant": "No", "Sleep or calming pills": "No"},
    "Other health": {"Liver": "No", "Kidney": "No", "Weight": "Not answered"},
    "Goals and plans": {"Hopes": "To be less depressed", "Ride home": "Yes"},
}
STATES = {"I am not sure": State.NOT_SURE, "Not answered": State.NOT_ANSWERED}


def answers() -> tuple[AnswerGroup, ...]:
    return tuple(
        AnswerGroup(
            number,
            title,
            tuple(answer(label, said) for label, said in rows.items()),
            ("When it was",) if number == 3 else (),
        )
        for number, (title, rows) in enumerate(STEPS.items(), 1)
    )


def answer(label: str, said: str) -> AnswerRow:
    state = STATES.get(said, State.GIVEN)
    return AnswerRow(label, label, f"{label}?", said, state, plain_no=said == "No")


def pressure(systolic: int | None = 122, diastolic: int | None = 76) -> Pressure:
    def marks(*values: int) -> tuple[Mark, ...]:
        names = zip(
            ("discuss", "first", "now"),
            ("Discuss", "Raise first", "Get help now"),
            values,
            strict=True,
        )
        return tuple(Mark(name, label, value) for name, label, value in names)  # type: ignore[arg-type]

    return Pressure(
        systolic, diastolic, "Today", "At home", "mmHg", marks(130, 140, 180), marks(80, 90, 120)
    )


WORDS: dict[str, Any] = {
    "content_version": "0.1.0+3f9a1c2b7d10",
    "reviewed": False,
    "language": "en",
    "frame_first": "This page is not a diagnosis, and it is not a yes or a no to any treatment.",
    "frame_last": "Only a licensed provider who has met you can decide with you.",
    "not_reviewed": "No licensed clinician has approved these questions and rules yet.",
    "change_nothing": "Do not change any medicine on your own.",
    "bring": ("This page", "A list of all your medicines", "A reading from this week"),
    "level_names": LEVELS,
    "sources": (
        SourceLine(1, "S01", "US prescribing information. Janssen. 2025", verified=True),
        SourceLine(2, "S05", "EU product information. EMA. 2023", verified=False),
    ),
    "help": HELP,
}


def quiet(**changes: object) -> Summary:
    """Two full trials, nothing else of note."""
    made = Summary(
        **WORDS,
        completed=COMPLETED,
        reference="K7QM-4XRT",
        code_url="https://forms.example.org/code/K7QM-4XRT",
        clinic=ClinicFace("Harbour Clinic", "+1 555 0134", "Mon to Fri, 9 to 5", "harbour.example"),
        level="info",
        level_name="For information",
        crisis="none",
        emergency=False,
        outcome=Outcome(
            "Here are points to talk about",
            "Bring this page to your visit. Few points does not mean all clear.",
        ),
        points=(TRIALS, NOT_A_DIAGNOSIS),
        treatments=(treatment(), VENLAFAXINE),
        trial_weeks=6,
        wants_to_ask="How long does a visit take?\nCan my sister come with me?",
        answers=answers(),
        pressure=pressure(),
        age="42 years",
        filled_by="Me",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def urgent(**changes: object) -> Summary:
    """Someone who may not be safe, and may need an ambulance."""
    first = point("R-SUI-NOW", "now", title="Danger today", block="full")
    return quiet(
        level="now",
        level_name="Get help now",
        crisis="full",
        emergency=True,
        outcome=Outcome("Get help today", "Something you told us should not wait for a visit."),
        points=(first, point(), TRIALS, NOT_A_DIAGNOSIS),
        **changes,
    )


def busy(many: int = 50) -> Summary:
    """As many findings as a form left early brings, and as many trials as fit."""
    levels = ("now", "first", "discuss", "info")
    unsure = "You were not sure about this, or did not say: blood vessels. Ask the provider."
    made = tuple(
        point(
            f"R-TEST-{number}",
            levels[min(3, number * 4 // many)],
            title=f"Topic number {number}",
            undecided=number % 2 == 1,
            **({"patient": unsure} if number % 2 else {}),
        )
        for number in range(many)
    )
    trials = (treatment(), VENLAFAXINE, UNSURE, treatment("mirtazapine", in_this_episode=False))
    return replace(urgent(), points=made, treatments=(trials * 3)[:10])
