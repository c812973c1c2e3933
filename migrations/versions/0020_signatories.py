"""Who is to sign an edition, and what each of them did about it.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "edition_signatories",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("agenda_id", sa.String(length=26), nullable=False),
        sa.Column("edition_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("organisation_id", sa.String(length=26), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "awaited",
                "signed",
                "declined",
                "taken_off",
                name="signatorystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("acted_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agenda_id"], ["agendas.id"], name=op.f("fk_edition_signatories_agenda_id")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_edition_signatories_edition_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_edition_signatories_person_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_edition_signatories_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_signatories")),
        sa.UniqueConstraint(
            "edition_id", "person_id", name=op.f("uq_edition_signatories_edition_id_person_id")
        ),
    )
    op.create_index(op.f("ix_edition_signatories_person_id"), "edition_signatories", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_edition_signatories_person_id"), table_name="edition_signatories")
    op.drop_table("edition_signatories")
