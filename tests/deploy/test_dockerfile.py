"""The image's recipe: what cannot be built here is read, and its first stage is replayed in a folder."""

import os
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests import bytecode
from tests.deploy.dockerfile import Step, parse

ROOT = Path(__file__).parents[2]
STEPS = parse((ROOT / "Dockerfile").read_text(encoding="utf-8"))
FINAL = max(step.stage for step in STEPS)


def steps(instruction: str, stage: int | None = None) -> list[Step]:
    return [s for s in STEPS if s.instruction == instruction and stage in (None, s.stage)]


def sources(step: Step) -> list[str]:
    return [word for word in step.words[:-1] if not word.startswith("--")]


def goes_to_the_builder(name: str) -> bool:
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    return f"!{name}" in rules and not any(fnmatch(name, rule) for rule in rules if rule not in ("*", "#"))


def test_every_stage_starts_from_the_same_exact_python() -> None:
    images = {step.words[0] for step in steps("FROM")}
    assert len(images) == 1
    name, _, tag = images.pop().partition(":")
    assert name == "python"
    assert tag.count(".") == 2


def test_everything_copied_exists_and_reaches_the_builder() -> None:
    copied = [name for step in steps("COPY") if "--from=build" not in step.words for name in sources(step)]
    assert [name for name in copied if not (ROOT / name).exists() or not goes_to_the_builder(name)] == []


def test_nothing_is_installed_but_the_hashed_lock() -> None:
    installs = [step.words for step in steps("RUN") if "install" in step.words and "pip" in step.rest]
    hashed = [words[-1] for words in installs if "--require-hashes" in words]
    assert hashed == ["requirements-bootstrap.txt", "requirements.txt"]
    others = [words for words in installs if "--require-hashes" not in words]
    assert [set(words) >= {"--offline", "--no-deps", "--editable"} for words in others] == [True]
    assert "apt" not in " ".join(step.rest for step in steps("RUN"))


def test_final_stage_installs_nothing_and_runs_without_privileges() -> None:
    assert not any("pip" in step.rest or "uv" in step.words for step in steps("RUN", FINAL))
    assert [step.rest for step in steps("USER", FINAL)] == ["sympolity"]
    order = [step.instruction for step in STEPS if step.stage == FINAL]
    assert order.index("USER") < order.index("ENTRYPOINT")
    assert "RUN" not in order[order.index("USER") :]


def test_image_asks_its_own_health() -> None:
    (check,) = steps("HEALTHCHECK", FINAL)
    options, _, command = check.rest.partition("CMD ")
    assert "--interval=" in options
    assert "/healthz" in command


@pytest.mark.slow
def test_first_stage_builds_a_working_command(tmp_path: Path) -> None:
    """Replays COPY and RUN with /app and /opt as folders; the source then moves to where the image has it."""
    app, opt = tmp_path / "app", tmp_path / "opt"
    # What is compiled here is of no use to anyone later.
    clean = {name: value for name, value in os.environ.items() if name != bytecode.KEPT_IN}
    app.mkdir()
    opt.mkdir()
    for step in (step for step in STEPS if step.stage == 0):
        if step.instruction == "COPY":
            for name in sources(step):
                copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
                copy(ROOT / name, app / name)
        elif step.instruction == "RUN":
            # The cache of this machine stands in for an image that would fetch everything anew.
            command = step.rest.replace("/opt/", f"{opt}/").replace("--no-cache ", "")
            done = subprocess.run(
                ["/bin/sh", "-euc", command], cwd=app, env=clean, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    tools = {"pip", "uv", "ruff", "pytest"} & {file.name for file in (app / ".venv" / "bin").iterdir()}
    assert tools == set()
    command_line = [str(app / ".venv" / "bin" / "sympolity"), "--help"]
    said = subprocess.run(command_line, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "serve" in said.stdout
