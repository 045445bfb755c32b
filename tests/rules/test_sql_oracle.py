"""SQLite, which nobody here wrote, decides every rule by its own three-valued logic.

The same conditions become SQL over the answers as they were given: SQLite also works out which
questions are asked and whether a dose was enough. NULL is unknown, 0 no, 1 yes.
"""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

import rules
from rules.conditions import tree
from rules.logic import NO, UNKNOWN, YES
from rules.mutants.files import calm_patient
from tests.rules.anyone import SILENT, Answers, people
from tests.rules.drawing import CONTENT

CALM = calm_patient(CONTENT)
QUESTIONS = CONTENT.questionnaire.by_id
COUNT = 500
# What SQL cannot say, and why; the rest must be equal to the last result.
EXCLUDED = {
    "R-RSP-HI": "where only one of weight and height is known: our index is then a range that can "
    "still be below or above a limit, SQL's NULL is not; so there SQL may know less, never else",
}


class Sql:
    """Conditions as SQL, for one setting of the limits."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self.limits = limits

    def asked(self, question: rules.Question) -> str:
        if question.ask_if is None:
            return "1"
        gate = self.truth(question.ask_if)
        return f"(({gate}) IS TRUE)" if question.only_if_sure else f"(({gate}) IS NOT FALSE)"

    def if_asked(self, ref: tree.Ref, sql: str) -> str:
        gate = "1" if ref.in_entry else self.asked(QUESTIONS[ref.id])
        return sql if gate == "1" else f"CASE WHEN {gate} THEN ({sql}) ELSE 0 END"

    def truth(self, node: tree.Condition) -> str:  # noqa: PLR0911 - one for each sort of node
        match node:
            case tree.Always():
                return "1"
            case tree.Named(part=part):
                return self.truth(part)
            case tree.Not(part):
                return f"(NOT {self.truth(part)})"
            case tree.And(parts):
                return "(" + " AND ".join(map(self.truth, parts)) + ")"
            case tree.Or(parts):
                return "(" + " OR ".join(map(self.truth, parts)) + ")"
            case tree.Unknown(tree.Ref() as ref):
                return self.if_asked(ref, f"{ref.id} IS NULL")
            case tree.Unknown(part):
                assert not isinstance(part, tree.Ref)
                return f"(({self.truth(part)}) IS NULL)"
            case _:
                return f"({self.atom(node)})"

    def atom(self, node: tree.Condition) -> str:
        match node:
            case tree.Chosen(ref, tokens, negated, _):
                word = "NOT IN" if negated else "IN"
                return self.if_asked(ref, f"{ref.id} {word} {_listed(tokens)}")
            case tree.Ticked(ref, tokens, how):
                joined = f" {'AND' if how == 'all' else 'OR'} ".join(
                    f"{ref.id}_{t}" for t in tokens
                )
                return self.if_asked(ref, f"NOT ({joined})" if how == "none" else joined)
            case tree.Compare(tree.Asked(ref), operator, right):
                return self.if_asked(ref, f"{ref.id} {operator} {self.number(right)}")
            case tree.Compare(tree.Band(ref), operator, right):
                return _between(f"{ref.id}_low", f"{ref.id}_high", operator, self.number(right))
            case tree.Compare(tree.BodyMass(weight, height), operator, right):
                index = f"{weight.ref.id} * 10000 / ({height.ref.id} * {height.ref.id})"
                return f"{index} {operator} {self.number(right)}"
            case tree.Compare(tree.NamedNumber(_, tree.Count() as count), operator, right):
                return self.counted(count, operator, self.number(right))
        raise NotImplementedError(node)

    def counted(self, node: tree.Count, operator: str, right: str) -> str:
        """A count is a range: SQL's WHERE keeps what is true, IS NOT FALSE what is possible."""
        held, rows = self.truth(node.part), f"SELECT COUNT(*) FROM {node.ref.id} t WHERE t.p = p.p"
        none = f"SELECT {node.most} * (COUNT(*) = 0) FROM {node.ref.id} t WHERE t.p = p.p"
        low, high = f"({rows} AND {held})", f"(({rows} AND ({held}) IS NOT FALSE) + ({none}))"
        asked = self.asked(QUESTIONS[node.ref.id])
        counted = _between(low, high, operator, right)
        return f"CASE WHEN {asked} THEN {counted} ELSE 0 {operator} {right} END"

    def number(self, node: tree.Number) -> str:
        match node:
            case tree.Whole(value):
                return str(value)
            case tree.Limited(name):
                return str(self.limits[name])
        raise NotImplementedError(node)


