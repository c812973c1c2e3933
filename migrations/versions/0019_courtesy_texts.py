"""The words of approved translations, kept for the very text that they are of; the last draft of each paper.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: None = None
depends_on: None = None

# What is approved today is kept as it stands, under the name that its approver's organisation has today.
_APPROVED = sa.text(
    "INSERT INTO courtesy_texts (recommendation_id, language, source, blocks, organisation, approved_at) "
    "SELECT t.recommendation_id, t.language, t.digest, t.blocks, o.name, t.approved_at FROM translations t "
    "JOIN organisations o ON o.id = t.approved_for WHERE t.state = 'approved'"
)


def upgrade() -> None:
    op.create_table(
        "courtesy_texts",
        sa.Column("recommendation_id", sa.String(length=26), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("blocks", sa.Text(), nullable=False),
        sa.Column("organisation", sa.String(length=300), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendations.id"], name=op.f("fk_courtesy_texts_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "language", "source", name=op.f("pk_courtesy_texts")),
    )
    op.execute(_APPROVED)
    op.create_table(
        "draft_papers",
        sa.Column("agenda_id", sa.String(length=26), nullable=False),
        sa.Column("state_digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_digest", sa.String(length=64)),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agenda_id"], ["agendas.id"], name=op.f("fk_draft_papers_agenda_id")),
        sa.PrimaryKeyConstraint("agenda_id", name=op.f("pk_draft_papers")),
    )


def downgrade() -> None:
    op.drop_table("draft_papers")
    op.drop_table("courtesy_texts")
