"""Live vacancies that are like one that closed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import Generation
from clearinghouse.search.results import Document, documents, search
from clearinghouse.vacancies.visible import Visible

MOST = 3
WORDS_TRIED = 4
SHORTEST = 4  # letters of a word that says something about a job


def similar(
    session: Session, generation: Generation, doc: Mapping[str, Any], visible: Visible, most: int = MOST
) -> tuple[Document, ...]:
    """At most `most` vacancies that this audience can see now, the most like it first."""
    keys: dict[int, None] = {}
    for criteria in searches(doc, most):
        keys |= dict.fromkeys(search(generation, criteria, visible).keys)
        if len(keys) >= most:
            break
    return documents(session, tuple(keys)[:most], visible)


def searches(doc: Mapping[str, Any], most: int) -> Iterator[Criteria]:
    """What is tried in turn: the whole title, its longest words, the same employer, the same kind and district."""
    title = re.sub(r"[(\[].*?[)\]]|[-\"“”]", " ", doc["title"])  # a quote or a hyphen would be read as a wish
    yield Criteria(q=title, as_typed=True, per_page=most)
    words = dict.fromkeys(word for word in re.findall(r"[^\W\d_]+", title) if len(word) >= SHORTEST)
    for word in sorted(words, key=len, reverse=True)[:WORDS_TRIED]:
        yield Criteria(q=word, as_typed=True, per_page=most)
    if doc.get("employer"):
        yield Criteria(employer=(doc["employer"]["slug"],), per_page=most)
    districts = tuple(dict.fromkeys(place["district"] for place in doc["places"] if place.get("district")))
    yield Criteria(kind=(doc["kind"],), district=districts, per_page=most)
