"""Confirmations of exactly what is said, by links of exactly that; and the documents that mandates rest on.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    with op.batch_alter_table("confirmations") as confirmations:
        confirmations.add_column(
            sa.Column("content", sa.String(length=64), nullable=False, server_default="")
        )
    with op.batch_alter_table("confirmations") as confirmations:
        confirmations.alter_column("content", server_default=None)
    with op.batch_alter_table("links") as links:
        links.add_column(sa.Column("confirmation_id", sa.String(length=26)))
        links.create_foreign_key(
            op.f("fk_links_confirmation_id"),
            "confirmations",
            ["confirmation_id"],
            ["id"],
            ondelete="CASCADE",
        )
        links.create_index(op.f("ix_links_confirmation_id"), ["confirmation_id"])
    op.create_table(
        "mandate_documents",
        sa.Column("mandate_id", sa.String(length=26), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.String(length=26)),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandates.id"], name=op.f("fk_mandate_documents_mandate_id")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["persons.id"], name=op.f("fk_mandate_documents_added_by")),
        sa.PrimaryKeyConstraint("mandate_id", name=op.f("pk_mandate_documents")),
    )
    op.create_index(op.f("ix_mandate_documents_digest"), "mandate_documents", ["digest"])


def downgrade() -> None:
    op.drop_index(op.f("ix_mandate_documents_digest"), table_name="mandate_documents")
    op.drop_table("mandate_documents")
    with op.batch_alter_table("links") as links:
        links.drop_index(op.f("ix_links_confirmation_id"))
        links.drop_constraint(op.f("fk_links_confirmation_id"), type_="foreignkey")
        links.drop_column("confirmation_id")
    op.drop_column("confirmations", "content")
