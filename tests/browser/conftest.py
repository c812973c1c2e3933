"""The browser that the tests drive."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.serving import Demonstration, Server

PLAYWRIGHT_SWITCHES_OFF = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
"""What Playwright asks a browser to leave, said again because the last list that is given is the one that counts."""

HELD_READY = ("SpareRendererForSitePerProcess", "WebUIOmniboxAimPopup", "WebUIOmniboxPopup")
"""What a browser prepares unseen behind each window: together as much work as the page that is looked at."""

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    f"--disable-features={','.join((*PLAYWRIGHT_SWITCHES_OFF, *HELD_READY))}",
    # A page is looked at for a second or two: to translate its script to the last costs more than it gains.
    "--js-flags=--no-opt",
)


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """The browser of one test file: its event loop must not stay around for tests that have their own."""
    with sync_playwright() as playwright:
        driven = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield driven
        driven.close()


@pytest.fixture
def own_server(sqlite_demonstration: Demonstration, tmp_path: Path) -> Iterator[Server]:
    """A server with the demonstration that belongs to this test alone."""
    with sqlite_demonstration.served(tmp_path) as server:
        yield server


@pytest.fixture(scope="module")
def shared_server(
    sqlite_demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server with the demonstration, for tests that only read."""
    with sqlite_demonstration.served(tmp_path_factory.mktemp("shared")) as server:
        yield server
