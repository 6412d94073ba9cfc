"""Every table, imported, so that `Base.metadata` is whole: for migrations and for tests."""

from __future__ import annotations

from clearinghouse import leases
from clearinghouse.accounts import models as accounts
from clearinghouse.alerts import models as alerts
from clearinghouse.db import Base
from clearinghouse.ingest import models as ingest
from clearinghouse.mail import models as mail
from clearinghouse.publish import models as publish
from clearinghouse.reference import models as reference
from clearinghouse.vacancies import clicks, reports
from clearinghouse.vacancies import models as vacancies

__all__ = [
    "accounts",
    "alerts",
    "clicks",
    "ingest",
    "leases",
    "mail",
    "metadata",
    "publish",
    "reference",
    "reports",
    "vacancies",
]

metadata = Base.metadata
