"""Mutated conditions and mutated files: whatever is written, it is read or refused with a place."""

import random
from collections.abc import Iterator
from pathlib import Path

import rules
from rules.compiler import compile_rules
from rules.conditions.tree import Condition
from rules.interpreter import weigh
from rules.look import Look
from tests.rules.tinies import TINY, parsed

SEEDS = [
    "age >= limit.old and smoking in ['current', 'past']",
    "not (pack_years + 5 * 2 < 40) or unknown(age)",
    "any_of(pains, 'head', 'heart') or 'head' not in pains",
    "count(t for t in tries if t.duration >= limit.weeks_needed and t.dose_adequate == 'yes') >= 2",
    "any(t for t in tries if t.dose_mg >= 5 or 'ill' in t.reasons)",
    "has_pain and not (bmi >= 30) or long_tries > 1",
    "none_of(pains, 'head') and smoking != 'never' and count(pains) < 2",
]
WORDS = "and or not in is if else for lambda True None any all count unknown any_of all_of"
SIGNS = "( ) [ ] { } ' \" , . : ; # = == != < <= > >= + - * / % ** // @ ~ ^ | & \\ := ->"
NAMES = "age smoking pains tries t t.med limit limit.old limit. __class__ age.real x"
VALUES = "0 007 1e9 0x1f 1_000 99999999999999999999 'past' 'head' 'not_sure' f'' b'' r'' ... é ≥"
BLANKS = ["", "\t", "\n", "\r", "\0", "\ufeff", "\u2028", "\U0001f600", "\ud800"]
PIECES = [*f"{WORDS} {SIGNS} {NAMES} {VALUES}".split(), *BLANKS]


def conditions(count: int, seed: int) -> Iterator[str]:
    """Conditions with a few slips each."""
    draw = random.Random(seed)
    for _ in range(count):
        text = draw.choice(SEEDS)
        for _ in range(draw.randint(1, 5)):
            text = slip(draw, text, [*PIECES, *SEEDS])
        yield text


def slip(draw: random.Random, text: str, pieces: list[str]) -> str:
    """Cut something out, put something in, double something, or swap two signs."""
    start = draw.randint(0, len(text))
    end = min(len(text), start + draw.choice((0, 1, 1, 3, 9, 40)))
    match draw.randint(0, 4):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:start] + draw.choice(pieces) + text[start:]
        case 2:
            return text[:start] + f" {draw.choice(pieces)} " + text[end:]
        case 3:
            return text[:end] + text[start:]
        case _:
            return text[:start] + text[start:end][::-1] + text[end:]


TRY: dict[str, rules.Value] = {
    "med": None,
    "dose_mg": 9,
    "duration": "not_sure",
    "reasons": ("ill",),
}
FACTS: list[rules.Answers] = [
    {},
    dict.fromkeys(["age", "smoking", "pains", "tries", "weight", "height", "pack_years"]),
    {
        "age": 70,
        "smoking": "past",
        "pains": ("head", "not_sure"),
        "tries": (TRY,),
        "weight": 80,
        "height": 170,
    },
]


def read_condition(content: rules.Content, text: str) -> bool:
    """Read a condition, and decide it in both engines; say whether it was read."""
    try:
        condition = parsed(content, text)
    except rules.ContentError as error:
        well_placed(error, len(text.splitlines() or [""]) + 1, len(text) + 1)
        return False
    decided(content, condition)
    return True


def decided(content: rules.Content, condition: Condition) -> None:
    decide = compile_rules([condition], content.limits)
    for facts in FACTS:
        told = {"tries": ({},), **facts} if facts.get("tries") else facts
        (generated,) = decide(told, content.limits.values_in_order)
        assert weigh(condition, Look(told, content.limits.numbers)).truth == generated, condition


def well_placed(error: rules.ContentError, lines: int, columns: int) -> None:
    """Every refusal says where, what, and on a line that is there."""
    assert error.faults
    for fault in error.faults:
        assert fault.what
        assert 1 <= fault.place.line <= lines, fault
        assert 1 <= fault.place.column <= columns, fault


FILES = sorted(path.relative_to(TINY).as_posix() for path in TINY.rglob("*.yaml"))
SNIPS = ["- ", ": ", "\n", "  ", "{", "}", "[", "]", '"', "'", "#", "&a ", "*a", "!!int ", "---\n"]
SNIPS += [
    "%YAML 9\n",
    "? ",
    "|\n",
    ">\n",
    "\t",
    "\0",
    "\u0085",
    "no",
    "12:30",
    "~",
    "<<: ",
    "\\x",
    "é",
]


def read_mutated(folder: Path, draw: random.Random) -> bool:
    """Put a few slips into one file of a content folder, and read it; say whether it was read."""
    file = draw.choice(FILES)
    path = folder / file
    sound = path.read_bytes()
    text = sound.decode()
    for _ in range(draw.randint(1, 3)):
        text = slip(draw, text, SNIPS)
    raw = text.encode("utf-8", "replace")
    path.write_bytes(raw if draw.random() < 0.95 else raw[: len(raw) // 2] + b"\xff" + raw[9:])
    try:
        rules.load(folder=folder)
    except rules.ContentError as error:
        well_placed(error, 100_000, 100_000)
        return False
    finally:
        path.write_bytes(sound)
    return True
