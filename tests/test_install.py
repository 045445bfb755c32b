"""The wheel, not only the checkout: built, unpacked elsewhere, and run from there."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent

# What a newcomer's first minute touches: the content, a template, a style sheet.
RUNS_ELSEWHERE = """
import pathlib, screener, rules
from screener.app import create_app
from screener.settings import Settings

assert pathlib.Path(screener.__file__).is_relative_to(pathlib.Path.cwd() / "installed")
assert rules.load().questionnaire.pages
app = create_app(Settings.load(None, pathlib.Path("data")))
browser = app.test_client()
for address in ("/", "/help", "/static/screener.css"):
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    answer.close()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=HOUSE, check=True, capture_output=True)
    return next(folder.glob("screener-*.whl"))


def test_the_wheel_holds_content_templates_and_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for wanted in (
        "rules/content/version.yaml",
        "rules/content/text/en/common.yaml",
        "screener/static/screener.css",
        "screener/templates/base.html",
    ):
        assert wanted in names
    assert [] != [name for name in names if name.endswith("/licenses/LICENSE")]


def test_the_wheel_leaves_tests_and_caches_at_home(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert [] == [name for name in names if "test" in name or "__pycache__" in name]
    assert {"rules", "screener"} == {
        name.split("/")[0] for name in names if ".dist-info/" not in name
    }


def test_an_installed_wheel_runs_far_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    code = f"import sys; sys.path.insert(0, 'installed'){RUNS_ELSEWHERE}"

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
