"""Pages for visitors are kept; what somebody sees for themselves never is."""

from datetime import timedelta

import pytest

from service.domain.actors import Scope
from service.web import remembering
from service.workflows import access
from tests.builders import an_amendment
from tests.web.visitors import Site, Visitor
from tests.worlds import World


def test_what_a_token_shows_is_not_kept_for_visitors(site: Site, world: World) -> None:
    amara = world.cities[0]
    expires = site.house.clock() + timedelta(days=1)
    _, secret = access.issue_token(
        site.house.operator, access.IssueToken(amara.email, (Scope.AMEND,), expires)
    )
    by_token = Visitor(site.client, headers={"authorization": f"Bearer {secret}"})
    draft = an_amendment(world, by=amara, draft=True)
    paths = (f"/amendments/{draft}", f"/agendas/{world.agenda}")
    assert [by_token.opens(path).status for path in paths] == [200, 200]
    draft_page, agenda_page = (site.visitor.opens(path) for path in paths)
    assert (draft_page.status, agenda_page.status) == (404, 200)
    assert agenda_page.headers["cache-control"] == "no-cache"
    assert "Sign out" not in agenda_page.words


def test_a_kept_page_is_made_anew_when_something_happens(site: Site, world: World) -> None:
    path = f"/agendas/{world.agenda}/amendments"
    before, again = site.visitor.opens(path), site.visitor.opens(path)
    an_amendment(world)
    after = site.visitor.opens(path)
    assert before.headers["etag"] == again.headers["etag"] != after.headers["etag"]
    seen = {"if-none-match": after.headers["etag"]}
    assert Visitor(site.client, headers=seen).opens(path).status == 304


def test_what_is_kept_stays_within_its_memory(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/agendas/{world.agenda}/record"
    large = len(site.visitor.opens(path).html.encode())
    monkeypatch.setattr(remembering, "MEMORY", 3 * large)
    assert [site.visitor.opens(f"{path}?n={n}").status for n in range(9)] == [200] * 9
    assert len(remembering._KEPT) <= 3
