"""the clicks on apply buttons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "apply_click",
        sa.Column("vacancy_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name="fk_apply_click_vacancy_id"),
        sa.PrimaryKeyConstraint("vacancy_id", "day", name="pk_apply_click"),
    )


def downgrade() -> None:
    op.drop_table("apply_click")
