"""Renditions of editions, kept as they were made.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "kept_renditions",
        sa.Column("edition_id", sa.String(length=26), nullable=False),
        sa.Column("form", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64)),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_kept_renditions_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", "form", "language", name=op.f("pk_kept_renditions")),
    )


def downgrade() -> None:
    op.drop_table("kept_renditions")
