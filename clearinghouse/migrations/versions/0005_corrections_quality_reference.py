"""corrections, what people say of duplicates, quality by day, reference files and successions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=True),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("was", sa.JSON(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("employer", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.String(), nullable=True),
        sa.Column("dropped_why", sa.String(), nullable=True),
        sa.Column("dropped_source", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dropped_source"], ["source.slug"], name="fk_correction_dropped_source_source"),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name="fk_correction_vacancy_id_vacancy"),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_correction_vacancy_id", "correction", ["vacancy_id"], unique=False)
    op.create_index("ix_correction_dropped_at", "correction", ["dropped_at"], unique=False)
    op.create_table(
        "sameness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["one"], ["sighting.id"], name="fk_sameness_one_sighting"),
        sa.ForeignKeyConstraint(["other"], ["sighting.id"], name="fk_sameness_other_sighting"),
        sa.PrimaryKeyConstraint("id", name="pk_sameness"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sameness_one_other", "sameness", ["one", "other"], unique=False)
    op.create_index("ix_sameness_other", "sameness", ["other"], unique=False)
    op.create_table(
        "quality_day",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.slug"], name="fk_quality_day_source_source"),
        sa.PrimaryKeyConstraint("source", "day", name="pk_quality_day"),
    )
    op.create_table(
        "succession",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_succession_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["successor_id"], ["organisation.id"], name="fk_succession_successor_id_organisation"),
        sa.PrimaryKeyConstraint("organisation_id", "successor_id", name="pk_succession"),
    )
    op.create_index("ix_succession_successor_id", "succession", ["successor_id"], unique=False)
    op.create_table(
        "reference_file",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_reference_file"),
    )
    op.create_table(
        "postcode_area",
        sa.Column("postcode", sa.String(length=7), nullable=False),
        sa.Column("lsoa11", sa.String(length=9), nullable=True),
        sa.Column("lsoa21", sa.String(length=9), nullable=True),
        sa.Column("district", sa.String(length=9), nullable=True),
        sa.Column("ward", sa.String(length=9), nullable=True),
        sa.PrimaryKeyConstraint("postcode", name="pk_postcode_area"),
    )
    op.create_table(
        "deprivation",
        sa.Column("edition", sa.String(length=10), nullable=False),
        sa.Column("lsoa", sa.String(length=9), nullable=False),
        sa.Column("decile", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "lsoa", name="pk_deprivation"),
    )
    op.create_table(
        "apprenticeship_standard",
        sa.Column("lars", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("lars", name="pk_apprenticeship_standard"),
    )
    op.create_table(
        "district_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("successor", sa.String(length=100), nullable=False),
        sa.Column("part", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_district_change"),
    )
    op.add_column("organisation", sa.Column("promises", sa.JSON(), nullable=True))
    op.add_column("sighting", sa.Column("home", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("sighting", "home")
    op.drop_column("organisation", "promises")
    for table in (
        "district_change",
        "apprenticeship_standard",
        "deprivation",
        "postcode_area",
        "reference_file",
        "succession",
        "quality_day",
        "sameness",
        "correction",
    ):
        op.drop_table(table)
