"""Texts and amendments as documents for word processors, and what comes back of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from service.domain.errors import Invalid, Unknown
from service.domain.permissions import Permission, require, visible_to
from service.domain.text import Block
from service.domain.views.agendas import AgendaView
from service.domain.views.recommendations import RecommendationSummary, VersionRef, VersionView
from service.domain.word import Paper, Remark, Sheet, Stamp, read, remarks
from service.workflows import reading
from service.workflows.context import Context

Say = Callable[[str, Mapping[str, object]], str]
"""Says a sentence in the reader's language."""


@dataclass(frozen=True, slots=True)
class WordFile:
    """A document to keep: its name without an ending, and what is in it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a document proposes: the version that it was made from, the amended text, and what there is to tell."""

    base: VersionView
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...]


def english(template: str, values: Mapping[str, object]) -> str:
    """Return a sentence as it is, for programs."""
    return template % values


def version_document(ctx: Context, version_id: str, say: Say = english) -> WordFile:
    """Return a version as a document in which changes are tracked from then on."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        version = reading.version(ctx, version_id)
        view = reading.recommendation(ctx, version.recommendation_id)
        agenda = reading.agenda(ctx, view.agenda_id)
    ref = VersionRef(version.id, version.number, version.digest)
    sheet = _sheet(agenda, view, ref, version.blocks, at=version.created_at, say=say)
    return WordFile(f"recommendation-{view.number}-version-{version.number}", ctx.word.write(sheet))


def amendment_document(ctx: Context, amendment_id: str, say: Say = english) -> WordFile:
    """Return an amendment as a document: the version it was made for, with its changes tracked."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        amendment = reading.amendment(ctx, amendment_id)
        view = reading.recommendation(ctx, amendment.recommendation_id)
        agenda = reading.agenda(ctx, amendment.agenda_id)
    at = amendment.tabled_at or amendment.created_at
    sheet = _sheet(agenda, view, amendment.base_version, amendment.base_blocks, at=at, say=say)
    named = ", ".join(organisation.name for organisation in amendment.organisations)
    changed = replace(
        sheet, stamp=replace(sheet.stamp, amendment=amendment.id), blocks=amendment.blocks, author=named
    )
    number = amendment.number or "draft"
    return WordFile(f"recommendation-{view.number}-amendment-{number}", ctx.word.write(changed))


def hand_in(ctx: Context, recommendation_id: str, content: bytes) -> HandedIn:
    """Return what a document proposes for a recommendation; nothing is written.

    Raises:
        Invalid: it cannot be read, or was made for another recommendation.
    """
    with ctx.reading():
        view = reading.recommendation(ctx, recommendation_id)
        _may_propose(ctx, view)
    if not content:
        raise Invalid.field("file", "Choose the document that you want to hand in.")
    # Reading it takes long, so nobody else waits for it.
    paper = ctx.word.read(content)
    with ctx.reading():
        named = _named(ctx, view, paper)
        base = named or reading.version(ctx, view.current_version.id)
    found = read(paper, base.blocks)
    return HandedIn(base, found.blocks, (*_about(view, named), *found.remarks))


def _may_propose(ctx: Context, view: RecommendationSummary) -> None:
    able = reading.abilities(ctx, view.agenda_id)
    if not able.may(Permission.AMENDMENT_TABLE):
        first = next((one.organisation_id for one in able.actor.authorities), None)
        require(able.actor, Permission.AMENDMENT_TABLE, replace(able.subject, organisation_id=first))


def _named(ctx: Context, view: RecommendationSummary, paper: Paper) -> VersionView | None:
    """Return the version that a document says it was made from, if that is true."""
    if paper.stamp.get("Recommendation", view.id) != view.id:
        raise Invalid.field(
            "file",
            "This document was made for another recommendation. Hand it in on the page of that one.",
        )
    try:
        version = reading.version(ctx, paper.stamp.get("Version", ""))
    except Unknown:
        return None
    same = (version.recommendation_id, version.digest) == (view.id, paper.stamp.get("Version digest"))
    return version if same else None


def _about(view: RecommendationSummary, named: VersionView | None) -> tuple[Remark, ...]:
    """Return what there is to tell of the version that a document was made from."""
    if named is None:
        return (remarks.version_unknown(view.current_version.number),)
    if named.id != view.current_version.id:
        return (remarks.earlier_version(named.number, view.current_version.number),)
    return ()


def _sheet(
    agenda: AgendaView,
    view: RecommendationSummary,
    version: VersionRef,
    blocks: tuple[Block, ...],
    *,
    at: datetime,
    say: Say,
) -> Sheet:
    values = {"agenda": agenda.title, "number": view.number, "version": version.number}
    return Sheet(
        stamp=Stamp(view.id, version.id, version.number, version.digest),
        title=f"{view.number}. {blocks[0].text}",
        language=agenda.language,
        base=blocks,
        blocks=blocks,
        author="Sympolity",
        at=at,
        head=say("%(agenda)s · recommendation %(number)s, version %(version)s", values),
        foot=say("Changes are tracked here. Hand this document in on the page of the recommendation.", {}),
    )
