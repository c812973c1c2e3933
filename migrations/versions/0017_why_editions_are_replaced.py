"""Why an edition replaces the one before, and why and when one was withdrawn.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: None = None
depends_on: None = None

_REASONS = ("reason", "withdrawn_because")


def upgrade() -> None:
    with op.batch_alter_table("editions", schema=None) as batch_op:
        for name in _REASONS:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("editions", schema=None) as batch_op:
        for name in _REASONS:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("editions", schema=None) as batch_op:
        for name in ("withdrawn_at", *reversed(_REASONS)):
            batch_op.drop_column(name)
