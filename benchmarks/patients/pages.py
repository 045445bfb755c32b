"""The pages that everybody meets, and patients who stand before them."""

from functools import partial
from typing import Any

import rules
from benchmarks.fuzz_http.actors import whole_answers
from benchmarks.patients.served import Served
from screener.settings import Settings
from screener.store import Store
from tests.screener.wizard import people

NEW, DONE, BUSY, SLIP = "new", "done", "busy", "?again=1"
MUCH = people.BUSY | {"med_trials": [people.TRIAL | {"dose_mg": 150}] * 3}
QUESTION = "/form/before-you-start"
# Each with who looks at it: a patient at the first question, or one who is done.
PAGES = {
    "start": ("/", ""),
    "question": (QUESTION, NEW),
    "slip": (f"{QUESTION}{SLIP}", NEW),
    "check": ("/form/check", DONE),
    "summary": ("/summary", DONE),
}


def patients(served: Served) -> dict[str, str]:
    """Let patients come; return their tokens.

    One has just begun, two are done: a calm one, and one who had much to say.
    """
    content = rules.load()
    store = Store.open(Settings.load(None, served.data, environment={}))
    tokens = {"": "", NEW: store.drafts.begin().token}
    for name, told in {DONE: {}, BUSY: MUCH}.items():
        said: dict[str, Any] = {"finished": True, "content_version": content.version}
        said["answers"] = whole_answers(content, told)
        tokens[name] = store.drafts.begin().token
        store.drafts.save(tokens[name], partial(_both, said))
    store.close()
    return tokens


def _both(said: dict[str, Any], state: dict[str, Any]) -> dict[str, Any]:
    return state | said
