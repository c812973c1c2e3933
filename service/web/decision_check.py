"""The page between a decision and its being taken: what it brings, what falls with it, and what the text would be."""

from litestar import Response

from service.domain.amendments import AmendmentAction
from service.domain.text import Block
from service.domain.views.amendments import AmendmentView
from service.web.forms import Form
from service.web.pages import Asked, page
from service.web.wordings import START, TEXT
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.rehearsals import Rehearsal

# Steps on the way to a decision, which bind nobody.
LIGHT = frozenset({AmendmentAction.EXAMINE, AmendmentAction.ADMIT})


def is_taken(form: Form) -> bool:
    """Tell whether what a form asks for is to be done at once: it was seen already, or binds nobody."""
    return form.text("step") == "decide" or form.text("action") in LIGHT


def check_page(
    request: Asked, ctx: Context, view: AmendmentView, form: Form, seen: Rehearsal
) -> Response[str]:
    """Show what a decision would bring, with all that was typed, to be taken or to be changed."""
    return page(
        request, ctx, "decide_check.html", private=True, amendment=view, seen=seen, form=form,
        action=form.choice("action", AmendmentAction), carried=_carried(form, view.base_blocks),
        agenda=reading.agenda(ctx, view.agenda_id),
    )  # fmt: skip


def _carried(form: Form, base: tuple[Block, ...]) -> list[tuple[str, str]]:
    """Return the fields to carry on; those of a wording only where the decision has words of its own."""
    modified = form.text("action") == AmendmentAction.ACCEPT_MODIFIED
    wording = {f"{TEXT}{block.id}" for block in base} | {START}
    return [
        (name, value)
        for name, value in form.kept
        if name != "step" and (modified or (name not in wording and "." not in name))
    ]
