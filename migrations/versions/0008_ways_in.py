"""Ways in: links and counters; sessions that can be told apart. Whoever was signed in signs in once more.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: None = None
depends_on: None = None

ID, DIGEST, MOMENT = sa.String(length=26), sa.String(length=64), sa.DateTime(timezone=True)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.drop_table("sessions")
    op.create_table(
        "sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("secret_digest", DIGEST, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column(
            "door", one_of("door", "demo", "link", "invitation", "passkey", "provider"), nullable=False
        ),
        sa.Column("browser", sa.String(length=60), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_sessions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_sessions_secret_digest")),
    )
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"])
    op.create_table(
        "confirmations",
        sa.Column("id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("object_id", ID, nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("given_at", MOMENT, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_confirmations_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
    )
    op.create_index(op.f("ix_confirmations_session_id"), "confirmations", ["session_id"])
    op.create_table(
        "links",
        sa.Column("secret_digest", DIGEST, nullable=False),
        sa.Column("purpose", one_of("linkpurpose", "sign_in", "invitation", "confirm"), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_links_person_id")),
        sa.PrimaryKeyConstraint("secret_digest", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_person_id"), "links", ["person_id"])
    with op.batch_alter_table("tokens") as tokens:
        tokens.add_column(sa.Column("name", sa.String(length=100), nullable=True))
        tokens.add_column(sa.Column("revoked_at", MOMENT, nullable=True))
    op.execute("UPDATE tokens SET name = ''")
    with op.batch_alter_table("tokens") as tokens:
        tokens.alter_column("name", existing_type=sa.String(length=100), nullable=False)
    op.create_table(
        "linked_accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_linked_accounts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_accounts")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_linked_accounts_issuer_subject")),
    )
    op.create_index(op.f("ix_linked_accounts_person_id"), "linked_accounts", ["person_id"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("state_digest", DIGEST, nullable=False),
        sa.Column("browser_digest", DIGEST, nullable=False),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_sign_in_attempts_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("state_digest", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index(op.f("ix_sign_in_attempts_session_id"), "sign_in_attempts", ["session_id"])
    op.create_table(
        "allowances",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("subject", DIGEST, nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", "subject", name=op.f("pk_allowances")),
    )
    op.create_index("ix_allowances_ends_at", "allowances", ["ends_at"])


def downgrade() -> None:
    # A release before knows of no revoked tokens, so they go.
    op.execute("DELETE FROM tokens WHERE revoked_at IS NOT NULL")
    with op.batch_alter_table("tokens") as tokens:
        tokens.drop_column("revoked_at")
        tokens.drop_column("name")
    op.drop_table("allowances")
    op.drop_table("sign_in_attempts")
    op.drop_table("linked_accounts")
    op.drop_table("links")
    op.drop_table("confirmations")
    op.drop_table("sessions")
    op.create_table(
        "sessions",
        sa.Column("secret_digest", DIGEST, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_sessions_person_id")),
        sa.PrimaryKeyConstraint("secret_digest", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"])
