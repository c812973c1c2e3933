"""The places that amendments lay claim to.

Revision ID: 0002
Revises: 0001
"""

import json

import sqlalchemy as sa
from alembic import op

from service.domain.text import Place, blocks_from_json, diff, operations_from_json, reach

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: None = None
depends_on: None = None

STANDING = ("tabled", "admissible", "under_examination", "accepted", "accepted_modified")
AT_ONCE = 500


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
    with op.batch_alter_table("amendment_claims", schema=None) as batch_op:
        batch_op.drop_index("ix_amendment_claims_place")
    op.drop_table("amendment_claims")


def _fill(connection: sa.Connection, claims: sa.Table) -> None:
    """Write the claims of the amendments that stand, some at a time."""
    versions = sa.table("versions", sa.column("id"), sa.column("blocks"))
    amendments = sa.table(
        "amendments",
        *(sa.column(name) for name in ("id", "base_version_id", "operations", "decided_blocks")),
        sa.column("state"),
        sa.column("incorporated_in"),
    )
    query = (
        sa.select(
            amendments.c.id,
            amendments.c.base_version_id,
            amendments.c.operations,
            amendments.c.decided_blocks,
            versions.c.blocks,
        )
        .join(versions, versions.c.id == amendments.c.base_version_id)
        .where(amendments.c.state.in_(STANDING), amendments.c.incorporated_in.is_(None))
        .order_by(amendments.c.id)
        .limit(AT_ONCE)
    )
    last = ""
    while found := connection.execute(query.where(amendments.c.id > last)).all():
        last = found[-1].id
        rows = [
            {
                "amendment_id": row.id,
                "position": position,
                "version_id": row.base_version_id,
                "block_id": block,
                "start": start,
                "end": end,
            }
            for row in found
            for position, (block, start, end) in enumerate(
                _places(row.blocks, row.operations, row.decided_blocks)
            )
        ]
        connection.execute(sa.insert(claims), rows)


def _places(blocks: str, operations: str, decided_blocks: str | None) -> tuple[Place, ...]:
    base = blocks_from_json(json.loads(blocks))
    if decided_blocks is None:
        return reach(base, operations_from_json(json.loads(operations)))
    return reach(base, diff(base, blocks_from_json(json.loads(decided_blocks))))
