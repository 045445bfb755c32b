import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import rules
from rules.content import SHIPPED
from rules.proof import Outcome, Proof, outcome, prepare, search
from rules.proof.checks import every

Spoilt = Callable[..., dict[str, Outcome]]


@pytest.fixture(scope="session", autouse=True)
def _patient() -> Iterator[None]:
    """Let z3 take its time, however slow the machine is."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search, "LONGEST", 600_000)
        yield


@pytest.fixture(scope="session")
def proof() -> Proof:
    return prepare(rules.load())


@pytest.fixture
def spoilt(tmp_path: Path) -> Spoilt:
    """Replace texts in a copy of the content, and run some checks on it."""

    def run(checks: Sequence[str], file: str, *slips: tuple[str, str]) -> dict[str, Outcome]:
        folder = Path(shutil.copytree(SHIPPED, tmp_path / "content"))
        path = folder / file
        text = path.read_text("utf-8")
        for right, wrong in slips:
            assert text.count(right) == 1, right
            text = text.replace(right, wrong)
        path.write_text(text, "utf-8")
        spoilt = prepare(rules.load(folder=folder), folder)
        return {
            check.name: outcome(check, spoilt) for check in every(spoilt) if check.name in checks
        }

    return run
