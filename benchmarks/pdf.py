"""How long a print takes: typst, as shipped, against WeasyPrint on our own print page.

One run; the two take turns, in an order that is turned each round, on summaries that differ;
medians of the rounds. First both must print the same points. Then a fresh process up to its first
PDF, and 200 summaries in two threads. Exit code 1 when a goal is missed. Run: python -m
benchmarks.pdf
"""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import weasyprint

from benchmarks.goals import Goal, code_for, late, margin
from benchmarks.summaries import typical
from screener.renderers.page import html
from screener.renderers.pdf import pdf
from screener.summary import Summary

ROUNDS, FRESH, MANY = 21, 5, 200
SHARE, SLOWEST, FIRST = 1 / 6, 100, 300  # of WeasyPrint's time, ms, ms
MANY_IN, MOST_MEMORY = 8, 250  # s, MB
NO_PDF = "from benchmarks.summaries import typical; made = typical(1)[0];"
FIRST_PDF = f"{NO_PDF} from screener.renderers.pdf import pdf; pdf(made, 'clinician')"
FIRST_WEASYPRINT = f"""{NO_PDF} import weasyprint; from screener.renderers.page import html;
easier = '* {{ overflow-wrap: normal !important }} .halves {{ display: block !important }}'
page = weasyprint.HTML(string=html(made, 'clinician'))
page.write_pdf(stylesheets=[weasyprint.CSS(string=easier)], pdf_variant='pdf/ua-1')"""

# WeasyPrint takes eight times as long over words that may break anywhere, and thrice over tables in
# a grid. It is spared both.
EASIER = weasyprint.CSS(
    string="* { overflow-wrap: normal !important } .halves { display: block !important }"
)

Printer = Callable[[Summary], bytes]


def shipped(summary: Summary) -> bytes:
    """Print as the product does."""
    return pdf(summary, "clinician")


def by_weasyprint(summary: Summary) -> bytes:
    """Print our page made for paper, as accessible PDF."""
    page = weasyprint.HTML(string=html(summary, "clinician"))
    made: bytes = page.write_pdf(stylesheets=[EASIER], pdf_variant="pdf/ua-1")
    return made


def rounds(printers: dict[str, Printer]) -> dict[str, list[float]]:
    """Let the printers take turns; milliseconds of every round."""
    times: dict[str, list[float]] = {name: [] for name in printers}
    for number, summary in enumerate(typical(ROUNDS + 1)):
        names = list(printers) if number % 2 else list(reversed(printers))
        for name in names:
            start = time.perf_counter()
            printers[name](summary)
            times[name].append((time.perf_counter() - start) * 1000)
    # The first round loads fonts and templates; a fresh process is measured by itself.
    return {name: found[1:] for name, found in times.items()}


def fresh(program: str) -> float:
    """Milliseconds of a new process, interpreter included; the median of a few."""
    times = []
    for _turn in range(FRESH):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def batch() -> tuple[float, float]:
    """Seconds for many summaries in two threads, and the most memory so far in MB."""
    summaries = typical(MANY)
    start = time.perf_counter()
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(shipped, summaries))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.perf_counter() - start, peak


def agree(summary: Summary) -> bool:
    """Both make a PDF, from a page that holds every point."""
    page = html(summary, "clinician")
    made = (shipped(summary), by_weasyprint(summary))
    held = all(point.rule in page for point in summary.points)
    return held and all(one.startswith(b"%PDF-1.7") for one in made)


def row(*cells: object) -> None:
    """Print one line of the table."""
    print(f"{cells[0]!s:44}{cells[1]!s:>12}{cells[2]!s:>12}{cells[3]!s:>10}")


def main() -> int:
    """Print the table; exit code 1 when a goal is missed."""
    if not agree(typical(1)[0]):
        print("The two do not print the same; nothing is measured.")
        return 1
    # First, while this process has printed little: its memory is part of the result.
    seconds, peak = batch()
    times = rounds({"typst": shipped, "weasyprint": by_weasyprint})
    ours, theirs = (statistics.median(times[name]) for name in ("typst", "weasyprint"))
    start = fresh(NO_PDF)
    first, other = fresh(FIRST_PDF) - start, fresh(FIRST_WEASYPRINT) - start
    slow = [late(found) for found in times.values()]
    row("clinician copy, A4", "typst", "WeasyPrint", "ratio")
    row(f"warm, median of {ROUNDS} (ms)", f"{ours:.1f}", f"{theirs:.1f}", f"{theirs / ours:.1f}")
    row(
        "warm, 95th percentile (ms)", f"{slow[0]:.1f}", f"{slow[1]:.1f}", f"{slow[1] / slow[0]:.1f}"
    )
    row("first PDF, beyond a summary (ms)", f"{first:.0f}", f"{other:.0f}", f"{other / first:.1f}")
    print(f"{MANY} summaries, two threads: {seconds:.1f} s, {peak:.0f} MB in this process\n")
    return code_for(
        Goal(what, f"≤ {most:.3g} {unit}", f"{taken:.3g} {unit}", margin(taken, most))
        for what, most, taken, unit in (
            ("a warm print, times WeasyPrint", SHARE, ours / theirs, "×"),
            ("a warm print, 95th percentile", SLOWEST, slow[0], "ms"),
            ("the first print of a process, beyond a summary", FIRST, first, "ms"),
            (f"{MANY} summaries in two threads", MANY_IN, seconds, "s"),
            ("memory for them", MOST_MEMORY, peak, "MB"),
        )
    )


if __name__ == "__main__":
    sys.exit(main())
