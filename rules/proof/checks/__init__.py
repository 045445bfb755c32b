"""Every named check, in the order in which they are told."""

from rules.proof.checks import limits, path, promised, reach, turned, unknown
from rules.proof.proof import Check, Found, Proof


def every(proof: Proof) -> list[Check]:
    """Return all checks of a content; the last ones look back on all the others."""
    makers = (promised, turned, limits, path, reach, unknown)
    return [*(check for maker in makers for check in maker.checks(proof)), *_LOOKING_BACK]


def _agrees(proof: Proof) -> Found:
    runs = proof.runs
    return Found(list(runs.differences), f"{runs.count} patients, {len(proof.content.rules)} rules")


_LOOKING_BACK = (
    Check(
        "every-finding-is-explained",
        "15",
        "Every rule has its words and sources, every finding the answers that made it so.",
        reach.explained,
    ),
    Check(
        "program-agrees",
        "",
        "Every patient that was found comes out in the program as in the proof.",
        _agrees,
    ),
)
