"""The steps of the Containerfile, one by one, without an engine and without its base image.

On a machine of its own, whose Python stands in for that of the base image; then what the image
would start is started as its user, with no rights and nothing to write to but its volume.
"""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from benchmarks.deployed.machine import Machine, impossible, machine
from benchmarks.deployed.nginx import HOUSE
from benchmarks.deployed.row import Row, differs, row

FILE = HOUSE / "Containerfile"
KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "ENV", "HEALTHCHECK"}
KNOWN |= {"ENTRYPOINT", "CMD"}
# The base image calls it so.
PYTHON = "ln -sf /usr/bin/python3 /usr/local/bin/python"
# As with `--read-only --cap-drop=all`: the volume alone can be written.
SHUT = """
mount --bind {volume} {volume}
mount -o remount,bind,ro /
mount -o remount,bind,ro /tmp
mount -o remount,bind,ro /run
cd /
exec setpriv --reuid={user} --regid={user} --clear-groups --no-new-privs --bounding-set=-all \\
    --inh-caps=-all env -i HOME={volume} {environment} {command}
"""
LIVES = """
for try in $(seq 150); do {check} 2>/dev/null && exit 0; sleep 0.2; done
cat {log}
exit 1
"""
LOG = "/var/log/image"
WRITTEN = "find / -xdev -newer /marked -user {user} -not -path '{volume}*' -not -path '/proc/*'"


def steps(text: str) -> Iterator[tuple[str, str]]:
    """Read the instructions of a Containerfile, each with what stands behind it."""
    joined = re.sub(r"\\\n\s*", "", text)
    for line in joined.splitlines():
        if line and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            if word not in KNOWN:
                raise LookupError(f"nobody knows how to do {word} without an engine")
            yield word, rest


def rows(folder: Path) -> Iterator[Row]:
    """Do what the Containerfile says, and start what came of it."""
    if why := impossible():
        yield Row("the Containerfile, step by step", f"not tried: {why}", holds=False)
        return
    found = list(steps(FILE.read_text("utf-8")))
    last = dict(found)
    with machine(folder) as made:
        made.follow(PYTHON)
        yield row("the Containerfile, step by step", built(made, found), f"{len(found)} steps")
        command = shlex.join([*json.loads(last["ENTRYPOINT"]), *json.loads(last["CMD"])])
        made.follow("touch /marked")
        start(made, last, command)
        check = shlex.join(json.loads(last["HEALTHCHECK"].removeprefix("CMD ")))
        lives = LIVES.format(check=check, log=LOG)
        yield row("started as its user, nothing but its volume to write to", made.follow(lives))
        page = made.follow(
            "curl -fs http://127.0.0.1:8000/ && curl -fs http://127.0.0.1:8000/readyz"
        )
        yield row("it serves pages", page)
        yield row("what the guide calls in it is found", called(made, last))
        _, files = made.run(["sh", "-c", WRITTEN.format(user=last["USER"], volume=last["VOLUME"])])
        _, owner = made.run(["stat", "--format=%A %U", last["VOLUME"]])
        told = differs(elsewhere=("", files), volume=(f"drwx------ {last['USER']}\n", owner))
        yield row("it wrote nowhere else", told)


def built(made: Machine, found: list[tuple[str, str]]) -> list[str]:
    """Do the steps that make something; return what went wrong."""
    place, faults = "/", list[str]()
    for word, rest in found:
        match word:
            case "WORKDIR":
                place = rest
                faults += made.follow(f"mkdir -p {place}")
            case "COPY" if rest.startswith("--from"):  # from the first stage: it is there, alone
                faults += made.follow(f"test -d {shlex.split(rest)[-1]}\nrm -r {place}")
            case "COPY":
                *sources, target = shlex.split(rest)
                faults += copied(made, sources, f"{place}/{target}")
            case "RUN":
                faults += made.follow(f"cd {place}\n{rest}" if "useradd" not in rest else rest)
    return faults


def copied(made: Machine, sources: list[str], target: str) -> list[str]:
    """Copy from the checkout as COPY does: what is in a folder, or files."""
    (one,) = sources[:1]
    if (HOUSE / one).is_dir():
        return made.follow(f"mkdir -p {target}\ncp -r {HOUSE}/{one}/. {target}")
    named = " ".join(f"{HOUSE}/{name}" for name in sources)
    return made.follow(f"mkdir -p $(dirname {target}x)\ncp {named} {target}")


def start(made: Machine, last: dict[str, str], command: str) -> None:
    """Start what the image starts, and leave it running."""
    inside = shut(last, command)
    made.follow(f"setsid unshare --mount sh -euc {shlex.quote(inside)} >{LOG} 2>&1 &")


def called(made: Machine, last: dict[str, str]) -> list[str]:
    """Call it by its name alone, as `podman exec` does: while it serves, on the same volume."""
    made.follow("echo '{}' >/opt/answers.json")
    calls = (
        "screener staff add --name Sam --email sam@clinic.example --role admin",
        f"screener outage {last['VOLUME']}/outage",
        f"screener evaluate /opt/answers.json --format pdf --output {last['VOLUME']}/paper.pdf",
    )
    inside = [shlex.quote(shut(last, words)) for words in calls]
    return made.follow("\n".join(f"unshare --mount sh -euc {one} </dev/null" for one in inside))


def shut(last: dict[str, str], command: str) -> str:
    """Write how a command is run in the image."""
    path = "/usr/local/bin:/usr/bin:/bin"
    said = last["ENV"].replace("$PATH", path)
    environment = said if "PATH=" in said else f"PATH={path} {said}"
    return SHUT.format(
        volume=last["VOLUME"], user=last["USER"], environment=environment, command=command
    )
