"""The index of answers with words holds all by which a digest chooses among them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _index("week", "questionnaire", "pending", "area", "response_id", "question")


def downgrade() -> None:
    _index("week")


def _index(*columns: str) -> None:
    op.drop_index("ix_answers_words", "answers")
    op.create_index(
        "ix_answers_words",
        "answers",
        list(columns),
        unique=False,
        sqlite_where=sa.text("words IS NOT NULL"),
        postgresql_where=sa.text("words IS NOT NULL"),
    )
