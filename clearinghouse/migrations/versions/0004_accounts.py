"""accounts, the audit trail, the outbox, checks of sources and reports of wrong adverts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from clearinghouse.dialect import append_only, drop_append_only

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
        sa.UniqueConstraint("key", name="uq_mail_key"),
        sa.UniqueConstraint("message_id", name="uq_mail_message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mail_due_at", "mail", ["due_at"], unique=False)
    op.create_index("ix_mail_sent_at", "mail", ["sent_at"], unique=False)
    op.create_table(
        "sign_in_lane",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_sign_in_lane"),
    )
    op.create_index("ix_sign_in_lane_last", "sign_in_lane", ["last"], unique=False)
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_secret", sa.Text(), nullable=True),
        sa.Column("code_step", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_user_account"),
        sa.UniqueConstraint("email", name="uq_user_account_email"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "account_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_account_link_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account_link"),
        sa.UniqueConstraint("digest", name="uq_account_link_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_account_link_user_id", "account_link", ["user_id"], unique=False)
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("details", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_audit_event_organisation_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_audit_event_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_event_about", "audit_event", ["about"], unique=False)
    op.create_index("ix_audit_event_at", "audit_event", ["at"], unique=False)
    op.create_index("ix_audit_event_organisation_id", "audit_event", ["organisation_id"], unique=False)
    op.create_index("ix_audit_event_tag_at", "audit_event", ["tag", "at"], unique=False)
    op.create_index("ix_audit_event_user_id", "audit_event", ["user_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_membership_organisation_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_membership_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.UniqueConstraint("user_id", "role", "organisation_id", name="uq_membership_user_id_role_organisation_id"),
    )
    op.create_index("ix_membership_organisation_id", "membership", ["organisation_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_recovery_code_user_id"),
        sa.PrimaryKeyConstraint("digest", name="pk_recovery_code"),
    )
    op.create_index("ix_recovery_code_user_id", "recovery_code", ["user_id"], unique=False)
    op.create_table(
        "signed_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("strong", sa.Boolean(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_signed_in_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_signed_in"),
        sa.UniqueConstraint("digest", name="uq_signed_in_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_signed_in_user_id", "signed_in", ["user_id"], unique=False)
    op.create_table(
        "advert_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("wrong", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_advert_report_organisation_id"),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name="fk_advert_report_vacancy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_advert_report"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_advert_report_closed_at", "advert_report", ["closed_at"], unique=False)
    op.create_index("ix_advert_report_organisation_id", "advert_report", ["organisation_id"], unique=False)
    op.create_index("ix_advert_report_vacancy_id", "advert_report", ["vacancy_id"], unique=False)
    op.create_table(
        "source_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("compared", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.slug"], name="fk_source_check_source"),
        sa.PrimaryKeyConstraint("id", name="pk_source_check"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_source_check_source", "source_check", ["source"], unique=False)
    op.add_column("organisation", sa.Column("agreed_on", sa.Date(), nullable=True))
    op.add_column("organisation", sa.Column("agreed_by", sa.String(), nullable=True))
    op.add_column("organisation", sa.Column("terms", sa.String(), nullable=True))
    op.add_column("organisation", sa.Column("licence", sa.String(), nullable=True))
    op.add_column("organisation", sa.Column("takedown_contact", sa.String(), nullable=True))
    op.add_column("organisation", sa.Column("links_set_at", sa.DateTime(timezone=True), nullable=True))
    append_only(op.get_bind(), "audit_event")


def downgrade() -> None:
    drop_append_only(op.get_bind(), "audit_event")
    for column in ("agreed_on", "agreed_by", "terms", "licence", "takedown_contact", "links_set_at"):
        op.drop_column("organisation", column)
    for table in (
        "source_check",
        "advert_report",
        "signed_in",
        "recovery_code",
        "membership",
        "audit_event",
        "account_link",
        "user_account",
        "sign_in_lane",
        "mail",
    ):
        op.drop_table(table)
