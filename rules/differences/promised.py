"""What is promised beside a content, as rows to compare."""

from collections.abc import Iterator
from pathlib import Path

from rules.content import SHIPPED, Content
from rules.differences.rows import Row, Rows
from rules.english import English
from rules.promises import Promise, Promises, read_promises
from rules.promises.reading import FILE


def promised(content: Content, folder: Path | None) -> dict[str, Rows]:
    """Each promise and exception; nothing where nothing is promised yet."""
    if not ((folder or SHIPPED) / FILE).is_file():
        return {}
    found, said = read_promises(content, folder), English(content)
    rows: dict[str, Rows] = {each.id: dict(_promise(said, each)) for each in found.promises}
    for group, questions in found.excused.items():
        for name, because in questions.items():
            rows[f"{group}, but for {name}"] = {"because": ("because", because)}
    for name, silent in found.silent.items():
        covered = ("covered by", " or ".join(silent.covered_by))
        row = {"covered": covered, "because": ("because", silent.because)}
        rows[f"{name}, not shown when open"] = row
    return {**rows, "of the whole": dict(_whole(found))}


def _promise(said: English, promise: Promise) -> Iterator[tuple[str, Row]]:
    sentence = said.sentence(promise.when)
    yield "says", ("says", promise.says)
    yield "when", ("when", " / ".join((sentence.head, *sentence.points)))
    shown = [f"{promise.level} or more urgent"] * bool(promise.level)
    shown += ["every help line"] * promise.full + ["the emergency number"] * promise.emergency
    shown += [f"{promise.shows} at {promise.level_of} or more urgent"] * bool(promise.shows)
    shown += [f"{rule} surely" for rule in promise.fires]
    yield "shown", ("then shown", ", ".join(shown))


def _whole(found: Promises) -> Iterator[tuple[str, Row]]:
    yield "always", ("rules that always stand", ", ".join(sorted(found.always)))
    yield "rising", ("never calmer when higher", ", ".join(found.rising))
    form = found.empty_form
    empty = f"{form.level}, crisis block {form.crisis}, {form.findings} findings"
    yield "empty", ("the empty form", empty)
    orders = (f"{o.smaller} {'<=' if o.may_equal else '<'} {o.larger}" for o in found.orders)
    yield "orders", ("the order of limits", ", ".join(orders))
    yield "beyond", ("rules that no limit reaches", ", ".join(found.beyond_reach))
