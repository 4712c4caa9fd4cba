"""A pinned notice tells by `stops_ratings` whether grades and questionnaires stop."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("pinned_notices", "stops_surveys", new_column_name="stops_ratings")


def downgrade() -> None:
    op.alter_column("pinned_notices", "stops_ratings", new_column_name="stops_surveys")
