"""Use cases around what a reviewer keeps for themselves: views of a queue, and whether letters are commands."""

from service.domain.errors import Invalid, Unknown
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.text import normalise
from service.domain.views.review import SavedView
from service.store import reviewing as store
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.recommendations import author

NAME_LENGTH = 80
QUERY_LENGTH = 2_000
MOST_VIEWS = 50


def views(ctx: Context, agenda_id: str) -> tuple[SavedView, ...]:
    """Return the views that the reader keeps of an agenda, by name; none for whoever is not signed in."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        person_id = reader.actor.person_id
        return store.list_views(reader.connection, person_id, agenda_id) if person_id is not None else ()


def view(ctx: Context, view_id: str) -> SavedView:
    """Return one view of the reader's; another person's looks like one that does not exist."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.REVIEW_KEEP, Subject())
        found = store.get_view(reader.connection, reader.actor.person_id or "", view_id)
        if found is None:
            raise Unknown(thing="view")
        return found


def keep(ctx: Context, agenda_id: str, name: str, query: str) -> str:
    """Keep a filter under a name; returns the view's id.

    Raises:
        SignInNeeded: nobody is signed in, so there is nobody to keep it for.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.REVIEW_KEEP, Subject())
        person_id = author(work)
        reading.agenda(ctx, agenda_id)
        name, query = _name(name), normalise(query, field="query")
        if len(query) > QUERY_LENGTH:
            raise Invalid.field("query", "Please keep this under %(limit)s characters.", limit=QUERY_LENGTH)
        if store.count_views(work.connection, person_id, agenda_id) >= MOST_VIEWS:
            raise Invalid.field(
                "name", "You keep %(limit)s views already. Let go of one first.", limit=MOST_VIEWS
            )
        if store.is_named(work.connection, person_id, agenda_id, name):
            raise Invalid.field("name", "You keep a view of this name already.")
        kept = SavedView(ctx.new_id(), agenda_id, name, query, work.now)
        store.keep_view(work.connection, person_id, kept)
        return kept.id


def rename(ctx: Context, view_id: str, name: str) -> None:
    """Give a view of one's own another name."""
    with ctx.transaction() as work:
        require(work.actor, Permission.REVIEW_KEEP, Subject())
        person_id = author(work)
        known = view(ctx, view_id)
        name = _name(name)
        if store.is_named(work.connection, person_id, known.agenda_id, name, but=view_id):
            raise Invalid.field("name", "You keep a view of this name already.")
        store.rename_view(work.connection, view_id, name)


def let_go(ctx: Context, view_id: str) -> None:
    """Delete a view of one's own."""
    with ctx.transaction() as work:
        require(work.actor, Permission.REVIEW_KEEP, Subject())
        store.delete_view(work.connection, view(ctx, view_id).id)


def letters(ctx: Context) -> bool:
    """Tell whether single letters are commands to the reader."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        person_id = reader.actor.person_id
        return person_id is not None and store.wants_letters(reader.connection, person_id)


def wish_letters(ctx: Context, *, wanted: bool) -> None:
    """A reader says whether single letters are to be commands."""
    with ctx.transaction() as work:
        require(work.actor, Permission.REVIEW_KEEP, Subject())
        person_id = author(work)
        store.wish_letters(work.connection, person_id, letters=wanted)


def _name(typed: str) -> str:
    name = " ".join(normalise(typed, field="name").split())
    if not name or len(name) > NAME_LENGTH:
        raise Invalid.field("name", "Give it a name of at most %(limit)s characters.", limit=NAME_LENGTH)
    return name
