"""When a deadline was set, and which warnings of it were given.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.add_column("agendas", sa.Column("deadline_set_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "reminders",
        sa.Column("agenda_id", sa.String(length=26), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agenda_id"], ["agendas.id"], name=op.f("fk_reminders_agenda_id")),
        sa.PrimaryKeyConstraint("agenda_id", "phase", "closes_at", "hours", name=op.f("pk_reminders")),
    )


def downgrade() -> None:
    op.drop_table("reminders")
    op.drop_column("agendas", "deadline_set_at")
