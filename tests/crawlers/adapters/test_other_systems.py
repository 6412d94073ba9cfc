"""An adapter that is given another system's body says so: nobody's vacancies are taken for somebody else's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.known import ADAPTERS
from crawlers.detect import GENERAL
from crawlers.source import Page, Parsed

sys.path.insert(0, str(Path(__file__).parent.parent))

from own_bodies import ITS_SYSTEM, NAMES, adapter_name, example, page_of

URL = "https://jobs.anytown.example/listing"
# What else an adapter reads, besides its own: JobPosting as the API's own items, bare.
MAY_READ = {"teaching_vacancies": {"jsonld"}}
ALIKE = {("jooble", "job_list_parts.xml")}  # elements of the same two names, though facts of others


@pytest.mark.parametrize("kind", sorted(set(ADAPTERS) - set(GENERAL)))
def test_another_system_s_body_is_refused_or_holds_nothing(kind: str) -> None:
    allowed = {kind, *MAY_READ.get(kind, ())}
    others = [name for name in NAMES if adapter_name(name) not in allowed and ITS_SYSTEM.get(name) != kind]
    others = [name for name in others if (kind, name) not in ALIKE]
    taken = [name for name in others if (parsed := read(kind, name)) and (parsed.postings or parsed.follows)]
    assert taken == []


def read(kind: str, name: str) -> Parsed | None:
    """What the adapter reads in another's body; None when it refuses."""
    try:
        return example(kind).parse(Page(URL, page_of(name).body))
    except BadBodyError as error:
        assert error.reason
        return None
