"""What docs/deploying.md and deploy/ say is so: commands, files, events, keys and figures."""

import ast
import itertools
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from prometheus_client import generate_latest

from screener import logs
from screener.cli import screener
from screener.metrics import Figures
from screener.settings import Settings
from screener.store import Intake, Store, sealed_file
from screener.timer import Job
from screener.web import headers, outage
from screener.web.traffic import Answered
from tests.screener.commands import Run
from tests.screener.store.test_submissions import PARCEL

HOUSE = Path(__file__).parents[2]
GUIDE = (HOUSE / "docs" / "deploying.md").read_text("utf-8")
DEPLOY = HOUSE / "deploy"
PROXY = (DEPLOY / "nginx.conf").read_text("utf-8")
CONTAINER = (HOUSE / "Containerfile").read_text("utf-8")


def blocks(text: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", text, re.DOTALL)


def commands(text: str) -> Iterator[list[str]]:
    """Every call of the program in a text, as words."""
    for line in text.splitlines():
        words = shlex.split(line, comments=True)
        called = [n for n, word in enumerate(words) if re.search(r"(^|/bin/)screener$", word)]
        # The last one: before it, the name may be that of a user, an image or a file.
        if called and words[called[-1] + 1 :] and words[0] not in {"cp", "install"}:
            yield words[called[-1] + 1 :]


def parsed(words: list[str]) -> None:
    """Read a command as the program would; what is no command or option of it is refused."""
    command: click.Command = screener
    context = click.Context(command)
    while isinstance(command, click.Group):
        name, found, words = command.resolve_command(context, words)
        assert found is not None, name
        command = found
    command.make_context(command.name, list(words))


GUIDE_COMMANDS = [words for block in blocks(GUIDE) for words in commands(block)]


@pytest.mark.parametrize("words", GUIDE_COMMANDS, ids=" ".join)
def test_every_command_of_the_guide_is_one(words: list[str]) -> None:
    parsed(words)


def test_the_guide_has_commands() -> None:
    assert len(GUIDE_COMMANDS) > 15


@pytest.mark.parametrize("name", ["screener.service", "screener@.service"])
def test_the_units_start_a_command_of_ours(name: str) -> None:
    unit = (DEPLOY / name).read_text("utf-8")
    begins = re.findall(r"^Exec(StartPre|Start)=\S+/screener (.*)$", unit, re.MULTILINE)

    assert ["StartPre", "Start"] == [when for when, _ in begins]
    for side, (_, start) in itertools.product(("patient", "staff"), begins):
        parsed(start.replace("%i", side).replace("${PORT}", "8001").split())


def test_both_units_have_the_same_limits_and_never_give_up() -> None:
    one, other = ((DEPLOY / f"screener{at}.service").read_text("utf-8") for at in ("", "@"))

    assert one.partition("UMask")[2] == other.partition("UMask")[2]
    for unit in (one, other):
        # systemd stops for good after five starts in ten seconds, unless it is told not to.
        assert {"StartLimitIntervalSec=0", "Restart=on-failure", "RestartSec=2"} <= {*unit.split()}
        assert {"LimitCORE=0", "MemorySwapMax=0"} <= {*unit.split()}


def test_the_proxy_packs_no_page() -> None:
    """A system's own settings often switch it on, so it is switched off by name."""
    assert ["off"] == re.findall(r"^ *(?:gzip|brotli) (\w+);", PROXY, re.MULTILINE)


def test_the_proxy_writes_down_no_visitor_and_no_page() -> None:
    """A log of errors holds both too: of each request while the program does not answer."""
    sites = re.split(r"^server ", PROXY, flags=re.MULTILINE)[1:]

    assert 2 == len(sites)
    for site in sites:
        assert "\n    access_log off;\n    error_log  /dev/null emerg;\n" in site


def test_the_proxy_puts_no_answer_into_a_file() -> None:
    """What is larger than a buffer goes to the disk, unless nothing may or nothing is."""
    said = dict(re.findall(r"^    (client_\w+|proxy_\w+) +(\S+);$", PROXY, re.MULTILINE))

    assert said["client_max_body_size"] == said["client_body_buffer_size"]
    assert "0" == said["proxy_max_temp_file_size"]


def test_the_proxy_says_of_its_own_pages_what_we_say_of_ours() -> None:
    said = dict(re.findall(r'^ +add_header (\S+) "(.+)" always;$', PROXY, re.MULTILINE))
    ours = headers.ALWAYS | {"Strict-Transport-Security": headers.TWO_YEARS}

    assert ours | {"Cache-Control": "no-store"} == said


def test_the_proxy_shows_pages_that_are_made() -> None:
    shown = re.findall(rf"{outage.ADDRESS}/(\d+)\.html;", PROXY)
    (folder,) = re.findall(r"alias (\S+)/;", PROXY)
    units = [
        (DEPLOY / name).read_text("utf-8") for name in ("screener.service", "screener@.service")
    ]

    assert [str(status) for status in outage.PAGES] == shown
    assert all(f"screener outage {folder}" in unit for unit in units)


def test_the_container_copies_what_is_there_and_starts_a_command_of_ours() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.MULTILINE)
    (start,) = re.findall(r"^CMD \[(.*)\]$", CONTAINER, re.MULTILINE)
    needed = {"rules", "screener", "templates", "pyproject.toml", "README.md", "LICENSE"}

    names = {name for line in copied for name in line.split()}
    assert [] == [name for name in names if not (HOUSE / name).exists()]
    assert needed | {"requirements/runtime.txt"} == names
    parsed([word.strip(' "') for word in start.split(",")])


