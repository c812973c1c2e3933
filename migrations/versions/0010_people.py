"""Mandates that are passed on or revoked, invitations, internal comments, contributions, positions on paper.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: None = None
depends_on: None = None

_ID = sa.String(length=26)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    with op.batch_alter_table("mandates", schema=None) as batch_op:
        nature = _one_of("mandatenature", "own", "alternate", "delegated")
        batch_op.add_column(sa.Column("nature", nature, nullable=False, server_default="own"))
        batch_op.add_column(sa.Column("source_id", _ID, nullable=True))
        batch_op.add_column(sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("revoked_by", _ID, nullable=True))
        batch_op.add_column(sa.Column("revocation", sa.Text(), nullable=False, server_default=""))
        batch_op.create_foreign_key(batch_op.f("fk_mandates_source_id"), "mandates", ["source_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_mandates_revoked_by"), "persons", ["revoked_by"], ["id"])
        batch_op.create_index(batch_op.f("ix_mandates_source_id"), ["source_id"], unique=False)
    with op.batch_alter_table("mandates", schema=None) as batch_op:
        batch_op.alter_column("nature", server_default=None)
        batch_op.alter_column("revocation", server_default=None)
    op.create_table(
        "invitations",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("invited_by", _ID, nullable=True),
        sa.Column("state", _one_of("invitationstate", "sent", "accepted", "withdrawn"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times_sent", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_invitations_person_id")),
        sa.ForeignKeyConstraint(["invited_by"], ["persons.id"], name=op.f("fk_invitations_invited_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("person_id", name=op.f("uq_invitations_person_id")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        audience = _one_of("audience", "everyone", "organisation")
        batch_op.add_column(sa.Column("audience", audience, nullable=False, server_default="everyone"))
        batch_op.add_column(sa.Column("official", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.alter_column("audience", server_default=None)
        batch_op.alter_column("official", server_default=None)
        batch_op.create_index(
            "uq_comments_one_contribution",
            ["recommendation_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("official"),
            postgresql_where=sa.text("official"),
        )
    with op.batch_alter_table("positions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("on_paper", sa.String(length=500), nullable=False, server_default=""))
    with op.batch_alter_table("positions", schema=None) as batch_op:
        batch_op.alter_column("on_paper", server_default=None)


# What a release before would take for something else: a secret for public, an ended authority for a standing one.
_MISREAD = """
SELECT (SELECT count(*) FROM comments WHERE audience <> 'everyone') AS internal,
    (SELECT count(*) FROM mandates WHERE revoked_at IS NOT NULL OR nature <> 'own') AS mandates
"""


def downgrade() -> None:
    internal, mandates = op.get_bind().execute(sa.text(_MISREAD)).one()
    if internal or mandates:
        message = (
            "The release before would show internal comments to everyone, and take mandates that were revoked or "
            f"passed on for standing ones. Internal comments: {internal}; such mandates: {mandates}."
        )
        raise RuntimeError(message)
    with op.batch_alter_table("positions", schema=None) as batch_op:
        batch_op.drop_column("on_paper")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index("uq_comments_one_contribution")
        batch_op.drop_constraint(batch_op.f("ck_comments_audience"), type_="check")
        batch_op.drop_column("official")
        batch_op.drop_column("audience")
    op.drop_table("invitations")
    with op.batch_alter_table("mandates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mandates_source_id"))
        batch_op.drop_constraint(batch_op.f("fk_mandates_revoked_by"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_mandates_source_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_mandates_mandatenature"), type_="check")
        batch_op.drop_column("revocation")
        batch_op.drop_column("revoked_by")
        batch_op.drop_column("revoked_at")
        batch_op.drop_column("source_id")
        batch_op.drop_column("nature")
