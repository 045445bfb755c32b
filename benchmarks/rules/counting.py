"""What becomes of a rule when answers are missing: agreed, invented, lost or turned round."""

from collections import Counter
from collections.abc import Iterable

import rules
from benchmarks.rules.peers import Peer
from benchmarks.rules.people import Facts, Plain
from rules.logic import NO, UNKNOWN, YES

SAID = {YES: True, NO: False, UNKNOWN: None}
KINDS = {
    "agreed": "the same result, or both say that it is open",
    "invented calm": "a plain no where the answers do not decide",
    "invented alarm": "a plain yes where the answers do not decide",
    "lost": "an error or no result where the answers do decide",
    "turned": "the opposite of what the answers say",
}


def compare(content: rules.Content, peer: Peer, people: Iterable[Facts]) -> Counter[str]:
    """Count what a peer makes of the rules for patients with gaps in their answers."""
    plain, written = Plain.of(content), peer.written(content, [r.when for r in content.rules])
    apart = peer.apart(written)
    count: Counter[str] = Counter()
    for facts in people:
        ours = content.decide(facts, content.limits.values_in_order)
        theirs = apart(peer.prepare(plain(facts)))
        for told, their, logic in zip(ours, theirs, written, strict=True):
            if logic is not None:
                count[kind(SAID[told], their)] += 1
    return count


def kind(ours: bool | None, theirs: bool | None) -> str:  # noqa: FBT001 - two results
    """Name how two results stand to each other."""
    if ours == theirs:
        return "agreed"
    if ours is None:
        return "invented alarm" if theirs else "invented calm"
    return "lost" if theirs is None else "turned"
