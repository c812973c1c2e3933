"""Translations of lessons; in which language people wrote; what was put right after publication.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: None = None
depends_on: None = None

# Until now these were shown and printed as words of the agenda's language; of comments nobody said anything.
_LANGUAGES = (
    sa.text(
        "UPDATE lessons SET language = (SELECT a.language FROM agendas a WHERE a.id = lessons.agenda_id)"
    ),
    sa.text(
        "UPDATE evidence SET language = (SELECT a.language FROM agendas a WHERE a.id = evidence.agenda_id)"
    ),
)
_COURTESIES = sa.text(
    "INSERT INTO kept_courtesies (translation_id, source, language, blocks, organisation, approved_at) "
    "SELECT t.id, c.source, c.language, c.blocks, c.organisation, c.approved_at FROM courtesy_texts c "
    "JOIN translations t ON t.recommendation_id = c.recommendation_id AND t.language = c.language"
)
_COURTESIES_BACK = sa.text(
    "INSERT INTO kept_courtesies (recommendation_id, language, source, blocks, organisation, approved_at) "
    "SELECT t.recommendation_id, c.language, c.source, c.blocks, c.organisation, c.approved_at "
    "FROM courtesy_texts c JOIN translations t ON t.id = c.translation_id"
)
# To a release before, words are in their agenda's language: it would have those in another read aloud as such.
_IN_OTHERS = (
    "lessons l JOIN agendas a ON a.id = l.agenda_id",
    "evidence l JOIN agendas a ON a.id = l.agenda_id",
    "comments l JOIN agendas a ON a.id = l.agenda_id",
    "replies l JOIN comments c ON c.id = l.comment_id JOIN agendas a ON a.id = c.agenda_id",
    "positions l JOIN recommendations r ON r.id = l.recommendation_id JOIN agendas a ON a.id = r.agenda_id",
)
_FOREIGN = " + ".join(
    f"(SELECT COUNT(*) FROM {rows} WHERE COALESCE(l.language, '') NOT IN ('', a.language))"  # noqa: S608  the tables are named above
    for rows in _IN_OTHERS
)
# What a release before has no place for.
_LEFT = {
    "lessons, evidence, comments, answers and positions in another language than their agenda’s": sa.text(
        f"SELECT {_FOREIGN}"
    ),
    "translations of lessons": sa.text("SELECT COUNT(*) FROM translations WHERE lesson_id IS NOT NULL"),
    "corrections": sa.text("SELECT COUNT(*) FROM corrections"),
}


def upgrade() -> None:
    for table in ("comments", "replies", "positions"):
        op.add_column(table, sa.Column("language", sa.String(length=20)))
    for table in ("lessons", "evidence"):
        _add(table, sa.Column("language", sa.String(length=20), nullable=False, server_default=""))
    _add("lessons", sa.Column("wording", sa.Integer(), nullable=False, server_default="1"))
    for statement in _LANGUAGES:
        op.execute(statement)
    op.create_table(
        "corrections",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("agenda_id", sa.String(length=26), nullable=False),
        sa.Column("lesson_id", sa.String(length=26)),
        sa.Column("evidence_id", sa.String(length=26)),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agenda_id"], ["agendas.id"], name=op.f("fk_corrections_agenda_id")),
        sa.ForeignKeyConstraint(["lesson_id"], ["lessons.id"], name=op.f("fk_corrections_lesson_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_corrections_evidence_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_corrections_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint("lesson_id", "number", name=op.f("uq_corrections_lesson_id_number")),
        sa.UniqueConstraint("evidence_id", "number", name=op.f("uq_corrections_evidence_id_number")),
    )
    op.create_index(op.f("ix_corrections_agenda_id"), "corrections", ["agenda_id"])
    with op.batch_alter_table("translations", schema=None) as batch_op:
        batch_op.alter_column("recommendation_id", existing_type=sa.String(length=26), nullable=True)
        batch_op.alter_column("version_id", existing_type=sa.String(length=26), nullable=True)
        batch_op.add_column(sa.Column("lesson_id", sa.String(length=26)))
        batch_op.add_column(sa.Column("source", sa.Text()))
        batch_op.create_foreign_key(batch_op.f("fk_translations_lesson_id"), "lessons", ["lesson_id"], ["id"])
        batch_op.create_unique_constraint(
            batch_op.f("uq_translations_lesson_id_language"), ["lesson_id", "language"]
        )
    op.create_table(
        "kept_courtesies",
        sa.Column("translation_id", sa.String(length=26), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        *_words(),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translations.id"], name=op.f("fk_courtesy_texts_translation_id")
        ),
        sa.PrimaryKeyConstraint("translation_id", "source", name=op.f("pk_kept_courtesies")),
    )
    _put_in_its_place(_COURTESIES)


def downgrade() -> None:
    connection = op.get_bind()
    left = {what: connection.execute(count).scalar_one() for what, count in _LEFT.items()}
    if any(left.values()):
        told = "; ".join(f"{what}: {count}" for what, count in left.items() if count)
        raise RuntimeError(f"The release before has no place for what is kept. {told[0].upper()}{told[1:]}.")
    op.create_table(
        "kept_courtesies",
        sa.Column("recommendation_id", sa.String(length=26), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        *_words(),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendations.id"], name=op.f("fk_courtesy_texts_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "language", "source", name=op.f("pk_kept_courtesies")),
    )
    _put_in_its_place(_COURTESIES_BACK)
    with op.batch_alter_table("translations", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_translations_lesson_id_language"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_translations_lesson_id"), type_="foreignkey")
        batch_op.drop_column("source")
        batch_op.drop_column("lesson_id")
        batch_op.alter_column("version_id", existing_type=sa.String(length=26), nullable=False)
        batch_op.alter_column("recommendation_id", existing_type=sa.String(length=26), nullable=False)
    op.drop_index(op.f("ix_corrections_agenda_id"), table_name="corrections")
    op.drop_table("corrections")
    for table, column in (("lessons", "wording"), ("evidence", "language"), ("lessons", "language")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
    for table in ("positions", "replies", "comments"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN language")


def _add(table: str, column: "sa.Column[str] | sa.Column[int]") -> None:
    """Add a column, with something in the rows that are there, and no default for those to come."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.add_column(column)
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.alter_column(column.name, server_default=None)


def _words() -> tuple["sa.Column[object]", ...]:
    return (
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("blocks", sa.Text(), nullable=False),
        sa.Column("organisation", sa.String(length=300), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
    )


def _put_in_its_place(moving: sa.TextClause) -> None:
    """Move the kept words into the table that was made for them, which then takes the name of the one before."""
    op.execute(moving)
    op.drop_table("courtesy_texts")
    op.rename_table("kept_courtesies", "courtesy_texts")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE courtesy_texts RENAME CONSTRAINT pk_kept_courtesies TO pk_courtesy_texts")
