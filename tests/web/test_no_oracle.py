"""What is hidden from somebody looks, on every way in, exactly like what does not exist."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from httpx import Response
from litestar.routes import HTTPRoute

from service.api.examples import EXAMPLES
from service.domain.comments import Audience, CommentKind
from service.domain.phases import Phase
from service.web import csrf
from service.workflows import comments, library
from service.workflows.comments import PostComment
from tests.builders import an_amendment
from tests.web.visitors import Site, Visitor
from tests.worlds import World

UNKNOWN = "01J9ZC5V7N8Q4T2X6B3D0KMRWZ"
TOKEN = re.compile(rf'name="{csrf.FIELD}" value="[^"]*"')
STATES = {Phase.PREPARATION: "a draft recommendation", Phase.AMENDING: "a draft, a note and a mandate"}
FORM = {
    "organisation_id": "organisation", "text": "Words.", "reason": "Because.", "how": "alternate", "name": "A",
    "email": "a@b.example", "action": "resolve", "stance": "endorsed", "justification": "So.", "step": "send",
}  # fmt: skip


def hidden_things(world: World, phase: Phase) -> Mapping[str, str]:
    """Return what belongs to the first city, or is a draft, by the name that it has in addresses."""
    if phase is Phase.PREPARATION:
        return {"recommendation_id": world.recommendation, "version_id": world.version}
    amara = world.cities[0]
    note = PostComment(
        world.recommendation, amara.organisation, CommentKind.GENERAL, "Hm.", audience=Audience.ORGANISATION
    )
    me = library.me(world.acting(amara))
    assert me is not None
    return {
        "amendment_id": an_amendment(world, draft=True),
        "comment_id": comments.post(world.acting(amara), note),
        "mandate_id": me.mandates[0].id,
    }


def ways(site: Site, hidden: Mapping[str, str]) -> Iterator[tuple[str, str, str, Any]]:
    """Yield each way in that leads to one of them: method, address, the parameter, and a body that it takes."""
    for route in site.client.app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for name in hidden.keys() & set(re.findall(r"{(\w+)}", route.path_format)):
            for handler in route.route_handlers:
                field = handler.parsed_data_field
                body = EXAMPLES.get(field.annotation) if field is not None else None
                for method in sorted(handler.http_methods - {"HEAD", "OPTIONS"}):
                    path = route.path_format.replace("{number}", "1").replace("{phase}", "amending")
                    yield method, path, name, body


def ask(visitor: Visitor, method: str, path: str, body: object) -> Response:
    headers = {"sec-fetch-site": "same-origin", "if-match": "*"}
    if visitor.secret:
        headers["cookie"] = f"{csrf.PLAIN_COOKIE}={visitor.secret}"
    sent: dict[str, Any] = {"json": body} if body is not None else {}
    if method != "GET" and not path.startswith("/api/"):
        sent = {"data": {csrf.FIELD: csrf.token(visitor.secret), **FORM}}
    return visitor.client.request(method, path, headers=headers, follow_redirects=False, **sent)


@pytest.mark.parametrize("phase", STATES, ids=STATES.values())
def test_hidden_things_look_like_unknown_ones_to_everyone_else(
    site: Site, world: World, phase: Phase
) -> None:
    hidden = hidden_things(world, phase)
    readers = {
        "visitor": site.visitor,
        "no mandate": site.as_person(world.newcomer),
        "other city": site.acting(world.cities[1]),
        "EU service": site.acting(world.service),
        "approver": site.acting(world.approvers[0]),
    }
    told_apart: list[str] = []
    walked = 0
    for method, path, name, body in ways(site, hidden):
        for who, visitor in readers.items():
            answers = [
                ask(visitor, method, path.replace("{" + name + "}", i), body) for i in (hidden[name], UNKNOWN)
            ]
            # A form's token is another one on each page.
            known, unknown = (
                (a.status_code, TOKEN.sub("", a.text.replace(hidden[name], UNKNOWN))) for a in answers
            )
            walked += 1
            if known != unknown or answers[0].is_success:
                told_apart.append(
                    f"{who}: {method} {path}: {answers[0].status_code}, {answers[1].status_code}"
                )
    assert told_apart == []
    assert walked > 100


@pytest.mark.parametrize("phase", STATES, ids=STATES.values())
def test_they_are_there_for_those_who_may_see_them(site: Site, world: World, phase: Phase) -> None:
    hidden = hidden_things(world, phase)
    member = world.rapporteur if phase is Phase.PREPARATION else world.cities[0]
    paths = {
        "recommendation_id": "/recommendations/{}", "version_id": "/api/v1/versions/{}",
        "amendment_id": "/amendments/{}", "comment_id": "/comments/{}", "mandate_id": "/mandates/{}",
    }  # fmt: skip
    seen = {name: site.acting(member).opens(paths[name].format(i)).status for name, i in hidden.items()}
    assert seen == dict.fromkeys(hidden, 200)
