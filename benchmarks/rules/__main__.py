"""The rules against others: agree, race, count, measure, and write the table.

Everything in one run, on the same patients. Run: python -m benchmarks.rules
"""

import sys
import time
from pathlib import Path

import rules
from benchmarks.goals import code_for
from benchmarks.rules import by_hand, counting, many, scale
from benchmarks.rules.found import (
    ALL_REASONS,
    GENERATED,
    HAND,
    REASONS,
    SHARE,
    Results,
    goals,
)
from benchmarks.rules.peers import PEERS
from benchmarks.rules.people import Facts, Plain, complete, facts_of, with_gaps
from benchmarks.rules.racing import Racer, cpu, race
from benchmarks.rules.report import END, START, written
from rules.interpreter import weigh
from rules.logic import NO, YES
from rules.look import Look
from rules.proof import prove

RESULTS = Path(__file__).parents[1] / "results" / "rules.md"
README = Path(__file__).parents[2] / "README.md"
PATIENTS, ROUNDS, GAPPED = 200, 31, 1_000
SIZES = ((1, 200, 9), (10, 50, 5), (100, 10, 5))  # times the rules, patients, rounds


def contestants(content: rules.Content, people: list[Facts]) -> dict[str, Racer]:
    """Each takes the facts of one patient and decides every rule."""
    limits, values = content.limits.numbers, content.limits.values_in_order
    conditions = [rule.when for rule in content.rules]

    def reasons(facts: Facts) -> object:
        look = Look(facts, limits)
        truths = content.decide(facts, values)
        return [weigh(conditions[n], look).because for n, held in enumerate(truths) if held]

    def every_reason(facts: Facts) -> object:
        look = Look(facts, limits)
        return [weigh(condition, look) for condition in conditions]

    plain = [Plain.of(content)(one) for one in people]
    peers = {
        peer.name: Racer(
            peer.together(peer.written(content, conditions)), [peer.prepare(one) for one in plain]
        )
        for peer in PEERS
    }
    return {
        HAND: Racer(lambda facts: by_hand.decide(facts, limits), people),
        GENERATED: Racer(lambda facts: content.decide(facts, values), people),
        REASONS: Racer(reasons, people),
        ALL_REASONS: Racer(every_reason, people),
        **peers,
    }


def agree(content: rules.Content, racers: dict[str, Racer]) -> None:
    """Stop unless all decide alike for patients who answered everything."""
    deciding = {name: racer for name, racer in racers.items() if name != REASONS}
    told = {True: True, False: False, YES: True, NO: False}
    for number, facts in enumerate(racers[HAND].patients):
        hand = by_hand.decide(facts, content.limits.numbers)
        for name, racer in deciding.items():
            found = list(racer.decide(racer.patients[number]))
            if name == ALL_REASONS:
                found = [weighed.truth for weighed in found]
            differ = [
                rule.id
                for rule, by, ours in zip(content.rules, hand, found, strict=True)
                if by != told.get(ours)
            ]
            if differ:
                sys.exit(f"{name} does not agree for patient {number}: {', '.join(differ)}")


def proofs(content: rules.Content) -> tuple[int, float, float]:
    """How many checks are proved, and their seconds on the clock and of CPU."""
    wall, cpu_before = time.perf_counter(), time.process_time()
    outcomes = list(prove(content))
    if any(outcome.state != "proved" for outcome in outcomes):
        sys.exit("not everything is proved; see screener check --prove")
    return len(outcomes), time.perf_counter() - wall, time.process_time() - cpu_before


def main() -> int:
    """Agree first, then race, count and measure; exit code 1 when a goal is missed."""
    content = rules.load()
    people = [facts_of(content, complete(content, seed)) for seed in range(PATIENTS)]
    racers = contestants(content, people)
    agree(content, racers)
    gapped = [facts_of(content, with_gaps(content, seed, SHARE)) for seed in range(GAPPED)]
    found = Results(
        content,
        micros=race(racers, ROUNDS),
        gaps={peer.name: counting.compare(content, peer, gapped) for peer in PEERS},
        scales={n: scale.measure(content, people[:few], n, turns) for n, few, turns in SIZES},
        many=dict(many.measure(content)),
        load=cpu(rules.load, rounds=15),
        proofs=proofs(content),
        sizes=(PATIENTS, ROUNDS, GAPPED),
    )
    text = written(found)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text, "utf-8")
    README.write_text(quoted(README.read_text("utf-8"), text), "utf-8")
    print(text)
    return code_for(goals(found))


def quoted(page: str, text: str) -> str:
    """The page with what it quotes of a text, between the marks."""
    before, _, rest = page.partition(START)
    quote = text.partition(START)[2].partition(END)[0]
    return "".join((before, START, quote, END, rest.partition(END)[2]))


if __name__ == "__main__":
    sys.exit(main())
