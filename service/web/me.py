"""The reader's own page: what to do, what happened since, their amendments, their account."""

from collections.abc import Callable, Mapping, Sequence

from litestar import Response, get, post

from service.domain.actors import Scope
from service.domain.amendments import OPEN, AmendmentState
from service.domain.errors import SignInNeeded
from service.domain.tasks import TaskKind
from service.domain.views.people import MeView
from service.domain.views.tasks import OwnAmendment
from service.web import notifications
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.home import foremost_first
from service.web.pages import Asked, Asking, language_of, page, see_other
from service.web.record import PLACES
from service.web.timelines import alike
from service.workflows import jobs, leading, library, reading, tasks, unsent, wishes

SEEN = "seen"
"""The field that names an agenda and how far its record was read, with a colon between."""
_DIGITS = 9

WAYS: Mapping[TaskKind, str] = {
    TaskKind.SIGN_EDITION: "/editions/{}",
    TaskKind.CONFIRM_POSITION: "/positions/{}#changed",
    TaskKind.TAKE_POSITION: "/recommendations/{}/position",
    TaskKind.ANSWER_COMPROMISE: "/amendments/{}#accept",
    TaskKind.CARRY_OVER: "/amendments/{}/rebase",
    TaskKind.SEND_DRAFT: "/amendments/{}/edit",
    TaskKind.ANSWER_QUESTION: "/comments/{}",
    TaskKind.ANSWER_MENTION: "/comments/{}",
    TaskKind.READ_ANSWER: "/comments/{}",
    TaskKind.PLACE_COMMENT: "/comments/{}#place",
}
"""The page on which each task is done."""

Group = Callable[[OwnAmendment], bool]
GROUPS: Mapping[str, Group] = {
    "drafts": lambda one: one.state is AmendmentState.DRAFT,
    "open": lambda one: one.state in OPEN,
    "decided": lambda one: one.state not in OPEN | {AmendmentState.DRAFT},
}


@get("/me", sync_to_thread=True, include_in_schema=False)
def me(request: Asked, ctx: Asking) -> Response[str]:
    """Show what waits for the reader, what happened since, their amendments and their account."""
    # A first look is written down, which takes a connection of its own: nobody waits for it holding another.
    news = tasks.news(ctx)
    with ctx.reading():
        view = library.me(ctx)
        if view is None:
            raise SignInNeeded
        rounds = foremost_first(reading.agendas(ctx, limit=100).items)
        told = wishes.notices(ctx, notifications.SHOWN).items
        return page(
            request, ctx, "me.html", private=True, ways=WAYS, places=PLACES, alike=alike, tasks=tasks.tasks(ctx),
            news=news, unsent=unsent.unsent(ctx), groups=grouped(tasks.own_amendments(ctx)),
            agendas=rounds, leads=leading.waiting(ctx, rounds), scopes=scopes_of(view),
            notices=notifications.told(told, language_of(request, view)), runs=jobs.may_see(ctx),
        )  # fmt: skip


@post("/me/visits", sync_to_thread=True, include_in_schema=False)
def visits(form: Sent, ctx: Asking) -> Response[None]:
    """Remember what the reader has seen."""
    tasks.seen(ctx, seen_in(form))
    return see_other("/me#news", Done.NEWS_SEEN)


def scopes_of(reader: MeView) -> frozenset[Scope]:
    """Return what the reader's mandates let them do, taken together."""
    return frozenset(scope for mandate in reader.mandates for scope in mandate.scopes)


def grouped(amendments: Sequence[OwnAmendment]) -> Mapping[str, list[OwnAmendment]]:
    """Return amendments by what a reader can still do about them; groups without any are left out."""
    found = {name: [one for one in amendments if belongs(one)] for name, belongs in GROUPS.items()}
    return {name: ones for name, ones in found.items() if ones}


def seen_in(form: Form) -> dict[str, int]:
    """Return how far each agenda's record was read, as a form says it; what cannot be one is passed over."""
    pairs = (value.rpartition(":") for value in form.all(SEEN))
    return {
        agenda: int(entry)
        for agenda, _, entry in pairs
        if entry.isascii() and entry.isdecimal() and len(entry) <= _DIGITS
    }
