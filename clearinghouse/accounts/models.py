"""Organisations: members of the Compact, and employers that their adverts name."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.db import Base


class Organisation(Base):
    """An employer. `member` says that it belongs to the Compact; `listed` that a person put it on the list.

    An employer that only an advert names is created unlisted (design rule 7). `link_checked` is when
    `recruitment_url` last answered well; `link_status` what it answered last.
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    type: Mapped[str | None]
    area: Mapped[str | None]
    homepage: Mapped[str | None]
    recruitment_url: Mapped[str | None]
    member: Mapped[bool] = mapped_column(default=False)
    listed: Mapped[bool] = mapped_column(default=False)
    link_checked: Mapped[dt.datetime | None]
    link_status: Mapped[str | None]
