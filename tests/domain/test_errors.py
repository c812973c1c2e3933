import re
import string
from inspect import isclass
from pathlib import Path
from typing import Any

from service.domain import errors
from service.domain.errors import REFUSALS, FieldError, IllegalMove, Invalid, Kind, Refusal

SOURCE = Path(__file__).parents[2] / "service"
NAMED = re.compile(r"%\((\w+)\)s")
NAME = re.compile(r"\b[A-Z]\w+")


def test_every_refusal_has_a_code_of_its_own() -> None:
    declared = [one for one in vars(errors).values() if isclass(one) and issubclass(one, Refusal)]
    # The modules that declare them may be read in any order.
    assert set(REFUSALS.values()) == {one for one in declared if one is not Refusal}
    assert list(REFUSALS) == [refusal.code for refusal in REFUSALS.values()]


def test_every_code_is_plain() -> None:
    assert [code for code in REFUSALS if not set(code) <= set(string.ascii_lowercase + "_")] == []


def test_every_refusal_says_its_sentence_with_its_values() -> None:
    for refusal in REFUSALS.values():
        values: dict[str, Any] = {name: f"<{name}>" for name in NAMED.findall(refusal.template)}
        sentence = NAMED.sub(r"<\1>", refusal.template)
        if refusal is IllegalMove:
            values["possible"] = ["<possible>"]
        said = refusal(**values)
        assert (said.message, str(said)) == (sentence, sentence)
        assert (sentence[-1], "%(" in sentence, said.kind in Kind) == (".", False, True), sentence


def test_every_template_takes_named_values_alone() -> None:
    assert [code for code, one in REFUSALS.items() if "%" in NAMED.sub("", one.template)] == []


def test_every_refusal_is_raised_somewhere() -> None:
    sources = [p for p in SOURCE.rglob("*.py") if p != SOURCE / "domain" / "errors.py"]
    words = {word for source in sources for word in NAME.findall(source.read_text(encoding="utf-8"))}
    assert [code for code, one in REFUSALS.items() if one.__name__ not in words] == []


def test_a_field_error_says_its_sentence_with_its_values() -> None:
    assert FieldError("text", "At most %(limit)s.", {"limit": 3}).message == "At most 3."


def test_an_invalid_field_is_named() -> None:
    refusal = Invalid.field("text", "At most %(limit)s.", limit=3)
    assert refusal.errors == (FieldError("text", "At most %(limit)s.", {"limit": 3}),)
