"""Which version of a recommendation each person saw last.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "last_looks",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("recommendation_id", sa.String(length=26), nullable=False),
        sa.Column("version_id", sa.String(length=26), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_last_looks_person_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendations.id"], name=op.f("fk_last_looks_recommendation_id")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_last_looks_version_id")),
        sa.PrimaryKeyConstraint("person_id", "recommendation_id", name=op.f("pk_last_looks")),
    )


def downgrade() -> None:
    op.drop_table("last_looks")
