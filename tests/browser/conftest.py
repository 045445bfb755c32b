"""One server, one browser; a fresh context for each test. No browser is a failure, never a skip."""

import functools
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

import rules
from screener.store.engine.sqlite import newest_sqlite
from screener.store.opening import DATABASE
from tests.browser.patient import Patient
from tests.browser.running import ELSEWHERE, Neutral, neutral_site, served
from tests.browser.watching import Watch
from tests.machine import CHROMIUM_FLAGS, find_chromium, find_headless

PHONE, DESK = 375, 1280
LONG = 60_000  # milliseconds: what takes as long as that on any machine hangs
expect.set_options(timeout=LONG)
NewContext = Callable[..., BrowserContext]
Open = Callable[..., Patient]
# The content is frozen, so one reading of it does for all tests.
content_once = functools.cache(rules.load)
find_once = functools.cache(find_chromium)
find_headless_once = functools.cache(find_headless)


@pytest.fixture(scope="session")
def content() -> rules.Content:
    return content_once()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The running product: its address, and its database."""
    folder = tmp_path_factory.mktemp("served")
    with served(folder) as address:
        yield address, folder / "data" / DATABASE


@pytest.fixture
def server(running: tuple[str, Path]) -> str:
    """The address of the running product, which has forgotten how many came before.

    All come from one address: forty in ten minutes are let in, and a quick machine has as many.
    """
    address, database = running
    with closing(newest_sqlite().connect(database, isolation_level=None)) as connection:
        connection.execute("DELETE FROM throttle")
    return address


@pytest.fixture(scope="session")
def neutral(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neutral]:
    """The site that "Leave this site" leads to."""
    with neutral_site(tmp_path_factory.mktemp("neutral")) as site:
        yield site


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@contextmanager
def launched(playwright: Playwright, neutral: Neutral, *, keep: bool) -> Iterator[Browser]:
    """Start a real browser that knows two hosts in the world: ours and the neutral one.

    keep: pages stay in memory for Back, as people have it. Playwright is used to the contrary, and
    a browser without windows cannot.
    """
    path = (not keep and find_headless_once()) or find_once()
    if not path:
        pytest.fail("no Chromium starts here: install one, or set SCREENER_CHROMIUM to its path")
    # Passkeys are for names, so this machine is known by its name too.
    ours = "EXCLUDE 127.0.0.1, EXCLUDE localhost"
    hosts = f"MAP {ELSEWHERE}:443 127.0.0.1:{neutral.port}, MAP * ~NOTFOUND, {ours}"
    browser = playwright.chromium.launch(
        executable_path=path,
        timeout=LONG,
        args=[*CHROMIUM_FLAGS, f"--host-resolver-rules={hosts}"],
        ignore_default_args=["--disable-back-forward-cache"] if keep else None,
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, neutral: Neutral) -> Iterator[Browser]:
    with launched(playwright, neutral, keep=False) as browser:
        yield browser


@contextmanager
def browsing(chromium: Browser) -> Iterator[NewContext]:
    """Open contexts, each like a browser of its own; all are watched, and closed at the end."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def new(width: int = PHONE, *, scripts: bool = True) -> BrowserContext:
        made = chromium.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            ignore_https_errors=True,  # the neutral site signs for itself
        )
        made.set_default_timeout(LONG)
        opened.append((made, Watch(made)))
        return made

    yield new
    for made, watch in opened:
        made.close()
        watch.nothing_was_wrong()


@pytest.fixture
def context(chromium: Browser) -> Iterator[NewContext]:
    with browsing(chromium) as new:
        yield new


@pytest.fixture
def open_form(context: NewContext, server: str, content: rules.Content) -> Open:
    """Bring somebody to the start page, in a browser of their own."""

    def opened(width: int = PHONE, *, scripts: bool = True) -> Patient:
        return Patient(context(width, scripts=scripts).new_page(), content, server).go("/")

    return opened
