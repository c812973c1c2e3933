"""When each person last saw what happened, what they have typed and not sent, and comments on amendments.

Revision ID: 0013
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: None = None
depends_on: None = None

_ID = sa.String(length=26)


def upgrade() -> None:
    op.create_table(
        "last_visits",
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("agenda_id", _ID, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_last_visits_person_id")),
        sa.ForeignKeyConstraint(["agenda_id"], ["agendas.id"], name=op.f("fk_last_visits_agenda_id")),
        sa.PrimaryKeyConstraint("person_id", "agenda_id", name=op.f("pk_last_visits")),
    )
    op.create_table(
        "kept_forms",
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_kept_forms_person_id")),
        sa.PrimaryKeyConstraint("person_id", "place", name=op.f("pk_kept_forms")),
    )
    # A table that is made anew, as a batch would on SQLite, takes along the answers that refer to it.
    op.execute(
        "ALTER TABLE comments ADD COLUMN amendment_id VARCHAR(26) "
        "CONSTRAINT fk_comments_amendment_id REFERENCES amendments (id)"
    )
    op.create_index(op.f("ix_comments_amendment_id"), "comments", ["amendment_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_comments_amendment_id"), "comments")
    op.execute("ALTER TABLE comments DROP COLUMN amendment_id")
    op.drop_table("kept_forms")
    op.drop_table("last_visits")
