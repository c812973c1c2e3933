"""The tutorial's commands, run one after the other against a server of their own."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.nursery import nursery
from tests.serving import has_memory

ROOT = Path(__file__).parents[2]
COMMANDS = re.findall(
    r"^```sh\n(.*?)^```", (ROOT / "docs/tutorial.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)
READY_WITHIN = 90


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a second terminal beside a server with the demo."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    folder = {"SYMPOLITY_DATA": str(tmp_path / "data"), "SYMPOLITY_BASE_URL": address}
    served = {**os.environ, **folder, "HOST": "127.0.0.1", "PORT": str(port)}
    log = tmp_path / "log"
    server = nursery().start("serve", served, log)
    try:
        patience = time.monotonic() + READY_WITHIN
        while not ready(address):
            assert has_memory(server), log.read_text(encoding="utf-8")
            assert time.monotonic() < patience
            time.sleep(0.2)
        yield {**os.environ, **folder, "BASE": address, "TMPDIR": str(tmp_path)}
    finally:
        os.kill(server, signal.SIGINT)
        code = nursery().ended(server)
    assert code == 0, log.read_text(encoding="utf-8")


def ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=2):  # noqa: S310 - this machine, by http
            return True
    except (urllib.error.URLError, OSError):
        return False


@pytest.mark.slow
def test_every_command_of_the_tutorial_works(environment: dict[str, str], tmp_path: Path) -> None:
    script = "\n".join(COMMANDS).replace("/tmp/", f"{tmp_path}/")  # noqa: S108 - the tutorial's own words
    shell = ["bash", "-euo", "pipefail", "-c", script]
    done = subprocess.run(shell, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    said = done.stdout.splitlines()
    assert [line for line in said if line in {"admissible", "under_examination", "accepted"}] == [
        "admissible",
        "under_examination",
        "accepted",
    ]
    assert said[-1] == "refused, with exit code 1"
