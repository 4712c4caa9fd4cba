"""An area's comments lie as if they were shuffled: a digest reads the first of them, and no more."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BY_AREA = ("week", "questionnaire", "pending", "area")
BY_CHANCE = "(((response_id & 2147483647) * 1327217885) & 2147483647)"


def upgrade() -> None:
    _index(*BY_AREA, sa.text(BY_CHANCE), "response_id", "question")


def downgrade() -> None:
    _index(*BY_AREA, "response_id", "question")


def _index(*columns: str | sa.TextClause) -> None:
    op.drop_index("ix_answers_words", "answers")
    op.create_index(
        "ix_answers_words",
        "answers",
        list(columns),
        unique=False,
        sqlite_where=sa.text("words IS NOT NULL"),
        postgresql_where=sa.text("words IS NOT NULL"),
    )
