"""Which amendment another one replaces.

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    # A table that is made anew, as a batch would on SQLite, takes along the claims that refer to it.
    op.execute(
        "ALTER TABLE amendments ADD COLUMN replaces_id VARCHAR(26) "
        "CONSTRAINT fk_amendments_replaces_id REFERENCES amendments (id)"
    )
    op.create_index(op.f("ix_amendments_replaces_id"), "amendments", ["replaces_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_amendments_replaces_id"), "amendments")
    op.execute("ALTER TABLE amendments DROP COLUMN replaces_id")
