"""What a paper costs to render and to publish, how much memory that takes, and how long WeasyPrint takes for the same.

Usage: python -m bench papers [turns]

Times are those of a clock, each a process of its own as in the service, the best of some turns.

WeasyPrint renders in turns with us, and is asked for the same: the same words in the same typefaces, with the same
tags, links, figures and attached files, with running heads and page numbers, words divided by their language, as a
tagged PDF/A-3a. Ours makes these files as well, and is PDF/UA-1 at once, which WeasyPrint cannot be asked for together.
What decides is the processor's time: both use one, and a clock tells how busy the machine is, too. WeasyPrint is no
dependency of this project. To compare with it, install it beside:
`python3 -m venv .venv/bench && .venv/bench/bin/pip install weasyprint`; without it the bench says so, and is not good.
"""

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

import pikepdf

from bench import html
from service.adapters.paper import ChildRenderer
from service.adapters.pdf import attached, recipe
from service.adapters.pdf.apart import render_apart
from service.adapters.pdf.data import Data
from service.adapters.pdf.recipe import Recipe
from service.adapters.pdf.voice import voice_of
from service.adapters.sealing import make_sealer
from service.domain.publication import Snapshot, approval_from_json, from_json, to_json
from service.domain.verification import Verdict
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition

ROOT = Path(__file__).resolve().parent.parent
OTHER = ROOT / ".venv" / "bench" / "bin" / "python"
ASKS, MANY_ASKS = 12, 23
LEAST_PAGES = 100
RENDERED, PUBLISHED, MANY_RENDERED = 2.0, 6.0, 6.0
"""Seconds that 12 recommendations may take to be rendered and to be published, and 100 pages to be rendered."""
MEBIBYTES = 300.0
"""Memory that the process which renders 100 pages may take at its height."""
TIMES_FASTER = 5.0
BELOW = "  beyond the limit"
MEASURED = """
import resource, sys
from bench.papers import rendered
open(sys.argv[2], "wb").write(rendered(open(sys.argv[1]).read()))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""
WEASYPRINT = """
import sys, weasyprint
page, out, *files = sys.argv[1:]
attachments = [
    weasyprint.Attachment(filename=path, description=about, relationship=relationship)
    for path, about, relationship in zip(files[::3], files[1::3], files[2::3])
]
weasyprint.HTML(filename=page).write_pdf(out, pdf_variant="pdf/a-3a", attachments=attachments)
"""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds that a child process took, by the clock and of processor time."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, and the most that it may be; `unit` is s or MiB."""

    name: str
    found: float
    limit: float
    unit: str

    @property
    def good(self) -> bool:
        """Tell whether the limit is kept."""
        return self.found <= self.limit

    def __str__(self) -> str:
        """Return the row of the table."""
        places = 2 if self.unit == "s" else 0
        figures = f"{self.found:12.{places}f} {self.unit:4}{self.limit:8g} {self.unit}"
        return f"{self.name:58}{figures}{'' if self.good else BELOW}"


def main(turns: int = 3) -> int:
    """Print the table; return 0 when every limit is kept and WeasyPrint was there, 1 when not."""
    few, many = (
        an_edition(asks=asks, organisations=114, amendments=7, lessons=10) for asks in (ASKS, MANY_ASKS)
    )
    print(f"\nPapers: seconds by the clock, a process of its own each, best of {turns} turns\n")
    print(f"{'at most':58}{'ours':>14}{'limit':>12}")
    pages = pages_of(render(many))
    rows = [
        Row(
            f"{ASKS} recommendations rendered ({pages_of(render(few))} pages)",
            best(lambda: render(few), turns),
            RENDERED,
            "s",
        ),
        Row(f"{ASKS} recommendations published, through the check", published(few, turns), PUBLISHED, "s"),
        Row(f"{pages} pages rendered", best(lambda: render(many), turns), MANY_RENDERED, "s"),
        Row(f"{pages} pages: memory at its height", memory(many), MEBIBYTES, "MiB"),
    ]
    for row in rows:
        print(row)
    return 0 if all([*(row.good for row in rows), pages >= LEAST_PAGES, compared(many, turns)]) else 1


def render(snapshot: Snapshot) -> bytes:
    """Return the paper as the service renders it."""
    return render_apart(snapshot, an_approval(), verify_url=VERIFY_URL)


