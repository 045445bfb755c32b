"""Proofs over every answer set and every limit: what is promised holds, or a patient says no.

The typed trees of the content are read into z3 (``form``), which then searches for a
patient who breaks a promise (``checks``). That it finds none is the proof; whom it
finds is told in words and run in the program. Needs the extra ``proof``; nothing else
in this program imports it.
"""

from collections.abc import Iterator
from pathlib import Path

from rules.content import Content
from rules.promises import read_promises
from rules.proof.checks import every
from rules.proof.form import encode
from rules.proof.patients import Runs
from rules.proof.proof import Check, Outcome, Proof
from rules.proof.reading import CannotProveError
from rules.proof.search import Search, UndecidedError

__all__ = ["Check", "Outcome", "Proof", "prepare", "prove"]


def prepare(content: Content, folder: Path | None = None) -> Proof:
    """Encode a content and read what is promised of it.

    Args:
        content: as ``load`` returned it.
        folder: where it was loaded from; the shipped content when none is given.

    Raises:
        ContentError: the promises cannot be read.
    """
    promises = read_promises(content, folder)
    form = encode(content, [promise.when for promise in promises.promises])
    return Proof(form, promises, Search(form), Runs(form))


def prove(content: Content, folder: Path | None = None) -> Iterator[Outcome]:
    """Run every named check, one outcome each; see ``prepare``."""
    try:
        proof = prepare(content, folder)
    except CannotProveError as error:
        says = "Every condition can be read by the proof."
        yield Outcome("can-be-encoded", "", says, "undecided", (str(error),))
        return
    for check in every(proof):
        yield outcome(check, proof)


def outcome(check: Check, proof: Proof) -> Outcome:
    """Run one check."""
    told = check.name, check.property, check.says
    try:
        found = check.run(proof)
    except (CannotProveError, UndecidedError) as error:
        return Outcome(*told, "undecided", (str(error),))
    faults = tuple(found.faults)
    return Outcome(*told, "failed" if faults else "proved", faults, found.note)
