import re
import string
from inspect import isclass
from pathlib import Path
from typing import Any

import pytest

from service.domain import errors
from service.domain.errors import REFUSALS, FieldError, IllegalMove, Invalid, Kind, Refusal

SOURCE = Path(__file__).parents[2] / "service"
NAMED = re.compile(r"%\((\w+)\)s")


def test_every_refusal_has_a_code_of_its_own() -> None:
    declared = [one for one in vars(errors).values() if isclass(one) and issubclass(one, Refusal)]
    assert list(REFUSALS.values()) == [one for one in declared if one is not Refusal]
    assert list(REFUSALS) == [refusal.code for refusal in REFUSALS.values()]


@pytest.mark.parametrize("code", REFUSALS)
def test_a_code_is_plain(code: str) -> None:
    assert set(code) <= set(string.ascii_lowercase + "_")


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_says_its_sentence_with_its_values(refusal: type[Refusal]) -> None:
    names = NAMED.findall(refusal.template)
    values: dict[str, Any] = {name: f"<{name}>" for name in names}
    if refusal is IllegalMove:
        values["possible"] = ["<possible>"]
    said = refusal(**values)
    assert all(f"<{name}>" in said.message for name in names)
    assert str(said) == said.message
    assert "%(" not in said.message
    assert said.message.endswith(".")
    assert said.kind in Kind


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_template_takes_named_values_alone(refusal: type[Refusal]) -> None:
    assert "%" not in NAMED.sub("", refusal.template)


@pytest.mark.parametrize("code", sorted(set(REFUSALS)))
def test_every_refusal_is_raised_somewhere(code: str) -> None:
    name = REFUSALS[code].__name__
    sources = [p for p in SOURCE.rglob("*.py") if p != SOURCE / "domain" / "errors.py"]
    raised = re.compile(rf"\b{name}\b\(?")
    assert any(raised.search(source.read_text(encoding="utf-8")) for source in sources)


def test_a_field_error_says_its_sentence_with_its_values() -> None:
    assert FieldError("text", "At most %(limit)s.", {"limit": 3}).message == "At most 3."


def test_an_invalid_field_is_named() -> None:
    refusal = Invalid.field("text", "At most %(limit)s.", limit=3)
    assert refusal.errors == (FieldError("text", "At most %(limit)s.", {"limit": 3}),)
