import functools
import io
import sys

import pytest

import rules
from screener.cli import main
from tests.screener.commands import Done, Run

# The content is frozen, so one reading of it does for a hundred commands.
load_once = functools.cache(rules.load)


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `screener` with these arguments and this standard input."""
    monkeypatch.setattr(rules, "load", load_once)
    for name in ("SCREENER_CLINIC", "SCREENER_DATA", "SCREENER_DATABASE"):
        monkeypatch.delenv(name, raising=False)

    def run_it(*arguments: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        captured = capsysbinary.readouterr()
        code = ended.value.code
        return Done(code if isinstance(code, int) else 0, captured.out, captured.err.decode())

    return run_it
