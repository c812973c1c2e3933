"""Translations of recommendations; the order of the shared list of lessons, and why each stands there.

Revision ID: 0016
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: None = None
depends_on: None = None


# Until now the list was printed by the numbers of its lessons.
_RANKS = sa.text(
    "UPDATE lessons SET rank = (SELECT COUNT(*) FROM lessons AS other WHERE other.agenda_id = lessons.agenda_id "
    "AND other.state = 'shortlisted' AND other.number <= lessons.number) WHERE state = 'shortlisted'"
)


def upgrade() -> None:
    with op.batch_alter_table("lessons", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rank", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("lessons", schema=None) as batch_op:
        batch_op.alter_column("reason", server_default=None)
    op.execute(_RANKS)
    op.create_table(
        "translations",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("agenda_id", sa.String(length=26), nullable=False),
        sa.Column("recommendation_id", sa.String(length=26), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("version_id", sa.String(length=26), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("blocks", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "machine",
                "human",
                "approved",
                name="translationstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("approved_by", sa.String(length=26)),
        sa.Column("approved_for", sa.String(length=26)),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agenda_id"], ["agendas.id"], name=op.f("fk_translations_agenda_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendations.id"], name=op.f("fk_translations_recommendation_id")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_translations_version_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_translations_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_translations_person_id")),
        sa.ForeignKeyConstraint(["approved_by"], ["persons.id"], name=op.f("fk_translations_approved_by")),
        sa.ForeignKeyConstraint(
            ["approved_for"], ["organisations.id"], name=op.f("fk_translations_approved_for")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translations")),
        sa.UniqueConstraint(
            "recommendation_id", "language", name=op.f("uq_translations_recommendation_id_language")
        ),
    )
    op.create_index(op.f("ix_translations_agenda_id"), "translations", ["agenda_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_translations_agenda_id"), table_name="translations")
    op.drop_table("translations")
    with op.batch_alter_table("lessons", schema=None) as batch_op:
        batch_op.drop_column("reason")
        batch_op.drop_column("rank")
