"""Who says what, of all recommendations of an agenda: as a page, and as a file for office programs."""

from collections import defaultdict
from collections.abc import Sequence

from litestar import Response, get
from litestar.params import FromPath

from service.domain.actors import Region
from service.domain.adoption import described
from service.domain.positions import CURRENT, Stance
from service.domain.tables import as_csv
from service.domain.views.overviews import PartnershipOverview
from service.domain.views.recommendations import PositionView, RecommendationSummary
from service.web.feeds import language_for
from service.web.forms import Form
from service.web.handing import handed
from service.web.languages import Language
from service.web.pages import Asked, Asking, keeping, page
from service.web.pictures import by_partnership, wanted_rows
from service.web.remembering import remembered
from service.web.words import word
from service.workflows import library, overviews, reading
from service.workflows.context import Context
from service.workflows.pages import every

CSV = "text/csv"


@get("/agendas/{agenda_id:str}/positions", sync_to_thread=True, include_in_schema=False)
@remembered
def grid(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show who says what: organisations by recommendations, and the outcome of each."""
    with ctx.reading():
        return _page(request, ctx, agenda_id)


@get("/agendas/{agenda_id:str}/positions.csv", sync_to_thread=True, include_in_schema=False)
def table(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[bytes] | Response[None]:
    """Hand out the positions as a table; office programs open it without taking any of it for a formula."""
    with ctx.reading():
        agenda = reading.agenda(ctx, agenda_id)
        language = language_for(request, agenda)
        rows = _rows(request, ctx, agenda_id, language)
    headers = {"Content-Disposition": 'attachment; filename="positions.csv"', "Cache-Control": keeping(ctx)}
    return handed(request, as_csv((_head(language), *rows)).encode(), CSV, headers)


def _page(request: Asked, ctx: Context, agenda_id: str) -> Response[str]:
    agenda = reading.agenda(ctx, agenda_id)
    asks = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
    taking_part = every(lambda cursor: library.organisations(ctx, agenda_id, 100, cursor))
    partnerships, current = overviews.partnerships(ctx, agenda_id), _current(ctx, agenda_id)
    region, stance = _wanted(request)
    rows = wanted_rows(by_partnership(partnerships, asks, current), region, stance)
    of_region = {one.id for row in rows for one in row.partnership.members} if region is not None else None
    shown = [
        p
        for p in current
        if (stance is None or p.stance is stance) and (of_region is None or p.organisation.id in of_region)
    ]
    counting = [o for o in taking_part if o.kind in agenda.rule.counts]
    heard, seen = ({p.organisation.id for p in some} for some in (current, shown))
    return page(
        request, ctx, "positions.html", agenda=agenda, recommendations=asks, rule=described(agenda.rule),
        rows=rows, regions=[one for one in Region if any(p.region is one for p in partnerships)],
        stances=tuple(Stance), positions=shown, outcomes=reading.outcomes(ctx, agenda_id),
        heard=[o for o in counting if o.id in heard], silent=[o for o in counting if o.id not in heard],
        shown=[o for o in counting if o.id in seen],
        cells={(p.organisation.id, p.recommendation_id): p for p in current},
        abilities=reading.abilities(ctx, agenda_id),
        form=Form({"region": (region or "",), "stance": (stance or "",)}),
    )  # fmt: skip


def _current(ctx: Context, agenda_id: str) -> list[PositionView]:
    return [p for p in reading.position_grid(ctx, agenda_id) if p.state in CURRENT]


def _wanted(request: Asked) -> tuple[Region | None, Stance | None]:
    region, stance = (request.query_params.get(name, "") for name in ("region", "stance"))
    return (
        Region(region) if region in set(Region) else None,
        Stance(stance) if stance in set(Stance) else None,
    )


def _rows(request: Asked, ctx: Context, agenda_id: str, language: Language) -> list[Sequence[str]]:
    asks = {r.id: r for r in every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))}
    member: dict[str, list[PartnershipOverview]] = defaultdict(list)
    for partnership in overviews.partnerships(ctx, agenda_id):
        for one in partnership.members:
            member[one.id].append(partnership)
    region, stance = _wanted(request)
    return [
        _row(p, asks[p.recommendation_id], member[p.organisation.id], language)
        for p in _current(ctx, agenda_id)
        if p.recommendation_id in asks
        and (stance is None or p.stance is stance)
        and (region is None or any(one.region is region for one in member[p.organisation.id]))
    ]


def _head(language: Language) -> Sequence[str]:
    return (
        language.say("Recommendation"),
        language.say("Title"),
        language.say("Organisation"),
        language.say("Partnership"),
        language.say("Region"),
        language.say("Position"),
        language.say("Reservation"),
        language.say("In its words"),
        language.say("What would resolve it"),
        language.say("Version"),
        language.say("Digest"),
        language.say("Speaks for the current text"),
        language.say("Taken at"),
    )


def _row(
    p: PositionView, ask: RecommendationSummary, member_of: Sequence[PartnershipOverview], language: Language
) -> Sequence[str]:
    regions = dict.fromkeys(language.say(word(one.region)) for one in member_of)
    return (
        str(ask.number),
        ask.title,
        p.organisation.name,
        "; ".join(one.name for one in member_of),
        "; ".join(regions),
        language.say(word(p.stance)),
        language.say(word(p.reservation)) if p.reservation is not None else "",
        p.statement,
        p.resolved_by,
        str(p.version.number),
        p.version.digest,
        language.say("yes") if p.counts else language.say("no"),
        p.taken_at.isoformat(),
    )
