"""What answers are made of is known before two threads could ask for it at once, which ends the process."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKED_AFTERWARDS = """
import msgspec, msgspec._utils
from service import app
from service.api.settled import SETTLED

def forbidden(*_):
    raise AssertionError("the library finds out only now what this is made of")

msgspec._utils._get_class_mro_and_typevar_mappings = forbidden
late = []
for kind in SETTLED:
    try:
        msgspec.convert(object(), kind, from_attributes=True)
    except AssertionError:
        late.append(kind)
    except msgspec.ValidationError:
        pass
class Unsettled(msgspec.Struct):
    word: str
try:
    msgspec.convert(object(), Unsettled, from_attributes=True)
except AssertionError:
    print(len(SETTLED) > 30, late)
"""
MANY_AT_ONCE = """
import sys, threading, types
from typing import Optional
import msgspec
from service.api.settled import settled

sys.setswitchinterval(1e-6)
view = types.SimpleNamespace(**{f"f{n}": None for n in range(40)})
for n in range(20):
    inner = msgspec.defstruct(f"Inner{n}", [(f"f{k}", Optional[str], None) for k in range(30)])
    kind = settled(msgspec.defstruct(f"Outer{n}", [(f"f{k}", Optional[inner], None) for k in range(40)]))
    begin = threading.Barrier(4)
    def convert():
        begin.wait()
        msgspec.convert(view, kind, from_attributes=True)
    threads = [threading.Thread(target=convert) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
print("there")
"""


def said(code: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()


def test_all_that_answers_are_made_of_is_known_when_the_service_is_loaded() -> None:
    assert said(ASKED_AFTERWARDS) == (0, "True []")


def test_many_who_ask_for_the_same_at_once_do_not_end_the_process() -> None:
    assert said(MANY_AT_ONCE) == (0, "there")


def test_nothing_is_converted_to_that_was_not_settled() -> None:
    converted = {
        (file.name, kind)
        for file in (ROOT / "service").rglob("*.py")
        for kind in re.findall(r"msgspec\.convert\([^,]+, ([^,]+),", file.read_text(encoding="utf-8"))
    }
    assert converted == {
        # Requests are read by one thread alone.
        ("shapes.py", "kind"),
        ("agendas.py", "_Rule"),
        ("schemas.py", "known"),
        ("schemas_text.py", "_OPERATIONS[type(made)]"),
        ("schemas_text.py", "Block"),
        ("schemas_text.py", "Span"),
    }
