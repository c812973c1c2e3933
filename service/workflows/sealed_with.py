"""Under which certificates the facility has published: of whom a file that somebody hands in has to be."""

import logging
from dataclasses import replace

from service.domain.permissions import Permission, Subject, require, visible_to
from service.store import files
from service.store.queries import seals
from service.store.queries.seals import Unnoted
from service.workflows.context import Context

LOG = logging.getLogger(__name__)


def certificates(ctx: Context) -> frozenset[str]:
    """Return the certificates (SHA-256, in hex) under which papers were published here."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return seals.certificates(reader.connection)


def note(ctx: Context) -> None:
    """Note under which certificate papers were sealed that were published before reports told it.

    One that cannot be read now is told to the log and looked at again the next time; it keeps no other from its turn.
    """
    with ctx.reading() as reader:
        require(reader.actor, Permission.JOB_RUN, Subject())
        unnoted = seals.unnoted(reader.connection)
    for one in unnoted:
        try:
            _note(ctx, one)
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with one paper is not wrong with the others
            LOG.warning("certificate of edition %s: %s: %s", one.edition_id, type(fault).__name__, str(fault))


def _note(ctx: Context, one: Unnoted) -> None:
    with ctx.reading() as reader:
        content = files.content_of(reader.connection, one.file_digest)
    if certificate := ctx.sealer.certificate_in(content):
        with ctx.transaction() as work:
            require(work.actor, Permission.JOB_RUN, Subject())
            report = seals.report_of(work.connection, one)
            if report is not None:
                seals.note(work.connection, one, replace(report, certificate=certificate))
