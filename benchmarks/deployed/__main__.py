"""Follow docs/deploying.md, and look whether what stands in deploy/ does what it promises.

`python -m benchmarks deployed`. It needs nginx (`apt-get install nginx-light`). Ends with exit code
1 when a row does not hold.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.deployed import away, container, followed, in_front, report, sides, strangers
from benchmarks.deployed.nginx import FORMS, Nginx, Site
from benchmarks.deployed.program import Program
from benchmarks.deployed.row import Row


def one_host(folder: Path) -> Iterator[Row]:
    """Serve one host behind nginx, and look at it from outside."""
    program = Program(folder, "screener.service", FORMS)
    site = Site.of(FORMS, program.port)
    nginx = Nginx(folder, site)
    yield in_front.clean(nginx)
    program.begin()
    try:
        with nginx.running():
            yield from in_front.rows(nginx, site)
            yield from strangers.rows(nginx, site)
            yield from away.rows(nginx, site, program)
    finally:
        program.end()


PARTS = {
    "the guide, word for word": followed.rows,
    "one host behind nginx": one_host,
    "sides apart": sides.rows,
    "the Containerfile, without an engine": container.rows,
}


def main() -> int:
    """Look at all, print and write what was found; exit code 1 when something does not hold."""
    if shutil.which("nginx") is None:
        sys.exit("nginx is not here: apt-get install nginx-light")
    found = dict[str, list[Row]]()
    for name, part in PARTS.items():
        print(f"\n{name}\n", flush=True)
        found[name] = []
        with tempfile.TemporaryDirectory(prefix="screener-deployed-", dir="/var/tmp") as folder:
            for one in part(Path(folder)):
                found[name].append(one)
                print(f"  {'' if one.holds else 'NOT: '}{one.what}: {one.found}", flush=True)
    report.write(found)
    return int(not all(one.holds for rows in found.values() for one in rows))


if __name__ == "__main__":
    sys.exit(main())
