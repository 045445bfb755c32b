"""The bill of materials lists what is pinned; a scan that could not look is not a good one."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests import supply

HOUSE = Path(__file__).parent.parent
ONE, TWO = "1" * 64, "2" * 64
PINNED = f"""\
flask==3.1.3 \\
    --hash=sha256:{ONE} \\
    --hash=sha256:{TWO}
    # via screener (pyproject.toml)
tzdata==2026.6 ; sys_platform == 'win32' \\
    --hash=sha256:{TWO}
"""
PINS = {("flask", "3.1.3"): {ONE, TWO}, ("tzdata", "2026.6"): {TWO}}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "runtime.txt").write_text(PINNED, "utf-8")
    (tmp_path / "requirements" / "dev.txt").write_text(PINNED, "utf-8")
    return tmp_path


def component(name: str, version: str, *hashes: str) -> dict[str, Any]:
    found = [{"alg": "SHA-256", "content": one} for one in hashes]
    return {"name": name, "version": version, "externalReferences": [{"hashes": found}]}


FLASK, TZDATA = component("flask", "3.1.3", ONE, TWO), component("tzdata", "2026.6", TWO)


def writes(told: object, at: str) -> Any:
    """A program that writes this after an option."""

    def program(*command: object, **_env: str) -> int:
        file = Path(str(command[command.index(at) + 1]))
        file.write_text(json.dumps(told), "utf-8")
        return 0

    return program


def test_every_pin_is_read_with_its_hashes(house: Path) -> None:
    assert PINS == supply.pinned_in(house / "requirements" / "runtime.txt")


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_no_pin_of_ours_is_passed_over(name: str) -> None:
    file = HOUSE / "requirements" / f"{name}.txt"
    first = [line for line in file.read_text("utf-8").splitlines() if line[:1].isalnum()]

    pins = supply.pinned_in(file)

    assert len(first) == len(pins)
    assert all(pins.values())


@pytest.mark.parametrize(
    ("components", "code", "said"),
    [
        ([FLASK, TZDATA], 0, "2 packages, each with the hashes"),
        ([FLASK], 1, "differ in: tzdata"),
        ([FLASK, TZDATA, component("more", "1")], 1, "differ in: more"),
        ([component("flask", "3.1.2", ONE, TWO), TZDATA], 1, "differ in: flask"),
        ([component("flask", "3.1.3", ONE), TZDATA], 1, "differ in: their hashes"),
    ],
)
def test_a_bill_that_is_not_what_is_pinned_is_refused(  # noqa: PLR0913, PLR0917 - a case, and its house
    house: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    components: list[dict[str, Any]],
    code: int,
    said: str,
) -> None:
    monkeypatch.setattr(supply, "call", writes({"components": components}, "-o"))

    assert code == supply.bill(Path("cyclonedx-py"), house)
    assert said in capsys.readouterr().out


def scanned(name: str, version: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "version": version} | more


GOOD = scanned("flask", "3.1.3", vulns=[])
GOOD_ELSEWHERE = scanned("tzdata", "2026.6", vulns=[])
WEAK = scanned("tzdata", "2026.6", vulns=[{"id": "PYSEC-1", "fix_versions": ["2026.7"]}])
UNKNOWN = {"name": "tzdata", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("found", "code", "said"),
    [
        ([GOOD, GOOD_ELSEWHERE], 0, "2 packages, none with a known"),
        ([GOOD, WEAK], 1, "tzdata: PYSEC-1, fixed in: 2026.7"),
        ([GOOD], 0, "1 packages, none with a known weakness; 1 more are for other machines"),
        ([GOOD, UNKNOWN], 2, "NOT CHECKED: 1 of 2 packages"),
        ([WEAK, UNKNOWN], 1, "NOT CHECKED: 1 of 2 packages"),
        ([], 2, "it needs a network"),
    ],
)
def test_a_scan_is_good_only_when_every_package_was_looked_up(
    capsys: pytest.CaptureFixture[str], found: list[dict[str, Any]], code: int, said: str
) -> None:
    assert code == supply.verdict({"dependencies": found}, PINS)
    assert said in capsys.readouterr().out


def test_a_scan_that_wrote_nothing_has_checked_nothing(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(supply, "call", lambda *_command: 1)

    assert 2 == supply.audit(Path("pip-audit"), house, [])
    assert "NOT CHECKED: 2 of 2 packages" in capsys.readouterr().out