def test_the_events_of_the_guide_are_those_that_the_program_logs() -> None:
    table = re.findall(r"^\| `(\w+)` \|", GUIDE.partition("## Logs")[2], re.MULTILINE)

    assert sorted(logged()) == sorted(table)


def logged() -> set[str]:
    """Every event in the source: what is given to a logger is a name, and never made up."""
    found: set[str] = set()
    for folder in ("screener", "rules"):
        for path in (HOUSE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Attribute(value=ast.Name(id="log"), attr=how),
                        args=[ast.Constant(value=str(event))],
                    ) if how != "log":
                        found.add(event)
                    case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
                        raise AssertionError(f"{path}:{node.lineno}: an event that is no name")
    return found


def test_the_keys_of_the_guide_are_those_that_the_log_allows() -> None:
    told = GUIDE.partition("only these keys")[2].partition("; with an error")[0]

    assert list(logs.KEYS) == re.findall(r"`(\w+)`", told)


def test_the_figures_of_the_guide_are_those_that_are_given(tmp_path: Path) -> None:
    store = Store.open(Settings.load(None, tmp_path, environment={}))
    figures = Figures()
    job = Job("purge", 1, lambda: None)
    job.turn()
    figures.watch([job], intake_beside(store, tmp_path))
    figures.answered(Answered("GET", "/", 200, 0.1))
    given = re.findall(r"# TYPE (\w+) (\w+)", generate_latest(figures.registry).decode())
    names = {name for name, kind in given if not name.endswith("_created")}
    table = re.findall(r"^\| `(screener_\w+)` \|", GUIDE, re.MULTILINE)
    store.close()

    assert sorted(names) == sorted(table)


def intake_beside(store: Store, folder: Path) -> Intake:
    settings = Settings.load(None, folder, environment={})
    intake = Intake.open(settings, database=store.database)
    intake.need_clinic_key()
    return intake


def test_the_drill_of_the_guide_is_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PASSES": 1, "LANES": 1, "KIB": 8}.items():
        monkeypatch.setattr(sealed_file, name, value)
    places = {"/var/lib/screener": "data", "/backups": "backups", "/drill": "drill"}
    for name in places.values():
        (tmp_path / name).mkdir(mode=0o700)
    store = Store.open(Settings.load(None, tmp_path / "data", environment={}))
    intake_beside(store, tmp_path / "data")
    store.drafts.send(store.drafts.begin().token, PARCEL)
    store.close()
    section = GUIDE.partition("## Backup and the drill")[2].partition("## Upgrade")[0]
    for place, name in places.items():
        section = section.replace(place, str(tmp_path / name))

    ran = [done for block in blocks(section) for done in follow(run, monkeypatch, block)]

    assert [0] * 5 == ran


def follow(run: Run, monkeypatch: pytest.MonkeyPatch, block: str) -> Iterator[int]:
    """Do what the lines of a block say."""
    for line in block.splitlines():
        match shlex.split(line):
            case ["export", setting]:
                monkeypatch.setenv(*setting.split("=", 1))
            case ["cp", "-r", source, target]:
                shutil.copytree(source, target)
            case ["screener", *words]:
                yield run(*words).code
            case other:
                raise AssertionError(other)


def test_the_readme_names_every_command() -> None:
    readme = (HOUSE / "README.md").read_text("utf-8")
    context = click.Context(screener)

    assert [] == [name for name in screener.list_commands(context) if f"**{name}**" not in readme]
