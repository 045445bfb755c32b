import json

from screener.renderers.exported import CONTACT, Exported
from screener.renderers.jsonl import as_jsonl
from tests.rules.patients import BASE
from tests.screener import summaries

FRAME = ("K7QM-4XRT", summaries.COMPLETED, "discuss", "waiting", "Sam Lee", "1+abc")


def test_a_record_is_one_line_of_json_whatever_was_typed() -> None:
    typed = "first\r\nsecond\u2028third\u0085“é”"
    answers = BASE | {"questions": "first\nsecond"}
    contact = dict.fromkeys(CONTACT, "") | {"name": typed}
    record = Exported(*FRAME, contact, answers, summaries.of(answers))

    (line,) = as_jsonl([record])

    assert line.isascii()
    assert 1 == len(line.decode().splitlines())
    read = json.loads(line)
    assert typed == read["contact"]["name"]
    assert "first\nsecond" == read["answers"]["questions"]
    assert ("K7QM-4XRT", True) == (read["reference"], read["readable"])
    assert "K7QM-4XRT" == read["summary"]["reference"]


def test_silence_is_told_apart_and_what_was_not_asked_is_left_out() -> None:
    answers = BASE | {"aneurysm": "not_sure", "bp_known": "no", "add_on_meds": None}
    record = Exported(*FRAME, {}, answers, summaries.of(answers))

    told = json.loads(next(as_jsonl([record])))["answers"]

    assert "not_sure" == told["aneurysm"]
    assert "not_answered" == told["add_on_meds"]
    assert "bp_systolic" not in told


def test_a_record_that_cannot_be_read_says_so() -> None:
    read = json.loads(next(as_jsonl([Exported(*FRAME)])))

    assert (False, None, {}) == (read["readable"], read["summary"], read["answers"])
