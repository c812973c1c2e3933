"""Take the pictures of the documentation again: a recommendation's page, and pages of the published paper.

Usage: .venv/bin/python scripts/pictures.py [DATA]

Serves a copy of the data directory DATA, or a demo loaded for the occasion, on a port of its own; needs Chromium
and pdftoppm. The demo's deadlines are counted from the day it was loaded, and so are the dates in the pictures.
"""

import base64
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import servers
from tests.machine import find_chromium

TARGET = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTH, HEIGHT = 1280, 960
RECOMMENDATION = 3
"""The number of the recommendation that is shown: its text and its margin both begin in the first view."""
PAPER_PAGES = (1, 6, 15)
PAPER_DPI = 72
PAPER_HEIGHT = 620
SPREAD = """<!doctype html><style>
body {{ margin: 0; padding: 36px; width: max-content; display: flex; gap: 24px; background: #e9e6df }}
img {{ display: block; box-shadow: 0 2px 10px rgb(0 0 0 / 25%) }}
</style>{pages}"""


def recommendation(browser: Browser, server: servers.Server) -> bytes:
    """Return the picture of the top of a recommendation's page, in its amending phase, its first margin open."""
    (agenda,) = [a for a in server.ask("/api/v1/agendas")["items"] if a["phase"] == "amending"]
    listed = server.ask(f"/api/v1/agendas/{agenda['id']}/recommendations")["items"]
    (shown,) = [one for one in listed if one["number"] == RECOMMENDATION]
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
    page.goto(f"http://127.0.0.1:{server.port}/recommendations/{shown['id']}", wait_until="networkidle")
    page.locator("main details").first.evaluate("margin => { margin.open = true }")
    return taken(page)


def paper(browser: Browser, server: servers.Server, folder: Path) -> bytes:
    """Return the picture of some pages of the published agenda, side by side."""
    agendas = server.ask("/api/v1/agendas")["items"]
    editions = [server.ask(f"/api/v1/agendas/{agenda['id']}/editions")["items"] for agenda in agendas]
    edition = next(one for listed in editions for one in listed if one["state"] == "released")
    file = folder / "paper.pdf"
    address = f"http://127.0.0.1:{server.port}/api/v1/editions/{edition['id']}/pdf"
    with urllib.request.urlopen(address, timeout=60) as answer:
        file.write_bytes(answer.read())
    shown = "".join(f'<img src="data:image/png;base64,{printed(file, number)}">' for number in PAPER_PAGES)
    page = browser.new_page(viewport={"width": WIDTH, "height": PAPER_HEIGHT})
    page.set_content(SPREAD.format(pages=shown))
    return taken(page, whole=True)


def printed(file: Path, number: int) -> str:
    """Return one page of a PDF as a picture in base64."""
    pages = ("-f", str(number), "-l", str(number), "-r", str(PAPER_DPI), "-png")
    done = subprocess.run(["pdftoppm", *pages, file], stdout=subprocess.PIPE, check=True)  # noqa: S607 - on the PATH
    return base64.b64encode(done.stdout).decode()


def taken(page: Page, *, whole: bool = False) -> bytes:
    """Return the picture of a page: of what a window shows, or of the whole page's own size."""
    picture = (page.locator("body") if whole else page).screenshot(type="png", animations="disabled")
    page.close()
    return picture


def load_demo(data: Path) -> None:
    """Load the demo at its usual address, because the paper prints it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SYMPOLITY_")}
    command = [str(servers.BIN / "sympolity"), "demo"]
    subprocess.run(command, env=environment | {"SYMPOLITY_DATA": str(data)}, check=True)


def main(arguments: list[str]) -> int:
    """Take both pictures; 0 when they stand in `docs/images`, 1 when something to take them with is missing."""
    chromium = find_chromium()
    if chromium is None or shutil.which("pdftoppm") is None:
        print("The pictures are taken with Chromium and pdftoppm: `apt-get install chromium poppler-utils`.")
        return 1
    with tempfile.TemporaryDirectory(prefix="sympolity-pictures-") as folder:
        data = Path(folder, "data")
        if arguments:
            shutil.copytree(arguments[0], data)
        else:
            load_demo(data)
        with servers.sympolity(data) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            pictures = {
                "recommendation.png": recommendation(browser, server),
                "edition.png": paper(browser, server, Path(folder)),
            }
            browser.close()
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        (TARGET / name).write_bytes(picture)
        print(f"docs/images/{name}: {len(picture) / 1024:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
