import re

import pytest

from service.domain.verification import Finding, Sentence, Verdict, Verification


@pytest.mark.parametrize(("verdict", "code"), [("valid", 0), ("broken", 1), ("unsigned", 2), ("unknown", 3)])
def test_each_verdict_has_its_exit_code(verdict: str, code: int) -> None:
    assert Verification(Verdict(verdict)).exit_code == code


def test_each_finding_is_a_sentence_that_its_values_complete() -> None:
    for finding in Finding:
        values = {name: f"<{name}>" for name in re.findall(r"%\((\w+)\)s", finding)}
        text = Sentence(finding, values).text
        assert text == re.sub(r"%\((\w+)\)s", r"<\1>", finding)
        assert (text[-1], "%" in text) == (".", False), text
