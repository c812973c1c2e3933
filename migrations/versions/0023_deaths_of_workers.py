"""Who holds a job, and how many of its attempts ended with their worker.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    for column in (
        sa.Column("deaths", sa.Integer(), nullable=False, server_default="0"),
        # Nobody can see whether the workers of the release before are there: their leases run out.
        sa.Column("holder", sa.String(length=120), nullable=False, server_default=""),
    ):
        with op.batch_alter_table("jobs", schema=None) as batch_op:
            batch_op.add_column(column)
        with op.batch_alter_table("jobs", schema=None) as batch_op:
            batch_op.alter_column(column.name, server_default=None)


def downgrade() -> None:
    for column in ("holder", "deaths"):
        with op.batch_alter_table("jobs", schema=None) as batch_op:
            batch_op.drop_column(column)
