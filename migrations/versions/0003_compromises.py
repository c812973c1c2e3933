"""What compromises cover, and from which wording each later wording of an amendment was made.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: None = None
depends_on: None = None

_PARENTS = """
UPDATE amendment_revisions SET parent_id = (
    SELECT earlier.id FROM amendment_revisions AS earlier
    WHERE earlier.amendment_id = amendment_revisions.amendment_id
    AND earlier.number = amendment_revisions.number - 1
)
"""


def upgrade() -> None:
    op.create_table(
        "amendment_covers",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("compromise_id", sa.String(length=26), nullable=False),
        sa.Column("covered_id", sa.String(length=26), nullable=False),
        sa.Column("fell", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["compromise_id"], ["amendments.id"], name=op.f("fk_amendment_covers_compromise_id")
        ),
        sa.ForeignKeyConstraint(
            ["covered_id"], ["amendments.id"], name=op.f("fk_amendment_covers_covered_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment_covers")),
        sa.UniqueConstraint(
            "compromise_id", "covered_id", name=op.f("uq_amendment_covers_compromise_id_covered_id")
        ),
    )
    with op.batch_alter_table("amendment_covers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_amendment_covers_covered_id"), ["covered_id"], unique=False)
    with op.batch_alter_table("amendment_revisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parent_id", sa.String(length=26), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_amendment_revisions_parent_id"), "amendment_revisions", ["parent_id"], ["id"]
        )
    op.execute(_PARENTS)


def downgrade() -> None:
    with op.batch_alter_table("amendment_revisions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_amendment_revisions_parent_id"), type_="foreignkey")
        batch_op.drop_column("parent_id")
    with op.batch_alter_table("amendment_covers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_amendment_covers_covered_id"))

    op.drop_table("amendment_covers")
