"""The places that amendments lay claim to, and their operations as this release tells them.

Since this release a paragraph can be split and joined. Amendments from before say the same as a deletion beside an
insertion, and would collide with what says it anew; so what stands, or can come to stand again, is told anew too.
What is part of a version already stays as it was told.

An older release cannot read splits and joins: as long as an amendment holds one, there is no way back.

Revision ID: 0002
Revises: 0001
"""

import json

import sqlalchemy as sa
from alembic import op

from service.domain.text import (
    Block,
    Operation,
    blocks_from_json,
    canonical_json,
    diff,
    operations_to_json,
    reach,
)

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: None = None
depends_on: None = None

STANDING = ("tabled", "admissible", "under_examination", "accepted", "accepted_modified")
NEWER = ("split_block", "join_block")
AT_ONCE = 500

versions = sa.table("versions", sa.column("id"), sa.column("blocks"))
amendments = sa.table(
    "amendments",
    *(sa.column(name) for name in ("id", "base_version_id", "blocks", "operations", "decided_blocks")),
    sa.column("state"),
    sa.column("incorporated_in"),
)


def upgrade() -> None:
    claims = op.create_table(
        "amendment_claims",
        sa.Column("amendment_id", sa.String(length=26), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.String(length=26), nullable=False),
        sa.Column("block_id", sa.String(length=64), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"],
            ["amendments.id"],
            name=op.f("fk_amendment_claims_amendment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_amendment_claims_version_id")),
        sa.PrimaryKeyConstraint("amendment_id", "position", name=op.f("pk_amendment_claims")),
    )
    with op.batch_alter_table("amendment_claims", schema=None) as batch_op:
        batch_op.create_index("ix_amendment_claims_place", ["version_id", "block_id", "start"], unique=False)
    _fill(op.get_bind(), claims)


def downgrade() -> None:
    _refuse_what_is_newer(op.get_bind())
    with op.batch_alter_table("amendment_claims", schema=None) as batch_op:
        batch_op.drop_index("ix_amendment_claims_place")
    op.drop_table("amendment_claims")


def _refuse_what_is_newer(connection: sa.Connection) -> None:
    # Quotation marks within a text are escaped, so no text can look like this.
    holds = (amendments.c.operations.contains(f'"op":"{name}"', autoescape=True) for name in NEWER)
    count = connection.scalars(sa.select(sa.func.count()).select_from(amendments).where(sa.or_(*holds))).one()
    if count:
        raise RuntimeError(
            f"Amendments that split or join paragraphs: {count}. An older release cannot read them. "
            "Go back to a backup from before the upgrade instead. Nothing was changed."
        )


def _fill(connection: sa.Connection, claims: sa.Table) -> None:
    """Tell amendments anew, and write the claims of those that stand, some at a time."""
    query = (
        sa.select(
            amendments.c.id,
            amendments.c.base_version_id,
            amendments.c.blocks,
            amendments.c.operations,
            amendments.c.decided_blocks,
            amendments.c.state,
            versions.c.blocks.label("base"),
        )
        .join(versions, versions.c.id == amendments.c.base_version_id)
        .where(amendments.c.incorporated_in.is_(None))
        .order_by(amendments.c.id)
        .limit(AT_ONCE)
    )
    renew = (
        sa.update(amendments)
        .where(amendments.c.id == sa.bindparam("of"))
        .values(operations=sa.bindparam("anew"))
    )
    last = ""
    while found := connection.execute(query.where(amendments.c.id > last)).all():
        last = found[-1].id
        renewed: list[dict[str, object]] = []
        rows: list[dict[str, object]] = []
        for row in found:
            base = _blocks(row.base)
            operations = diff(base, _blocks(row.blocks))
            anew = canonical_json(operations_to_json(operations))
            if anew != row.operations:
                renewed.append({"of": row.id, "anew": anew})
            if row.state in STANDING:
                decided = row.decided_blocks
                standing = operations if decided is None else diff(base, _blocks(decided))
                rows += _claims(row.id, row.base_version_id, base, standing)
        if renewed:
            connection.execute(renew, renewed)
        if rows:
            connection.execute(sa.insert(claims), rows)


def _blocks(written: str) -> tuple[Block, ...]:
    return blocks_from_json(json.loads(written))


def _claims(
    amendment_id: str, version_id: str, base: tuple[Block, ...], operations: tuple[Operation, ...]
) -> list[dict[str, object]]:
    return [
        {
            "amendment_id": amendment_id,
            "position": position,
            "version_id": version_id,
            "block_id": block,
            "start": start,
            "end": end,
        }
        for position, (block, start, end) in enumerate(reach(base, operations))
    ]
