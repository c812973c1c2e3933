"""Importing a list of participants: all of it or nothing, and the second time nothing more."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from service.domain.errors import FieldError, Invalid
from service.domain.importing import Column, ImportRow, RowError, read
from service.domain.permissions import Permission, Subject, require
from service.domain.views.imports import Effect, ImportReport, Noun
from service.workflows.context import Context
from service.workflows.imported import Imported

ERRORS_TOLD = 100


@dataclass(frozen=True, slots=True)
class ImportPeople:
    """A file with a list of participants, and the agenda that its organisations take part in, if any."""

    content: bytes
    agenda_id: str | None = None


@dataclass(frozen=True, slots=True)
class AddPerson:
    """What a row of a list would say of one person, and the agenda that their organisation takes part in."""

    said: Mapping[Column, str]
    agenda_id: str


class _NothingWritten(Exception):
    """Ends a transaction that was only to show what it would do."""


def preview(ctx: Context, command: ImportPeople) -> ImportReport:
    """Return what the import would do, and everything that is wrong in any row; nothing is written."""
    report = ImportReport((), (), written=False)
    rows, errors = _read(ctx, command)
    with suppress(_NothingWritten), ctx.transaction() as work:
        require(work.actor, Permission.PARTICIPANT_IMPORT, Subject())
        imported = Imported(ctx, work, command.agenda_id)
        imported.take(rows, {error.row for error in errors})
        found = sorted((*errors, *imported.errors), key=lambda error: error.row)
        report = ImportReport(tuple(imported.changes), tuple(found), written=False)
        raise _NothingWritten
    return report


def run(ctx: Context, command: ImportPeople) -> ImportReport:
    """Import a list of participants; returns what became of each row.

    Raises:
        Invalid: something is wrong in any row, so nothing was written.
    """
    rows, errors = _read(ctx, command)
    with ctx.transaction() as work:
        require(work.actor, Permission.PARTICIPANT_IMPORT, Subject())
        imported = Imported(ctx, work, command.agenda_id)
        imported.take(rows, {error.row for error in errors})
        if found := sorted((*errors, *imported.errors), key=lambda error: error.row):
            raise Invalid(errors=map(as_field, found[:ERRORS_TOLD]))
        imported.record()
        return ImportReport(tuple(imported.changes), (), written=True)


def add(ctx: Context, command: AddPerson) -> ImportReport:
    """Add one person, with their organisation and mandate, as a list of one row would.

    Raises:
        Invalid: something is wrong with it; its errors are named by column.
    """
    if not command.said.get(Column.EMAIL):
        raise Invalid.field(Column.EMAIL, "A person needs a mail address.")
    rows, errors = read([list(command.said), list(command.said.values())])
    with ctx.transaction() as work:
        require(work.actor, Permission.PARTICIPANT_IMPORT, Subject())
        imported = Imported(ctx, work, command.agenda_id)
        imported.take(rows, {error.row for error in errors})
        if found := (*errors, *imported.errors):
            raise Invalid(errors=[error.fault for error in found])
        if any(one.noun is Noun.PERSON and one.effect is Effect.UPDATED for one in imported.changes):
            # A list shows what it would change before it does; a form does not rename anybody in passing.
            raise Invalid.field(
                Column.EMAIL,
                "Somebody with another name has this address here. Look at the name, or the address.",
            )
        imported.record()
        return ImportReport(tuple(imported.changes), (), written=True)


def as_field(error: RowError) -> FieldError:
    """Return an error of a row as one of a field, whose name says where it stands."""
    return FieldError(f"row {error.row}, {error.column}", error.fault.template, error.fault.values)


def _read(ctx: Context, command: ImportPeople) -> tuple[Iterable[ImportRow], tuple[RowError, ...]]:
    """Return what a file says, for whoever may import it; reading it takes long, so nobody else waits for it."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.PARTICIPANT_IMPORT, Subject())
    if not command.content:
        raise Invalid.field("file", "Choose the file with your list.")
    return read(ctx.sheets.rows(command.content))
