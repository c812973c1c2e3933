"""Files of papers that were replaced by renewed ones, and warnings of the end of a certificate.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "former_files",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("edition_id", sa.String(length=26), nullable=False),
        sa.Column("verification", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_former_files_edition_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_former_files")),
    )
    with op.batch_alter_table("former_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_files_edition_id"), ["edition_id"], unique=False)
    op.create_table(
        "seal_warnings",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", "ends_at", "days", name=op.f("pk_seal_warnings")),
    )


def downgrade() -> None:
    op.drop_table("seal_warnings")
    op.drop_table("former_files")
