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

# What a release before would take for words of the agenda's language.
_FOREIGN = sa.text(
    "SELECT COUNT(*) FROM amendments m JOIN recommendations r ON r.id = m.recommendation_id "
    "JOIN agendas a ON a.id = r.agenda_id WHERE COALESCE(m.decision_language, a.language) <> a.language"
)


def upgrade() -> None:
    op.add_column("amendments", sa.Column("decision_language", sa.String(length=20)))


def downgrade() -> None:
    if left := op.get_bind().execute(_FOREIGN).scalar_one():
        raise RuntimeError(
            "The release before has no place for what is kept. "
            f"Reasons of decisions in another language than their agenda’s: {left}."
        )
    op.execute("ALTER TABLE amendments DROP COLUMN decision_language")
