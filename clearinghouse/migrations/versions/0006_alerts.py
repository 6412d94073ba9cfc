"""saved searches; mails with an HTML part and headers, text messages, and what became of them at Notify."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail", sa.Column("channel", sa.String(length=40), nullable=False, server_default="email"))
    op.add_column("mail", sa.Column("html", sa.Text(), nullable=True))
    op.add_column("mail", sa.Column("headers", sa.Text(), nullable=True))
    op.add_column("mail", sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_mail_refused_at", "mail", ["refused_at"], unique=False)
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("sameness", sa.String(length=64), nullable=True),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("often", sa.String(length=40), nullable=False),
        sa.Column("reveals", sa.Boolean(), nullable=False),
        sa.Column("notice", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(length=40), nullable=True),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("bookmark", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("renew_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name="fk_saved_search_mail_id_mail", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_search"),
        sa.UniqueConstraint("public_id", name="uq_saved_search_public_id"),
        sa.UniqueConstraint("sameness", name="uq_saved_search_sameness"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_saved_search_address_digest", "saved_search", ["address_digest"], unique=False)
    op.create_index("ix_saved_search_due_at", "saved_search", ["due_at"], unique=False)
    op.create_index("ix_saved_search_mail_id", "saved_search", ["mail_id"], unique=False)
    op.create_table(
        "alert_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert_mark"),
    )


def downgrade() -> None:
    op.drop_table("alert_mark")
    op.drop_table("saved_search")
    op.execute("delete from mail where kind like 'alert%'")  # kinds that the version before can't read
    op.drop_index("ix_mail_refused_at", "mail")
    for column in ("refused_at", "headers", "html", "channel"):
        op.drop_column("mail", column)
