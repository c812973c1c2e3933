"""In which language the reason of a decision on an amendment is.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.add_column("amendments", sa.Column("decision_language", sa.String(length=20)))


def downgrade() -> None:
    op.execute("ALTER TABLE amendments DROP COLUMN decision_language")
