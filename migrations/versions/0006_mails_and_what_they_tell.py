"""The outbox of mails, how readers wish to be told, how far each record was told, and when jobs ended.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: None = None
depends_on: None = None

_STATES = ("waiting", "sent", "kept", "failed", "collected", "digested", "unwanted")
_FREQUENCIES = ("at_once", "daily", "off")


def upgrade() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("thread", sa.String(length=26), nullable=True),
        sa.Column("link", sa.String(length=40), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="mailstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("message_id", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_mails_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.create_index("ix_mails_person_id_id", ["person_id", "id"], unique=False)
        batch_op.create_index("ix_mails_state_id", ["state", "id"], unique=False)
        batch_op.create_index("ix_mails_thread_address", ["thread", "address"], unique=False)
    op.create_table(
        "notification_wishes",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum(*_FREQUENCIES, name="frequency", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_notification_wishes_person_id")),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_notification_wishes")),
    )
    op.create_table(
        "notification_cursors",
        sa.Column("scope", sa.String(length=26), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_notification_cursors")),
    )
    op.create_table(
        "mail_keys",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_keys")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE jobs SET ended_at = run_at WHERE state IN ('done', 'failed')")
    # What happened before nobody waits to be told of.
    op.execute("INSERT INTO notification_cursors (scope, sequence) SELECT scope, size FROM record_heads")


def downgrade() -> None:
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_column("ended_at")
    op.drop_table("mail_keys")
    op.drop_table("notification_cursors")
    op.drop_table("notification_wishes")
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.drop_index("ix_mails_thread_address")
        batch_op.drop_index("ix_mails_state_id")
        batch_op.drop_index("ix_mails_person_id_id")
    op.drop_table("mails")
