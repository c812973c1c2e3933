"""Take the pictures of the documentation again: the pages that people work with, and pages of the published paper.

Usage: .venv/bin/python scripts/pictures.py [DATA]

Serves a copy of the data directory DATA, or a demo loaded for the occasion, on a port of its own; needs Chromium,
and pdftoppm for the paper: without it, its picture stays as it is. The demo's deadlines are counted from the day
it was loaded, and so are the dates in the pictures.
"""

import base64
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import servers
from tests.machine import find_chromium

TARGET = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTH, HEIGHT = 1280, 960
RECOMMENDATION = 3
"""The number of the recommendation that is shown: its text and its margin both begin in the first view."""
ADDED = "Cities are asked first."
"""What is written on the page where an amendment is proposed."""
PAPER_PAGES = (1, 6, 15)
PAPER_DPI = 72
PAPER_HEIGHT = 620
COLOURS = 128
"""So many are enough for words on paper, and make a picture a third as heavy."""
SPREAD = """<!doctype html><style>
body {{ margin: 0; padding: 36px; width: max-content; display: flex; gap: 24px; background: #e9e6df }}
img {{ display: block; box-shadow: 0 2px 10px rgb(0 0 0 / 25%) }}
</style>{pages}"""


def pages(server: servers.Server) -> dict[str, tuple[str, str]]:
    """Return who looks at which page, by the name of its picture; all of the agenda that is open to amendments."""
    (agenda,) = [a for a in server.ask("/api/v1/agendas")["items"] if a["phase"] == "amending"]
    listed = server.ask(f"/api/v1/agendas/{agenda['id']}/recommendations")["items"]
    (shown,) = [one for one in listed if one["number"] == RECOMMENDATION]
    at, one = f"/agendas/{agenda['id']}", f"/recommendations/{shown['id']}"
    return {
        "recommendation": ("", one),
        "agenda": ("", at),
        "amend": ("city1", f"{one}/amend"),
        "review": ("intpa", f"{at}/review"),
        "desk": ("facility", f"{at}/desk"),
    }


def looked_at(browser: Browser, server: servers.Server, name: str) -> bytes:
    """Return the picture of the top of a page, as the one who works there sees it, with its first margin open."""
    who, path = pages(server)[name]
    page = browser.new_page(
        viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", locale="en-GB",
        base_url=f"http://127.0.0.1:{server.port}",
    )  # fmt: skip
    if who:
        page.goto("/sign-in")
        page.get_by_label("Name, city or e-mail").fill(f"{who}@example.org")
        page.get_by_role("button", name="Search", exact=True).click()
        with page.expect_navigation():
            page.locator("button[name=person_id]").click()
        with page.expect_navigation():
            page.get_by_role("button", name="English", exact=True).click()
    page.goto(path)
    if name == "recommendation":
        page.locator("main details").first.evaluate("margin => { margin.open = true }")
    if name == "amend":
        block = page.get_by_label("Block 2", exact=True)
        block.fill(f"{block.input_value()} {ADDED}")
        page.locator("#difference ins").wait_for()
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
    light = BytesIO()
    with Image.open(BytesIO(picture)) as full:
        drawn = full.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        drawn.save(light, "PNG", optimize=True)
    return light.getvalue()


def load_demo(data: Path) -> None:
    """Load the demo at its usual address, because the paper prints it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SYMPOLITY_")}
    command = [str(servers.BIN / "sympolity"), "demo"]
    subprocess.run(command, env=environment | {"SYMPOLITY_DATA": str(data)}, check=True)


def main(arguments: list[str]) -> int:
    """Take the pictures; 0 when they stand in `docs/images`, 1 when something to take them with is missing."""
    chromium = find_chromium()
    if chromium is None:
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
            pictures = {name: looked_at(browser, server, name) for name in pages(server)}
            if shutil.which("pdftoppm") is not None:
                pictures["edition"] = paper(browser, server, Path(folder))
            browser.close()
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        (TARGET / f"{name}.png").write_bytes(picture)
        print(f"docs/images/{name}.png: {len(picture) / 1024:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
