"""`screener outage`: the pages for when it does not answer, as files that a web server can read."""

import os
from pathlib import Path

import pytest

from screener.web.outage import PAGES
from tests.screener.commands import Run


def test_the_pages_are_written_and_written_again(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "outage"
    for _ in range(2):
        done = run("outage", str(folder))

        assert (0, "") == (done.code, done.err)
    assert {f"{status}.html" for status in PAGES} == {one.name for one in folder.glob("*.html")}


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_web_server_can_read_them_whatever_the_umask(run: Run, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        run("outage", str(tmp_path / "outage"))
    finally:
        os.umask(before)
    rights = {one.stat().st_mode & 0o777 for one in (tmp_path / "outage").iterdir()}

    assert ({0o644}, 0o755) == (rights, (tmp_path / "outage").stat().st_mode & 0o777)


def test_it_asks_for_no_data_and_makes_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("outage", "outage")

    assert ["outage"] == [one.name for one in tmp_path.iterdir()]


def test_a_folder_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    done = run("outage", str(tmp_path / "taken"))

    assert 2 == done.code
    assert "taken: cannot be written" in done.err
