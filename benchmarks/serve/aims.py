"""What a step is to reach, and where it is known to be behind Django, with the reason."""

import statistics
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from benchmarks.goals import Goal, margin
from benchmarks.serve.load import GET, POST, Rate
from benchmarks.serve.measuring import POSTGRES, SQLITE, Found
from benchmarks.serve.race import PACE

LATEST, SLOWEST_START, GROWN = 500, 2.0, 1.05  # ms, s, times
AS_PAGE, AS_WRITE = 0.5, 0.8
DATABASES = (SQLITE, POSTGRES)
SHOWN, SAVED = "a page shown", "a page saved"
DJANGO = "beside Django formtools"
A_SECOND, P50, P99, START, MEMORY = (
    f"{DJANGO}: {one}" for one in ("rate", "p50", "p99", "start to first page", "memory")
)
STARVED = 2  # times: from here on the p99 of others says that some of their patients are left out
# Each begins the name of a goal that may be missed, and says why. Nothing else may be missed.
BEHIND = {
    f"{P50}; {SAVED}, {SQLITE}, 8 clients": (
        "Django serves half of the patients sooner, and lets the others wait (p99)"
    ),
    START: "ours first loads more (see memory), checks its content and compiles the rules",
    MEMORY: "ours loads what seals answers, checks settings and draws a PDF as well",
}


def goals(found: Found) -> Iterator[Goal]:
    """Compare with what was to be reached; what stands after a semicolon says where.

    Beside Django, a figure says how many times better ours is.
    """
    yield from _beside_flask(found)
    yield from _day(found)
    yield from _start(found)
    yield from _memory(found)
    yield from _beside_django(found)


def _beside_flask(found: Found) -> Iterator[Goal]:
    for kind, when, clients in _rows(found):
        where = f"; {kind}, {_clients(clients)}, {when}"
        got, sent = (found.steps["ours", kind, when, clients, one].a_second for one in (GET, POST))
        page = got / found.steps["page", "", when, clients, GET].a_second
        write = sent / found.steps["kept", kind, when, clients, POST].a_second
        for what, aim, share in (
            (f"{SHOWN}, times the rate of a bare Flask form page", AS_PAGE, page),
            (f"{SAVED}, times the same write in a bare Flask view", AS_WRITE, write),
        ):
            yield Goal(f"{what}{where}", f"≥ {aim}", f"{share:.2f}", share / aim)


def _day(found: Found) -> Iterator[Goal]:
    day = f"p99 at twice the busiest hour of 50 clinics ({PACE:.0f} steps a second)"
    for kind, rate in found.day.items():
        aim = margin(rate.p99, LATEST)
        yield Goal(f"{day}; {kind}", f"≤ {LATEST} ms", f"{rate.p99:.0f} ms", aim)


def _start(found: Found) -> Iterator[Goal]:
    for kind in DATABASES:
        took = statistics.median(found.starts["ours", kind])
        what = f"from `screener serve` to the first page; {kind}"
        aim = f"≤ {SLOWEST_START:g} s"
        yield Goal(what, aim, f"{took:.2f} s", margin(took, SLOWEST_START))


def _memory(found: Found) -> Iterator[Goal]:
    for kind in DATABASES:
        held = found.memory["ours", kind]
        what = f"memory over {found.counted:,} steps; {kind}"
        grown = f"{held.before:.0f} → {held.after:.0f} MB"
        aim = f"≤ {GROWN - 1:.0%} more".replace("%", " %")
        yield Goal(what, aim, grown, margin(held.after, held.before * GROWN))


def _beside_django(found: Found) -> Iterator[Goal]:
    for (kind, when, clients), method in product(_rows(found), (GET, POST)):
        ours, theirs = (
            found.steps[name, kind, when, clients, method] for name in ("ours", "formtools")
        )
        where = f"; {SHOWN if method == GET else SAVED}, {kind}, {_clients(clients)}, {when}"
        yield _ahead(f"{A_SECOND}{where}", ours.a_second / theirs.a_second)
        p50 = _ahead(f"{P50}{where}", theirs.p50 / ours.p50)
        yield p50 if _starved(ours, theirs) else replace(p50, because="")
        yield _ahead(f"{P99}{where}", theirs.p99 / ours.p99)
    for kind in DATABASES:
        starts, held = found.starts, found.memory
        ours_s, theirs_s = (statistics.median(starts[who, kind]) for who in ("ours", "formtools"))
        yield _ahead(f"{START}; {kind}", theirs_s / ours_s)
        share = held["formtools", kind].after / held["ours", kind].after
        yield _ahead(f"{MEMORY}; {kind}", share)


def _starved(ours: Rate, theirs: Rate) -> bool:
    return theirs.p99 >= STARVED * ours.p99


def _ahead(what: str, share: float) -> Goal:
    because = next((why for name, why in BEHIND.items() if what.startswith(name)), "")
    return Goal(what, "> 1", f"{share:.2f}", share, because if share < 1 else "")


def _rows(found: Found) -> Iterator[tuple[str, str, int]]:
    return product(DATABASES, found.plan.steps, found.plan.clients)


def _clients(many: int) -> str:
    return f"{many} client{'s' if many > 1 else ''}"
