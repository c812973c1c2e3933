"""People before a browser: they ask for pages, fill in the forms on them, and send them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from litestar import Litestar
from litestar.testing import TestClient

from service.web import csrf
from service.web.done import leading_to
from service.workflows import access, links
from tests.houses import House
from tests.worlds import Member

TAG = re.compile(r"<[^>]+>")
SAID = re.compile(r"[?&]done=([^&#-]*)(-[0-9a-f]+)?")


class _Fields(HTMLParser):
    """Reads the fields of one form, as a browser would send them."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.found = action, False, dict[str, str]()
        self._area: str | None = None
        self._choice: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method") == "post" and given.get("action", "").endswith(self.action)
        name = given.get("name", "")
        if self.inside and tag == "option" and self._choice is not None:
            self._chosen(self._choice, given)
        if not self.inside or not name:
            return
        if tag == "textarea":
            self._area, self.found[name] = name, ""
        elif tag == "select":
            self._choice = name
        elif tag == "input" and (given.get("type") not in {"radio", "checkbox"} or "checked" in given):
            self.found[name] = given.get("value", "")

    def _chosen(self, name: str, option: Mapping[str, str]) -> None:
        if name not in self.found or "selected" in option:
            self.found[name] = option.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.found[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self.found[self._area] = self.found[self._area].removeprefix("\n")
            self._area = None
        if tag == "select":
            self._choice = None
        if tag == "form":
            self.inside = False


@dataclass(frozen=True)
class Page:
    """What came back: status, headers, the page itself, and where it leads."""

    status: int
    headers: Mapping[str, str]
    html: str

    @property
    def words(self) -> str:
        """The page as somebody reads it."""
        body = re.sub(r"<(style|script).*?</\1>", "", self.html, flags=re.DOTALL)
        # An isolated name stands in its sentence without a gap.
        return re.sub(r"\s+", " ", TAG.sub(" ", re.sub(r"</?bdi>", "", body))).strip()

    @property
    def lands_on(self) -> str:
        """The whole address that the browser is sent to."""
        return self.headers.get("location", "")

    @property
    def tells(self) -> str:
        """The same address, without the mark of the session on what is said there."""
        return SAID.sub(lambda found: found[0].removesuffix(found[2] or ""), self.lands_on)

    @property
    def leads_to(self) -> str:
        """Where the browser is sent, without what that page then tells."""
        return SAID.sub("", self.lands_on)

    @property
    def done(self) -> str:
        """What the page that the browser is sent to tells to be done."""
        found = SAID.search(self.lands_on)
        return found[1] if found else ""

    def fields(self, action: str = "") -> dict[str, str]:
        """Return the fields of the first form whose address ends with `action`."""
        reader = _Fields(action)
        reader.feed(self.html)
        return reader.found


@dataclass
class Visitor:
    """Someone with a browser of their own; `secret` is that of their session."""

    client: TestClient[Litestar]
    secret: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def opens(self, path: str) -> Page:
        """Ask for a page."""
        answer = self.client.get(path, headers=self._sent(), follow_redirects=False)
        return Page(answer.status_code, answer.headers, answer.text)

    def opens_after(self, path: str, words: str) -> Page:
        """Open a page whose address tells this session what was done."""
        return self.opens(leading_to(path, words, csrf.mark(self.secret, words)))

    def sends(self, path: str, fields: Mapping[str, str] | None = None, **more: str | list[str]) -> Page:
        """Send a form."""
        data = {csrf.FIELD: csrf.token(self.secret), **(fields or {}), **more}
        answer = self.client.post(path, data=data, headers=self._sent(), follow_redirects=False)
        return Page(answer.status_code, answer.headers, answer.text)

    def hands_in(self, path: str, name: str, content: bytes, **more: str) -> Page:
        """Send a file."""
        answer = self.client.post(
            path,
            data={csrf.FIELD: csrf.token(self.secret), **more},
            files={name: ("paper.pdf", content)},
            headers=self._sent(),
            follow_redirects=False,
        )
        return Page(answer.status_code, answer.headers, answer.text)

    def _sent(self) -> dict[str, str]:
        cookie = {"cookie": f"{csrf.PLAIN_COOKIE}={self.secret}"} if self.secret else {}
        return {"sec-fetch-site": "same-origin", **cookie, **self.headers}


@dataclass
class Site:
    """The application on a house of a test."""

    house: House
    client: TestClient[Litestar]

    @property
    def visitor(self) -> Visitor:
        """Someone who is not signed in."""
        return Visitor(self.client)

    def as_person(self, person_id: str) -> Visitor:
        """Someone who has signed in."""
        return Visitor(self.client, access.sign_in_as(self.house.stranger, person_id))

    def acting(self, member: Member) -> Visitor:
        """A member who has signed in."""
        return self.as_person(member.person)

    def by_link(self, member: Member) -> Visitor:
        """A member who has signed in by a link, as where nobody signs in as a demo person."""
        return Visitor(
            self.client,
            links.come_in(self.house.stranger, links.sign_in_link(self.house.operator, member.email), ""),
        )
