"""The engine of the prints: what its template may reach."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import typst

from screener.renderers.pdf import compiler as engine


def compiled(source: str) -> bytes:
    """What the engine makes of a source; in a thread of its own, which has no engine yet."""
    with ThreadPoolExecutor(1) as thread:
        made = thread.submit(lambda: engine.compiler().compile(input=source.encode())).result()
    assert isinstance(made, bytes)
    return made


def test_the_engine_reads_nothing_outside_of_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "typst" / "packages" / "local" / "mine" / "0.1.0"
    package.mkdir(parents=True)
    named = '[package]\nname = "mine"\nversion = "0.1.0"\nentrypoint = "lib.typ"\n'
    (package / "typst.toml").write_text(named)
    (package / "lib.typ").write_text("#let one = 1")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert compiled('#read("/summary.typ").len()')
    for source in (f'#read("{package}/lib.typ")', '#import "@local/mine:0.1.0": one'):
        with pytest.raises(typst.TypstError):
            compiled(source)
