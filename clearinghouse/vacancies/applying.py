"""How applying works at one recruitment system, as far as somebody has found it out. No SQLAlchemy here.

What nobody has shown is not known, and not said (design rule 13).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clearinghouse.vacancies.vocabulary import Term

OLD = dt.timedelta(days=548)  # eighteen months: systems change about that often


class Form(Term):
    """What an applicant sends there."""

    CV = "cv", "You send a CV."
    FORM = "form", "You fill in a form. A CV alone will not do."
    EITHER = "either", "You can send a CV or fill in a form."
    EMPLOYER = "employer", "You fill in a form or send a CV. The employer says which."


@dataclass(frozen=True)
class Applying:
    """Facts about a recruitment system for those who apply there; None = not known.

    `account` says whether one must be made, `save` whether answers can be saved and taken up again later, `phone`
    whether it works on one, `form` what is sent. `help_page` is an address, `help_line` a telephone number, both for
    applicants. `sources` are the public pages that show all this, `checked` is the day on which somebody read them.
    """

    account: bool | None = None
    form: Form | None = None
    save: bool | None = None
    phone: bool | None = None
    help_page: str | None = None
    help_line: str | None = None
    sources: tuple[str, ...] = ()
    checked: dt.date | None = None

    @property
    def known(self) -> bool:
        """True when it says anything, and since when; a fact without its date is none."""
        said = (self.account, self.form, self.save, self.phone, self.help_page, self.help_line)
        return self.checked is not None and any(value is not None for value in said)

    def is_old(self, today: dt.date) -> bool:
        """True when it may well have changed since it was checked."""
        return self.checked is not None and today - self.checked > OLD

    def as_json(self) -> dict[str, Any]:
        """The facts as the store keeps them."""
        values = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return values | {
            "form": self.form.value if self.form else None,
            "sources": list(self.sources),
            "checked": self.checked.isoformat() if self.checked else None,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Applying:
        """The facts that `as_json` wrote. Raises TypeError or ValueError for what it never wrote."""
        form, checked = values.get("form"), values.get("checked")
        return cls(
            **{
                **values,
                "form": Form(form) if form else None,  # type: ignore[call-arg]  # a member by its value: Term adds labels
                "sources": tuple(values.get("sources", ())),
                "checked": dt.date.fromisoformat(checked) if checked else None,
            }
        )
