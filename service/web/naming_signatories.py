"""The part of a form by which the facility names who is to sign an edition."""

from service.domain.errors import Invalid
from service.domain.permissions import Permission
from service.domain.views.agendas import AgendaView
from service.domain.views.people import ApproverView
from service.web.forms import Form
from service.workflows import checklists, signatory_keys
from service.workflows.context import Context
from service.workflows.reading import Abilities

FIELD = "signatories"
OFFERED = "naming"
"""Sent along by a form that offers the names, so that nobody ticked is told from nobody offered."""


def named(form: Form) -> tuple[str, ...]:
    """Return the persons who were ticked.

    Raises:
        Invalid: names were offered, and none was ticked.
    """
    if form.has(OFFERED) and not form.all(FIELD):
        raise Invalid.field(FIELD, "Choose at least one person who is to sign it.")
    return form.all(FIELD)


def able(ctx: Context, abilities: Abilities, agenda: AgendaView) -> tuple[ApproverView, ...]:
    """Return who can be named by the reader, if the reader may assemble: everyone who may approve but themselves."""
    if not abilities.may(Permission.EDITION_ASSEMBLE):
        return ()
    reader_id = abilities.actor.person_id
    found = checklists.approvers(ctx, signatory_keys.published_by(agenda))
    return tuple(one for one in found if one.person_id != reader_id)