def _listed(tokens: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{token}'" for token in tokens) + ")"


def _between(low: str, high: str, operator: str, right: str) -> str:
    """Compare a range: what holds at both ends is sure, what holds at one is NULL."""
    near, far = (low, high) if operator in {">", ">="} else (high, low)
    surely, possibly = f"{near} {operator} {right}", f"{far} {operator} {right}"
    return f"CASE WHEN {surely} THEN 1 WHEN {possibly} THEN NULL ELSE 0 END"


def columns(question: rules.Question, value: rules.Value) -> dict[str, Any]:
    """An answer as SQL keeps it: NULL where it does not say."""
    name, silent = question.id, value in (None, "", ()) or value in SILENT
    if question.kind is rules.Kind.MANY:
        ticks = value if isinstance(value, tuple) else ()
        silent = not ticks or bool(set(SILENT) & {str(tick) for tick in ticks})
        each = {f"{name}_{token}": 1 if token in ticks else None for token in question.tokens}
        known = {key: held or 0 for key, held in each.items()}
        return {name: None, **each} if silent else {name: 1, **known}
    if question.ranges:
        ranges = dict(question.ranges)
        ends = [ranges[str(value)]] if not silent else list(ranges.values())
        low, high = min(end[0] for end in ends), max(end[1] for end in ends)
        return {name: None if silent else value, f"{name}_low": low, f"{name}_high": high}
    return {name: None if silent or question.kind is rules.Kind.ENTRIES else value}


def row(questions: list[rules.Question], answers: Answers, number: int) -> dict[str, Any]:
    found = {"p": number}
    for question in questions:
        found |= columns(question, answers.get(question.id))
    return found


def database(persons: list[Answers]) -> sqlite3.Connection:
    """Everybody's answers, the trials of each, and the table of doses."""
    listed = QUESTIONS["med_trials"]
    base = sqlite3.connect(":memory:")
    fill(base, "people", [row(list(QUESTIONS.values()), one, i) for i, one in enumerate(persons)])
    trials = [
        row(list(listed.fields), entry, number)
        for number, one in enumerate(persons)
        for entry in one["med_trials"] or ()  # type: ignore[union-attr]
        if isinstance(entry, dict)
    ]
    fill(base, "trials", trials)
    doses = [(m.token, m.clearly_low, m.meets) for m in CONTENT.medicines]
    base.execute("CREATE TABLE doses (token, clearly_low, meets)")
    base.executemany("INSERT INTO doses VALUES (?, ?, ?)", doses)
    base.execute(
        "CREATE VIEW med_trials AS SELECT trials.*, CASE WHEN dose_mg >= meets THEN 'yes' "
        "WHEN dose_mg < clearly_low THEN 'no' END AS dose_adequate "
        "FROM trials LEFT JOIN doses ON token = med"
    )
    return base


def fill(base: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    names = ", ".join(rows[0])
    base.execute(f"CREATE TABLE {table} ({names})")
    marks = ", ".join("?" * len(rows[0]))
    base.executemany(f"INSERT INTO {table} VALUES ({marks})", [tuple(one.values()) for one in rows])


@pytest.fixture(scope="module")
def persons() -> list[Answers]:
    return list(people(CONTENT, COUNT, 3, CALM))


@pytest.mark.parametrize(
    "changed", [{}, {"trial_min_weeks": 8, "bp_first_sys": 131, "bmi_high": 30}], ids=str
)
def test_sqlite_decides_every_rule_as_we_do(
    persons: list[Answers], changed: dict[str, int]
) -> None:
    limits, base = CONTENT.limits.with_values(changed), database(persons)
    sql = Sql(limits.numbers)
    asked = ", ".join(sql.truth(rule.when) for rule in CONTENT.rules)
    said = base.execute(f"SELECT {asked} FROM people p ORDER BY p.p").fetchall()

    ours = [
        CONTENT.decide(rules.walk(CONTENT, one, limits).facts, limits.values_in_order)
        for one in persons
    ]

    told = {1: YES, 0: NO, None: UNKNOWN}
    seen: Counter[int] = Counter()
    for number, (theirs, truths) in enumerate(zip(said, ours, strict=True)):
        for rule, their, truth in zip(CONTENT.rules, theirs, truths, strict=True):
            if rule.id in EXCLUDED and one_of_two_known(persons[number]):
                assert told[their] in {truth, UNKNOWN}, (rule.id, persons[number])
                continue
            assert told[their] == truth, (rule.id, persons[number])
            seen[truth] += 1
    assert sum(seen.values()) > 0.99 * COUNT * len(CONTENT.rules)
    assert min(seen[held] for held in (YES, NO, UNKNOWN)) > 1_000


def one_of_two_known(one: Answers) -> bool:
    return (one["weight_kg"] is None) != (one["height_cm"] is None)


def test_only_the_rules_that_read_the_index_are_excluded() -> None:
    reads = {rule.id for rule in CONTENT.rules if "BodyMass(" in str(rule.when)}

    assert set(EXCLUDED) == reads


def test_sqlite_would_notice_a_wrong_rule(persons: list[Answers]) -> None:
    """With NOT reading unknown as yes, the two no longer agree."""
    rule = next(rule for rule in CONTENT.rules if rule.id == "R-TRX-OPTIONS")
    wrong = Sql(CONTENT.limits.numbers).truth(rule.when).replace("NOT (", "1 IS NOT (")
    base = database(persons)

    said = [one for (one,) in base.execute(f"SELECT {wrong} FROM people p ORDER BY p.p")]
    ours = [
        CONTENT.decide(rules.walk(CONTENT, one).facts, CONTENT.limits.values_in_order)
        for one in persons
    ]

    place = CONTENT.rules.index(rule)
    assert said != [{YES: 1, NO: 0, UNKNOWN: None}[truths[place]] for truths in ours]
