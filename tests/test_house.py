"""The house rules that no linter knows: sizes, addresses, markup, words."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
LONGEST_MODULE, LONGEST_TEST_MODULE, LONGEST_FUNCTION = 200, 300, 40
SAY_NOTHING = {"manager", "helper", "helpers", "util", "utils", "handler", "service", "processor"}

tracked = [
    HOUSE / name
    for name in subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    if name and (HOUSE / name).is_file()
]
modules = [path for path in tracked if path.suffix == ".py"]
shipped = [path for path in modules if path.is_relative_to(HOUSE / "screener")] + [
    path for path in modules if path.is_relative_to(HOUSE / "rules")
]
templates = [path for path in tracked if path.is_relative_to(HOUSE / "templates")]


def named(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def first(node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.stmt:
    """The first statement that does something: what is explained at length is not long."""
    return node.body[1] if ast.get_docstring(node) and node.body[1:] else node.body[0]


def words(name: str) -> set[str]:
    return set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))


def test_the_house_is_not_empty() -> None:
    assert shipped
    assert templates


def longest(path: Path) -> int:
    """A table of cases may be longer than a module that has to be understood as a whole."""
    return LONGEST_TEST_MODULE if path.is_relative_to(HOUSE / "tests") else LONGEST_MODULE


def test_no_module_is_longer_than_a_reader_holds_in_mind() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules}

    assert {} == {named(path): n for path, n in lengths.items() if n > longest(path)}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        f"{named(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - first(node).lineno + 1
        for path in modules
        for node in functions(path)
    }

    assert {} == {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}


@pytest.mark.parametrize("path", modules, ids=named)
def test_every_name_says_what_a_thing_is(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    names = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)] + [path.stem]

    assert [] == [name for name in names if words(name) & SAY_NOTHING]


def test_nothing_is_typed_for_the_checker_alone() -> None:
    mention = "TYPE_" + "CHECKING"

    assert [] == [named(path) for path in modules if mention in path.read_text("utf-8")]


def test_no_file_names_a_package_index() -> None:
    hosts = re.compile(
        rb"--(extra-)?index-url|--find-links|pypi\.org/simple|files\.pythonhosted|registry\.npmjs"
    )
    outside = [path for path in tracked if path != Path(__file__)]

    assert [] == [named(path) for path in outside if hosts.search(path.read_bytes())]


def test_every_pin_has_a_hash() -> None:
    for path in (HOUSE / "requirements").iterdir():
        pins = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^\s*#.*\n?", "", path.read_text("utf-8")))
        assert [] == [
            pin for pin in pins if not re.match(r"[a-z0-9.-]+==[\s\S]+--hash=sha256:", pin)
        ]


def test_no_markup_is_trusted_unread() -> None:
    trusting = re.compile(r"\|\s*safe\b|autoescape\s+false")

    assert [] == [named(path) for path in templates if trusting.search(path.read_text("utf-8"))]


def test_no_page_carries_script_or_style_of_its_own() -> None:
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)")
    stand_alone = ("summary/print.html", "sheet/sheet.html")  # files to keep, with nothing beside
    pages = [
        path for path in templates if path.suffix == ".html" and not str(path).endswith(stand_alone)
    ]

    assert [] == [named(path) for path in pages if inline.search(path.read_text("utf-8"))]


def test_the_code_holds_no_clinical_word() -> None:
    """All clinical content is in rules/content, where a clinician signs it."""
    clinical = re.compile(r"(?i)\b(aneurysm|esketamine|psychosis|mania|naltrexone|stroke)\b")
    code = [path for path in shipped if path.suffix == ".py"]

    assert [] == [named(path) for path in code if clinical.search(code_alone(path))]


def code_alone(path: Path) -> str:
    """Return a module without its comments and docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            node.body[0] = ast.Pass(lineno=1, col_offset=0)
    return ast.unparse(tree)


def test_the_index_names_every_decision_by_its_title() -> None:
    index = (HOUSE / "docs" / "README.md").read_text("utf-8")
    pages = sorted((HOUSE / "docs" / "decisions").glob("*.md"))
    titles = {page: page.read_text("utf-8").splitlines()[0].removeprefix("# ") for page in pages}

    assert pages
    assert [] == [page.name for page in pages if not titles[page].startswith(page.name[:4])]
    assert [] == [
        page.name
        for page in pages
        if f"[{titles[page][:4]}](decisions/{page.name}) {titles[page][5:]}" not in index
    ]


def test_every_link_in_a_document_leads_somewhere() -> None:
    pages = [path for path in tracked if path.suffix == ".md"]
    links = [
        (path, link.partition("#")[0])
        for path in pages
        for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)\s]+)\)", path.read_text("utf-8"))
    ]

    assert links
    assert [] == [f"{named(path)}: {to}" for path, to in links if not (path.parent / to).exists()]
