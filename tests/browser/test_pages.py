"""Every page as people meet it first: light on the line, accessible, not too wide, without a complaint."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from service.api.agendas import NewAgenda
from service.api.examples import EXAMPLES
from service.api.recommendations import NewRecommendation
from tests.acceptance.people import agenda_in, person
from tests.browser.window import NARROW, SCREENSHOTS, Window, signs_in, window
from tests.serving import Server

FIRST_VIEW = 50_000
SCRIPT = 20_000
"""Bytes that come over the line for a page that nobody has seen before, and the part of them that is script."""

PUBLIC = {
    "home": "/",
    "agenda": "/agendas/{agenda}",
    "document": "/agendas/{agenda}/document",
    "recommendation": "/recommendations/{recommendation}",
    "amendments": "/agendas/{agenda}/amendments",
    "amendment": "/amendments/{amendment}",
    "compromise": "/amendments/{compromise}",
    "covered": "/amendments/{covered}",
    "beside": "/recommendations/{recommendation}/beside?what=whole",
    "collisions": "/recommendations/{recommendation}/collisions",
    "deciding-order": "/recommendations/{recommendation}/deciding-order",
    "compare": "/recommendations/{recommendation}/compare",
    "compare-sides": "/recommendations/{recommendation}/compare?view=columns",
    "versions": "/recommendations/{recommendation}/versions",
    "version": "/recommendations/{recommendation}/versions/1",
    "provenance": "/recommendations/{recommendation}/provenance",
    "translations": "/recommendations/{translated}/translations",
    "translation": "/translations/{translation}",
    "thread": "/comments/{comment}",
    "review-copy": "/agendas/{agenda}/review-copy?recommendation={recommendation}&state=any",
    "positions": "/agendas/{published}/positions",
    "position": "/positions/{position}",
    "lessons": "/agendas/{agenda}/lessons",
    "evidence": "/agendas/{agenda}/evidence",
    "claims": "/agendas/{agenda}/evidence/claims",
    "choose-lessons": "/agendas/{agenda}/lessons/shortlist",
    "editions": "/agendas/{published}/editions",
    "edition": "/editions/{edition}",
    "frozen": "/editions/{edition}/preview",
    "record": "/agendas/{agenda}/record",
    "timeline": "/agendas/{agenda}/timeline",
    "timeline-of-one": "/recommendations/{recommendation}/timeline?kind=amendment",
    "sign-in": "/sign-in",
    "verify": "/verify",
    "help": "/help",
    "keyboard": "/help/keyboard",
    "accessibility": "/accessibility",
    "privacy": "/privacy",
    "developers": "/developers",
}
SIGNED_IN = {
    "me": ("city1", "/me"),
    "notifications": ("city1", "/me/notifications"),
    "sessions": ("city1", "/me/sessions"),
    "tokens": ("city1", "/me/tokens"),
    "codes": ("city1", "/me/codes"),
    "passkeys": ("city1", "/me/passkeys"),
    "accounts": ("city1", "/me/accounts"),
    "mandate": ("city1", "/mandates/{mandate}"),
    "outgoing": ("facility", "/mail"),
    "jobs": ("facility", "/jobs"),
    "amend": ("city1", "/recommendations/{recommendation}/amend"),
    "amend-in-word": ("city1", "/recommendations/{recommendation}/amend/word"),
    "propose-compromise": (
        "rapporteur",
        "/recommendations/{mediated}/amend?compromise=yes&covers={covered}",
    ),
    "scenarios": (
        "rapporteur",
        "/recommendations/{mediated}/scenarios?tried=yes&a={compromise}&b={covered}",
    ),
    "translate": ("city1", "/translations/{translation}/edit"),
    "comment": ("intpa", "/recommendations/{recommendation}/comment"),
    "comment-amendment": ("city1", "/recommendations/{recommendation}/comment?amendment_id={amendment}"),
    "withdraw": ("city1", "/amendments/{amendment}/withdrawal"),
    "review": ("intpa", "/agendas/{agenda}/review"),
    "review-one": ("rapporteur", "/amendments/{covered}/review?state=any"),
    "assess": ("intpa", "/recommendations/{recommendation}/assess"),
    "evidence-form": ("city1", "/agendas/{agenda}/evidence"),
    "decide": ("rapporteur", "/amendments/{amendment}"),
    "decide-together": ("rapporteur", "/recommendations/{mediated}/deciding-order?amendment={covered}"),
    "consolidate": ("rapporteur", "/recommendations/{recommendation}/consolidate"),
    "phase": ("facility", "/agendas/{agenda}/phase/consolidation"),
    "deadline": ("facility", "/agendas/{agenda}/deadline"),
    "timetable": ("facility", "/agendas/{agenda}/timetable"),
    "undo": ("facility", "/agendas/{agenda}/undo"),
    "unanswered": ("facility", "/agendas/{agenda}/unanswered"),
    "webhooks": ("facility", "/agendas/{agenda}/webhooks"),
    "publication": ("facility", "/agendas/{agenda}/publication"),
    "draft-paper": ("facility", "/agendas/{published}/publication/preview"),
    "keys": ("facility", "/keys"),
    "participants": ("facility", "/agendas/{agenda}/participants"),
    "import": ("facility", "/agendas/{agenda}/participants/import"),
    "desk": ("facility", "/agendas/{agenda}/desk"),
    "reminder": ("facility", "/agendas/{agenda}/reminder"),
    "round-new": ("facility", "/agendas/new"),
    "round-edit": ("facility", "/agendas/{drafting}/edit"),
    "draft": ("rapporteur", "/agendas/{drafting}/recommendations/new"),
    "edit": ("rapporteur", "/recommendations/{drafted}/edit"),
    "withdrawal": ("rapporteur", "/recommendations/{drafted}/withdrawal"),
}
PICTURED = {"home", "agenda", "recommendation", "amendment", "amend", "edition", "consolidate", "positions"}
# The whole description of the API is on this one, for people who write programs.
HEAVY = {"developers"}

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass
class Line:
    """What came over the line."""

    total: float = 0
    script: float = 0


@pytest.fixture(scope="module")
def places(shared_server: Server) -> dict[str, str]:
    """The ids of things to look at."""
    with person(shared_server, "city1") as member:
        mandate = member.read("/me")["mandates"][0]["id"]
    with person(shared_server, "facility") as facility:
        drafting = facility.does("/agendas", **EXAMPLES[NewAgenda])["id"]
        begun = EXAMPLES[NewRecommendation]
        drafted = facility.does(f"/agendas/{drafting}/recommendations", **begun)["id"]
    with person(shared_server) as visitor:
        agenda, published = agenda_in(visitor, "amending"), agenda_in(visitor, "follow_up")
        asks = visitor.all(f"/agendas/{agenda['id']}/recommendations")
        ask = max(asks, key=lambda r: (r["current_version"]["number"], r["colliding"], r["comments"]))
        old = visitor.all(f"/agendas/{published['id']}/recommendations")[0]
        open_ones = [
            a for a in visitor.all(f"/recommendations/{ask['id']}/amendments") if a["decided_at"] is None
        ]
        every = visitor.all(f"/agendas/{agenda['id']}/amendments")
        compromise = next(a for a in every if a["covers"])
        translations = [t for r in asks for t in visitor.all(f"/recommendations/{r['id']}/translations")]
        translation = next(t for t in translations if t["stale"])
        return {
            "drafting": drafting,
            "drafted": drafted,
            "compromise": compromise["id"],
            "covered": compromise["covers"][0]["id"],
            "mediated": compromise["recommendation_id"],
            "mandate": mandate,
            "translation": translation["id"],
            "translated": translation["recommendation_id"],
            "agenda": agenda["id"],
            "published": published["id"],
            "recommendation": ask["id"],
            "amendment": open_ones[0]["id"],
            "comment": visitor.all(f"/recommendations/{ask['id']}/comments")[0]["id"],
            "position": visitor.all(f"/recommendations/{old['id']}/positions")[0]["id"],
            "edition": visitor.all(f"/agendas/{published['id']}/editions")[0]["id"],
        }


@pytest.fixture
def opened(browser: Browser, shared_server: Server) -> Iterator[Window]:
    with window(browser, shared_server.address) as opened:
        yield opened


def looked_at(opened: Window, name: str, path: str) -> Line:
    """Go to a page, look at it in every way, and return what came over the line."""
    line = Line()
    kinds: dict[str, str] = {}
    wire = opened.context.new_cdp_session(opened.page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

    def count(event: dict[str, float | str]) -> None:
        size = float(event["encodedDataLength"])
        line.total += size
        line.script += size if kinds.get(str(event["requestId"])) == "Script" else 0

    wire.on("Network.loadingFinished", count)
    opened.goes_to(path)
    opened.page.wait_for_load_state("networkidle")
    opened.is_accessible()
    if name in PICTURED:
        pictured(opened, name)
    return line


def pictured(opened: Window, name: str) -> None:
    """Take the pictures that people look at: wide, dark, and on a phone."""
    SCREENSHOTS.mkdir(exist_ok=True)
    opened.page.screenshot(path=SCREENSHOTS / f"{name}-wide.png")
    opened.page.emulate_media(color_scheme="dark")
    opened.page.screenshot(path=SCREENSHOTS / f"{name}-dark.png")
    opened.page.emulate_media(color_scheme="light")
    opened.page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    opened.page.screenshot(path=SCREENSHOTS / f"{name}-phone.png", full_page=True)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_light_and_accessible(opened: Window, places: dict[str, str], name: str) -> None:
    line = looked_at(opened, name, PUBLIC[name].format(**places))
    assert line.total <= (FIRST_VIEW if name not in HEAVY else 2 * FIRST_VIEW)
    assert line.script <= SCRIPT


@pytest.mark.parametrize("name", SIGNED_IN)
def test_page_of_someone_who_works_is_light_and_accessible(
    opened: Window, places: dict[str, str], name: str
) -> None:
    who, path = SIGNED_IN[name]
    signs_in(opened, who)
    line = looked_at(opened, name, path.format(**places))
    assert line.total <= FIRST_VIEW
    assert line.script <= SCRIPT
