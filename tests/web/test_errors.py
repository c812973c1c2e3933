"""Refusals and faults as pages."""

import pytest

from service.domain.errors import TryAgain
from service.web import home
from tests.web.visitors import Site


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere", 404, "There is nothing here"),
        ("/agendas/none", 404, "There is no such agenda here."),
        ("/amendments/none", 404, "There is no such amendment here."),
        ("/recommendations/%00", 404, "There is nothing here"),
        ("/me", 401, "Please sign in"),
        ("/sign-out", 405, "This cannot be done here"),
    ],
)
def test_refusal_is_a_page_in_the_same_look(site: Site, path: str, status: int, words: str) -> None:
    page = site.visitor.opens(path)
    assert (page.status, words in page.words, '<main id="main"' in page.html) == (status, True, True)


def test_fault_of_ours_is_told_without_its_inside(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(home, "page", breaks)
    page = site.visitor.opens("/")
    assert (page.status, "Something went wrong on our side" in page.words, "secret" in page.html) == (
        500,
        True,
        False,
    )


def test_database_that_is_away_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise TryAgain

    monkeypatch.setattr(home, "page", away)
    page = site.visitor.opens("/")
    assert (page.status, "Nothing was saved; please try again in a moment." in page.words) == (503, True)
