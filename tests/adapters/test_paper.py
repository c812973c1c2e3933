import pytest

from service.adapters import paper
from service.adapters.apart import ApartError
from service.adapters.paper import ChildRenderer
from service.domain.drafts import NotPrintableError
from service.domain.publication import Snapshot
from tests.adapters.editions import an_edition


def test_a_draft_that_cannot_be_printed_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Snapshot) -> bytes:
        raise ApartError("the paper took more than 120 seconds")

    monkeypatch.setattr(paper, "draft_apart", fails)
    with pytest.raises(NotPrintableError, match="took more than 120 seconds"):
        ChildRenderer("https://sympolity.example").draft(an_edition(asks=1))
