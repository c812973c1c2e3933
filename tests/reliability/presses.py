"""A worker that prints, seals and checks in its own process, and is killed for good at a point of its work.

Where it has the real printer and the real seal, only their processes apart are left out; with those of the tests a kill
costs next to nothing.
"""

import os
import signal
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from service.adapters.pdf.courtesy import render_courtesy
from service.adapters.pdf.render import render, render_draft
from service.adapters.sealing import ApartSealer, make_sealer
from service.adapters.verifying import verify
from service.domain.publication import Approval, Snapshot
from service.domain.renditions import Rendition
from service.domain.verification import Verification
from service.workflows import jobs
from tests.houses import House

ADDRESS = "https://agenda.example"


@dataclass(frozen=True)
class Printer:
    """Prints in this process."""

    def render(self, snapshot: Snapshot, approval: Approval) -> bytes:
        """Return the paper."""
        return render(snapshot, approval, verify_url=f"{ADDRESS}/verify")

    def draft(self, snapshot: Snapshot) -> bytes:
        """Return a draft of it."""
        return render_draft(snapshot)

    @property
    def maker(self) -> str:
        """Name it."""
        return "in this process"

    def courtesy(self, tree: Rendition, identifier: str, made_at: datetime) -> bytes:
        """Return a translation of it."""
        return render_courtesy(tree, identifier=identifier, made_at=made_at)


class Sealer(ApartSealer):
    """Checks in this process, too."""

    def verify(
        self,
        pdf: bytes,
        *,
        patiently: bool = False,  # noqa: ARG002 - as every sealer
        record_keys: tuple[bytes, ...] = (),
        sealed_with: Callable[[], Collection[str]] = frozenset,  # noqa: ARG002 - as above
    ) -> Verification:
        """Return what can be said of a PDF."""
        return verify(pdf, self._roots, demo_roots=self._demo_roots, record_keys=record_keys)


def killed_at(point: str) -> Callable[[str], None]:
    """Return what is told each point that is reached; at `point` the process is killed as the system kills one."""

    def reached(now: str) -> None:
        if now == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


def work(url: str, data: str, point: str) -> int:
    """Do what there is to do, until the end or until `point` is reached; with a folder for keys, the keys are real."""
    house = House.at(url)
    # Later than whatever waits for somebody to do it.
    house.clock.moment = datetime.now(UTC)
    ctx = house.operator
    if data:
        made = make_sealer(Path(data))
        ctx.renderer, ctx.sealer = (
            Printer(),
            Sealer(made._roots, made._demo_roots, made._reached, made._described, open_keys=made._open_keys),
        )
    while jobs.work_once(ctx, killed_at(point)):
        pass
    return 0
