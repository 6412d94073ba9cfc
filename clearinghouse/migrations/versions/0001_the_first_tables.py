"""the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crawl_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_crawl_request"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_crawl_request_done_at", "crawl_request", ["done_at"], unique=False)

    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("homepage", sa.String(), nullable=True),
        sa.Column("recruitment_url", sa.String(), nullable=True),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("link_checked", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link_status", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("name", name="uq_organisation_name"),
        sa.UniqueConstraint("slug", name="uq_organisation_slug"),
    )
    op.create_table(
        "source",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("override", sa.JSON(), nullable=False),
        sa.Column("adapter_fields", sa.JSON(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_good_run", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_good_count", sa.Integer(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_source_organisation_id"),
        sa.PrimaryKeyConstraint("slug", name="pk_source"),
    )
    op.create_index("ix_source_next_due", "source", ["next_due"], unique=False)
    op.create_index("ix_source_organisation_id", "source", ["organisation_id"], unique=False)

    op.create_table(
        "vacancy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["merged_into"], ["vacancy.id"], name="fk_vacancy_merged_into"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_vacancy_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_vacancy"),
        sa.UniqueConstraint("public_id", name="uq_vacancy_public_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_vacancy_closes_at", "vacancy", ["closes_at"], unique=False)
    op.create_index("ix_vacancy_first_seen", "vacancy", ["first_seen"], unique=False)
    op.create_index("ix_vacancy_organisation_id", "vacancy", ["organisation_id"], unique=False)
    op.create_index("ix_vacancy_status", "vacancy", ["status"], unique=False)

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_seq", sa.Integer(), nullable=True),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name="fk_change_vacancy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
        sa.UniqueConstraint("public_seq", name="uq_change_public_seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_vacancy_id", "change", ["vacancy_id"], unique=False)

    op.create_table(
        "crawl_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("doubt", sa.String(length=40), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("postings", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("unconfirmed", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["source"], ["source.slug"], name="fk_crawl_run_source"),
        sa.PrimaryKeyConstraint("id", name="pk_crawl_run"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_crawl_run_source_id", "crawl_run", ["source", "id"], unique=False)

    op.create_table(
        "crawled_page",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("fetched_full_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("parsed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.slug"], name="fk_crawled_page_source"),
        sa.PrimaryKeyConstraint("source", "url", name="pk_crawled_page"),
    )
    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["source"], ["source.slug"], name="fk_issue_source"),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_issue_closed", "issue", ["closed"], unique=False)
    op.create_index("ix_issue_source", "issue", ["source"], unique=False)

    op.create_table(
        "opening",
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("opens", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name="fk_opening_vacancy_id"),
        sa.PrimaryKeyConstraint("vacancy_id", "audience", "organisation_id", name="pk_opening"),
    )
    op.create_index("ix_opening_opens", "opening", ["opens"], unique=False)

    op.create_table(
        "publication",
        sa.Column("vacancy_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("doc", sa.JSON(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("referred_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at_risk_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unverified", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("public_digest", sa.String(length=64), nullable=True),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name="fk_publication_vacancy_id"),
        sa.PrimaryKeyConstraint("vacancy_id", name="pk_publication"),
        sa.UniqueConstraint("public_id", name="uq_publication_public_id"),
    )
    op.create_index("ix_publication_next_due", "publication", ["next_due"], unique=False)
    op.create_index("ix_publication_organisation_id", "publication", ["organisation_id"], unique=False)

    op.create_table(
        "refused_posting",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("posting", sa.JSON(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.slug"], name="fk_refused_posting_source"),
        sa.PrimaryKeyConstraint("source", "key", name="pk_refused_posting"),
    )
    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("posting", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reading", sa.String(length=16), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.slug"], name="fk_sighting_source"),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name="fk_sighting_vacancy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sighting"),
        sa.UniqueConstraint("source", "key", name="uq_sighting_source_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sighting_target", "sighting", ["target"], unique=False)
    op.create_index("ix_sighting_vacancy_id", "sighting", ["vacancy_id"], unique=False)

    op.create_table(
        "status_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name="fk_status_change_vacancy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_status_change"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_status_change_vacancy_id", "status_change", ["vacancy_id"], unique=False)

    op.create_table(
        "touched",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name="fk_touched_vacancy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_touched"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    for table in (
        "touched",
        "status_change",
        "sighting",
        "refused_posting",
        "publication",
        "opening",
        "issue",
        "crawled_page",
        "crawl_run",
        "change",
        "vacancy",
        "source",
        "organisation",
        "lease",
        "crawl_request",
    ):
        op.drop_table(table)
