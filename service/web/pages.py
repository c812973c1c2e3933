"""How a page is made: its values, the frame around them, and the headers that fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from urllib.parse import quote

from litestar import Litestar, MediaType, Request, Response
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.response.base import ASGIResponse

from service.domain.permissions import Permission
from service.domain.views.agendas import AgendaView
from service.domain.views.people import MeView
from service.web import csrf
from service.web import done as doings
from service.web.done import Done
from service.web.engine import environment
from service.web.forms import Form
from service.web.languages import Language, choose, wanted
from service.workflows import library, reading
from service.workflows.context import Context

Asked = Request[Any, Any, Any]
# The application made it, so there is nothing to validate.
Asking: TypeAlias = NamedDependency[SkipValidation[Context]]
LANGUAGE = "language"
"""The cookie that keeps which language was chosen at this browser."""
PRIVATE = "no-store"
PUBLIC = "no-cache"
LONGEST_QUERY = 1000
OK = 200
DOORS: Mapping[str, tuple[Permission, ...]] = {
    "desk": (Permission.AGENDA_EDIT,),
    "review": (Permission.AMENDMENT_DECIDE, Permission.ASSESSMENT_GIVE),
}
"""What stands in the menu of an agenda for whoever may do this or that."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: who reads it, in which language and zone, and when; and what was done before.

    `doors` are the ways in an agenda's menu that are open to the reader alone.
    """

    me: MeView | None
    now: datetime | None
    language: Language
    zone: str
    path: str
    address: str
    token: str
    signed_in: bool
    done: Done | None = None
    told: str = ""
    fresh: bool = True
    doors: frozenset[str] = frozenset()


def language_asked(request: Asked, me: MeView | None) -> Language | None:
    """Return the language that the reader asks for: their own, chosen at this browser, or what it prefers."""
    wished = [me.language if me is not None else None, request.cookies.get(LANGUAGE, "")[:20]]
    return wanted(wished, request.headers.get("accept-language", ""))


def language_of(request: Asked, me: MeView | None, agenda_language: str = "") -> Language:
    """Return the reader's language: what they ask for, else the agenda's."""
    return language_asked(request, me) or choose([agenda_language], "")


def page(
    request: Asked,
    ctx: Context,
    template: str,
    around: Mapping[str, object] | None = None,
    *,
    status: int = 200,
    private: bool = False,
    **values: object,
) -> Response[str]:
    """Return a page; what a signed-in person sees is never kept by a browser or a proxy."""
    me = library.me(ctx)
    given = {**(around or {}), **values}
    with ctx.reading() as reader:
        now = reader.now
    language = language_of(request, me, _spoken(given.get("agenda")))
    done, count = _done(request) if status == OK else (None, None)
    frame = Frame(
        me=me,
        now=now,
        language=language,
        zone=me.time_zone if me is not None else "UTC",
        path=request.url.path,
        address=_address(request),
        token=csrf.token(csrf.session_secret(request)),
        signed_in=me is not None,
        done=done,
        told=done.told(language, count) if done is not None else "",
        fresh=request.method == "GET",
        doors=_doors(ctx, given.get("agenda")) if me is not None else frozenset(),
    )
    return _answer(
        frame,
        template,
        given,
        status,
        PRIVATE if private or me is not None else PUBLIC,
    )


def _address(request: Asked) -> str:
    """Return where the reader can come back to: the page that was read, with its query; not what was sent or done."""
    if request.method != "GET" or len(request.url.query) > LONGEST_QUERY:
        return request.url.path
    return doings.untold(f"{request.url.path}?{request.url.query}")


def _done(request: Asked) -> tuple[Done | None, int | None]:
    """Return what the address says was done just now; not of what is sent from there.

    Only the reader's own session can have it said, so that no link makes a page tell what nobody did; that somebody
    has signed out, no session is left to say.
    """
    if request.method != "GET":
        return None, None
    words, mark = doings.parted(request.query_params.get(doings.FIELD, ""))
    done, count = doings.named_in(words)
    secret = csrf.session_secret(request)
    left = done is Done.SIGNED_OUT and not secret
    return (done, count) if left or csrf.marked(secret, words, mark) else (None, None)


def _doors(ctx: Context, agenda: object) -> frozenset[str]:
    """Return what the menu of an agenda leads this reader to, beside what it leads everyone to."""
    if not isinstance(agenda, AgendaView):
        return frozenset()
    able = reading.abilities_in(ctx, agenda)
    return frozenset(name for name, work in DOORS.items() if any(able.may(one) for one in work))


def _spoken(agenda: object) -> str:
    """Return the language of the agenda that a page is about, if it is about one."""
    return agenda.language if isinstance(agenda, AgendaView) else ""


def bare_page(
    request: Asked, template: str, *, status: int, secret: str | None = None, **values: object
) -> Response[str]:
    """Return a page that needs no database, so that it can be shown when there is none.

    `secret` is that of a session which begins with this very answer.
    """
    secret = csrf.session_secret(request) if secret is None else secret
    frame = Frame(
        me=None,
        now=None,
        language=language_of(request, None),
        zone="UTC",
        path=request.url.path,
        address=_address(request),
        token=csrf.token(secret),
        signed_in=bool(secret),
    )
    return _answer(frame, template, values, status, PRIVATE)


def keeping(ctx: Context) -> str:
    """Return who may keep a file: everyone, but nobody what a signed-in person is given, for they may see more."""
    return PUBLIC if ctx.identity.person_id is None else PRIVATE


class _Leading(Response[None]):
    """Sends the browser to a page, which tells what was done: with the mark of the session that is told."""

    def __init__(self, path: str, words: str) -> None:
        super().__init__(None, status_code=303, headers={"Cache-Control": PRIVATE})
        self.path, self.words = path, words

    def to_asgi_response(
        self,
        app: Litestar | None,
        request: Asked,
        **more: Any,  # noqa: ANN401 - the framework's own, handed on as they are
    ) -> ASGIResponse:
        """Put the mark on the address, as late as the session is known."""
        name = csrf.cookie_name(request.url.scheme)
        # An answer that ends the session tells nobody's.
        given = [cookie.value or "" for cookie in self.cookies if cookie.key == name]
        secret = given[-1] if given else csrf.session_secret(request)
        there = doings.leading_to(self.path, self.words, csrf.mark(secret, self.words))
        self.headers["Location"] = _escaped(there)
        return super().to_asgi_response(app, request, **more)


def see_other(path: str, done: Done | None = None, count: int | None = None) -> Response[None]:
    """Send the browser to a page, which tells what was done."""
    if done is not None:
        return _Leading(path, doings.said(done, count))
    headers = {"Location": _escaped(path), "Cache-Control": PRIVATE}
    return Response(None, status_code=303, headers=headers)


def _escaped(path: str) -> str:
    """Return an address with what a header cannot hold of it escaped."""
    return quote(path, safe="%/?#&=+,;:@~!$'()*[]")


def _answer(
    frame: Frame, template: str, values: Mapping[str, object], status: int, caching: str
) -> Response[str]:
    given = {
        "form": Form(),
        "agenda": None,
        "here": "",
        "frame": frame,
        "me": frame.me,
        "now": frame.now,
    } | dict(values)
    body = environment(frame.language.tag).get_template(template).render(given)
    headers = {
        "Cache-Control": caching,
        "Content-Language": frame.language.tag,
        "Vary": "Cookie, Accept-Language",
    }
    return Response(body, status_code=status, media_type=MediaType.HTML, headers=headers)
