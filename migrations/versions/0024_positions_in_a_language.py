"""In which language an organisation words its position.

Revision ID: 0024
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0022"
branch_labels: None = None
depends_on: None = None

# Until now they were shown and printed as words of the agenda's language.
_AS_UNTIL_NOW = (
    "UPDATE positions SET language = (SELECT a.language FROM agendas a JOIN recommendations r ON r.agenda_id = a.id "
    "WHERE r.id = positions.recommendation_id)"
)


def upgrade() -> None:
    op.add_column("positions", sa.Column("language", sa.String(length=20), nullable=False, server_default=""))
    op.execute(_AS_UNTIL_NOW)
    with op.batch_alter_table("positions") as batch_op:
        batch_op.alter_column("language", server_default=None)


def downgrade() -> None:
    op.execute("ALTER TABLE positions DROP COLUMN language")
