import functools
import io
import sys
from types import CodeType

import pytest
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

import rules
from screener.app import Screener
from screener.cli import main
from tests.screener.commands import Done, Run

# The content is frozen, so one reading of it does for a hundred commands.
load_once = functools.cache(rules.load)


class CompiledOnce(BytecodeCache):
    """Keeps compiled templates for all applications of a run: each test makes one of its own."""

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self.code[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> None:
    Screener.jinja_options["bytecode_cache"] = CompiledOnce()


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
