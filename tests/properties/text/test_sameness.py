"""The same bytes in every process: whatever the seed of its hashes, and however slow the machine."""

import ast
import re
import subprocess
import sys

import pytest

from tests.house.source import files_below, parsed, read

CORE = files_below("service/domain/text", ".py")
UNSTEADY = re.compile(
    r"^(time|datetime|timeit|signal|sched|threading|asyncio|multiprocessing|concurrent|random|secrets|uuid|os)\b"
)
"""Modules by which an answer could depend on the clock, on chance, or on what else the machine does."""
LIMIT_OF_TIME = re.compile(r"time_?out(?! = 0\b)|time_?limit|deadline|perf_counter|monotonic", re.IGNORECASE)

PROGRAM = """
import hashlib
from bench import corpus, truth
from service.domain.text import *
from service.domain.text import canonical_json as told

def say(name, value):
    print(name, hashlib.sha256(value.encode()).hexdigest())

base = corpus.draft(2_000)
for name, made in corpus.hostile(2_000).items():
    one, other = made()
    operations = diff(one, other)
    say(name, told(operations_to_json(operations)))
    say("shown", repr(redline(one, other)))
    assert operations_from_json(operations_to_json(operations)) == operations
hands = {name: diff(base, text) for name, text in corpus.amendments(base, 60).items()}
met = collisions(base, hands)
say("collisions", repr(met))
busy = {owner for c in met if c.kind.blocks_merge for owner in (c.first, c.second)}
merged = merge(base, {name: hands[name] for name in hands if name not in busy})
say("merge", digest(merged.blocks) + told(provenance_to_json(merged.provenance)) + repr(merged.collisions))
for case in truth.cases(30):
    say(case.kind, repr(truth.carried(case, stripped=True)) + repr(truth.carried(case, stripped=False)))
"""


def test_every_process_says_the_same_whatever_the_seed_of_its_hashes() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "4242")
    ]
    assert len(set(runs)) == 1
    assert len(runs[0].splitlines()) == 52


def test_the_text_core_reads_no_clock_and_leaves_nothing_to_chance() -> None:
    assert {str(file): found for file in CORE if (found := unsteady_imports(parsed(file)))} == {}


def test_the_text_core_sets_no_limit_of_time() -> None:
    assert {str(file): found for file in CORE if (found := LIMIT_OF_TIME.findall(read(file)))} == {}


def unsteady_imports(tree: ast.Module) -> list[str]:
    """Return the imported modules by which an answer could differ from one run to the next."""
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [name for name in names if UNSTEADY.match(name)]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import time", ["time"]),
        ("import os.path as path", ["os.path"]),
        ("from datetime import UTC", ["datetime"]),
        ("def later():\n    import random", ["random"]),
        ("from service.domain.text import tokens, marks", []),
    ],
)
def test_an_unsteady_import_is_found_wherever_it_stands(code: str, found: list[str]) -> None:
    assert unsteady_imports(ast.parse(code)) == found
