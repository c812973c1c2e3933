"""Assessments by EU services, and what each person has seen, keeps and wishes in a review.

Revision ID: 0014
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: None = None
depends_on: None = None

_ID = sa.String(length=26)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", _ID, nullable=False),
        sa.Column("agenda_id", _ID, nullable=False),
        sa.Column("recommendation_id", _ID, nullable=False),
        sa.Column("organisation_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("version_id", _ID, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "fit", _one_of("policyfit", "fits", "needs_new", "conflicts", "no_comment"), nullable=False
        ),
        sa.Column(
            "strength",
            _one_of("evidencestrength", "strong", "some", "weak", "none", "no_comment"),
            nullable=False,
        ),
        sa.Column("fit_note", sa.Text(), nullable=False),
        sa.Column("strength_note", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=300), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", _one_of("assessmentstate", "standing", "superseded", "withdrawn"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _refers("assessments", "agenda_id", "agendas"),
        _refers("assessments", "recommendation_id", "recommendations"),
        _refers("assessments", "organisation_id", "organisations"),
        _refers("assessments", "person_id", "persons"),
        _refers("assessments", "version_id", "versions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    op.create_index(op.f("ix_assessments_agenda_id"), "assessments", ["agenda_id"])
    op.create_index(op.f("ix_assessments_recommendation_id"), "assessments", ["recommendation_id"])
    op.create_index(
        "uq_assessments_one_voice",
        "assessments",
        ["recommendation_id", "organisation_id"],
        unique=True,
        sqlite_where=sa.text("state = 'standing'"),
        postgresql_where=sa.text("state = 'standing'"),
    )
    op.create_table(
        "amendment_looks",
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("amendment_id", _ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        _refers("amendment_looks", "person_id", "persons"),
        _refers("amendment_looks", "amendment_id", "amendments"),
        sa.PrimaryKeyConstraint("person_id", "amendment_id", name=op.f("pk_amendment_looks")),
    )
    op.create_index(op.f("ix_amendment_looks_amendment_id"), "amendment_looks", ["amendment_id"])
    op.create_table(
        "saved_views",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("agenda_id", _ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _refers("saved_views", "person_id", "persons"),
        _refers("saved_views", "agenda_id", "agendas"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint(
            "person_id", "agenda_id", "name", name=op.f("uq_saved_views_person_id_agenda_id_name")
        ),
    )
    op.create_table(
        "key_wishes",
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("letters", sa.Boolean(), nullable=False),
        _refers("key_wishes", "person_id", "persons"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_key_wishes")),
    )


def downgrade() -> None:
    op.drop_table("key_wishes")
    op.drop_table("saved_views")
    op.drop_table("amendment_looks")
    op.drop_table("assessments")
