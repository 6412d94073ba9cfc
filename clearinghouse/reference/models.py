"""The tables of reference files that an operator loads: postcodes, deprivation, standards, changes of districts."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.db import Base


class ReferenceFile(Base):
    """One official file as it was loaded last. `kind` is onspd, imd2019, imd2025 or standards; `edition` its own date.

    `digest` is the SHA-256 of its bytes, `kept` how many of its `rows` we keep: those of the region.
    """

    __tablename__ = "reference_file"

    kind: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    name: Mapped[str]
    edition: Mapped[str | None]
    digest: Mapped[str] = mapped_column(sa.String(64))
    rows: Mapped[int]
    kept: Mapped[int]
    loaded_at: Mapped[dt.datetime]


class PostcodeArea(Base):
    """The small areas that a postcode of the region lies in (ONSPD). `postcode` has no space."""

    __tablename__ = "postcode_area"

    postcode: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    lsoa11: Mapped[str | None] = mapped_column(sa.String(9))
    lsoa21: Mapped[str | None] = mapped_column(sa.String(9))
    district: Mapped[str | None] = mapped_column(sa.String(9))
    ward: Mapped[str | None] = mapped_column(sa.String(9))


class Deprivation(Base):
    """The Index of Multiple Deprivation of one small area. Decile 1 holds the most deprived tenth of England's areas.

    `edition` is imd2019 (LSOAs of 2011) or imd2025 (LSOAs of 2021).
    """

    __tablename__ = "deprivation"

    edition: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    lsoa: Mapped[str] = mapped_column(sa.String(9), primary_key=True)
    decile: Mapped[int]
    rank: Mapped[int]


class Standard(Base):
    """An apprenticeship standard (Skills England's list). `lars` is its code in the Learning Aims Reference Service."""

    __tablename__ = "apprenticeship_standard"

    lars: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str | None] = mapped_column(sa.String(20))
    title: Mapped[str]
    level: Mapped[int | None]
    status: Mapped[str | None]
    months: Mapped[int | None]
    url: Mapped[str | None]


class DistrictChangeRow(Base):
    """One line of the operator's file of district changes: what `normalise.districts.DistrictChange` says."""

    __tablename__ = "district_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[dt.date]
    district: Mapped[str] = mapped_column(sa.String(100))
    successor: Mapped[str] = mapped_column(sa.String(100))
    part: Mapped[str | None] = mapped_column(sa.String(100))