def rendered(given: str) -> bytes:
    """Return the paper of a snapshot and an approval as JSON."""
    snapshot, approval = json.loads(given)
    return render_apart(from_json(snapshot), approval_from_json(approval), verify_url=VERIFY_URL)


def pages_of(paper: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        return len(pdf.pages)


def best(run: Callable[[], object], turns: int) -> float:
    """Return the fewest seconds that a function took."""
    return min(timed(run) for _ in range(turns))


def took(run: Callable[[], object]) -> Took:
    """Return what the child processes of a function took."""
    before = getrusage(RUSAGE_CHILDREN)
    clock = timed(run)
    after = getrusage(RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(clock, spent)


def timed(run: Callable[[], object]) -> float:
    """Return the seconds that a function took."""
    before = perf_counter()
    run()
    return perf_counter() - before


def published(snapshot: Snapshot, turns: int) -> float:
    """Return the fewest seconds from the approved data to a sealed, stamped and checked file."""
    with tempfile.TemporaryDirectory(prefix="sympolity-bench-") as folder:
        sealer, renderer = make_sealer(Path(folder)), ChildRenderer("https://sympolity.example.org")
        sealer.describe()

        def publish() -> None:
            file = sealer.timestamp(sealer.sign(renderer.render(snapshot, an_approval())))
            verification = sealer.verify(file, patiently=True)
            if verification.verdict is not Verdict.VALID:
                raise RuntimeError(f"The sealed paper does not pass its check: {verification.verdict}.")

        return best(publish, turns)


def memory(snapshot: Snapshot) -> float:
    """Return the mebibytes that the process which renders takes at its height."""
    with tempfile.TemporaryDirectory(prefix="sympolity-bench-") as folder:
        given, out = Path(folder, "given.json"), Path(folder, "paper.pdf")
        given.write_text(json.dumps([to_json(snapshot), to_json(an_approval())]), "utf-8")
        command = [sys.executable, "-c", MEASURED, str(given), str(out)]
        return float(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)


def compared(snapshot: Snapshot, turns: int) -> bool:
    """Print how many times as long WeasyPrint takes for the same content; tell whether that is enough."""
    if not OTHER.exists():
        print("\nNOT COMPARED WITH WEASYPRINT: it is not installed. Make it so, and run this again:")
        print("  python3 -m venv .venv/bench && .venv/bench/bin/pip install weasyprint")
        return False
    with tempfile.TemporaryDirectory(prefix="sympolity-bench-") as folder:
        command = [str(OTHER), "-c", WEASYPRINT, *asked_of_other(snapshot, Path(folder))]

        def other() -> None:
            subprocess.run(command, check=True, capture_output=True)

        pairs = [(took(other), took(lambda: render(snapshot))) for _ in range(turns)]
        pages = pages_of(Path(folder, "paper.pdf").read_bytes())
    print(
        f"\n{'the same content, tagged, with its files':42}{'WeasyPrint':>12}{'ours':>10}{'ratio':>8}{'goal':>7}"
    )
    theirs, ours = (min(pair[side].clock for pair in pairs) for side in (0, 1))
    print(f"{'by the clock':42}{theirs:10.2f} s{ours:8.2f} s{theirs / ours:8.1f}")
    theirs, ours = (min(pair[side].processor for pair in pairs) for side in (0, 1))
    good = theirs >= TIMES_FASTER * ours
    name = f"processor: {pages} pages, {pages_of(render(snapshot))} here"
    print(
        f"{name:42}{theirs:10.2f} s{ours:8.2f} s{theirs / ours:8.1f}{TIMES_FASTER:7g}{'' if good else BELOW}"
    )
    return good


def asked_of_other(snapshot: Snapshot, folder: Path) -> list[str]:
    """Write what WeasyPrint is given into a folder; return the page, the file to make, and each attachment."""
    source, out = folder / "paper.html", folder / "paper.pdf"
    source.write_text(html.page(snapshot, an_approval(), VERIFY_URL, folder), "utf-8")
    listed = [str(source), str(out)]
    made_with = Recipe(an_approval(), VERIFY_URL, recipe.versions())
    for one in attached.files(snapshot, Data.of(snapshot), made_with, voice_of(snapshot.language)):
        (folder / one.name).write_bytes(one.content)
        listed += [str(folder / one.name), one.description, one.relationship]
    return listed
