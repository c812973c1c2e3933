"""Which blocks of a version came from others; of versions that were made before, nothing is said.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lineage", sa.Text(), nullable=False, server_default="{}"))
    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.alter_column("lineage", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.drop_column("lineage")
