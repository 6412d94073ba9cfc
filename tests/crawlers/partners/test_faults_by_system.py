"""Each system's list, failing in each plain way: the run says so, and never takes it for a site without vacancies."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from clearinghouse.ingest.harvest import Harvest
from crawlers.fetching import Answer, Identity
from crawlers.harvesting import harvest
from crawlers.limits import Limits
from crawlers.partners.faults import Fault
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.members import PARTNERS, Partner
from crawlers.partners.site import Site
from crawlers.partners.sources import demo_sources
from crawlers.source import Follow

sys.path.insert(0, str(Path(__file__).parent.parent))

from simulation import BASES, NOW, WORLD, Simulation

UNKNOWN = "own_xml"  # a system that nobody knows: whether a list of its is empty, or none, nobody can tell
FEW = 4
ONE_EACH = {partner.format: partner for partner in PARTNERS}


@cache
def run(partner: Partner, fault: Fault) -> Harvest:
    """A run of a partner's source with something wrong; the partner has few adverts."""
    fetcher = Simulation(partner, replace(WORLD, scale=FEW / partner.count))
    fetcher.site = Site(replace(fetcher.site.moment, fault=fault))

    async def fetch(follow: Follow, headers: Mapping[str, str]) -> Answer:
        return await fetcher.fetch(follow, Identity("x", "agent", loopback=False), headers)

    source = demo_sources(BASES)[partner.slug]
    return asyncio.run(harvest(partner.slug, source, fetch, {}, Limits(), lambda: NOW)).harvest


def test_every_system_has_a_partner() -> None:
    assert set(ONE_EACH) == set(FORMATS)


@pytest.mark.parametrize("key", ONE_EACH)
def test_a_list_that_is_broken_is_a_run_that_says_so(key: str) -> None:
    every = len(run(ONE_EACH[key], Fault.NONE).postings)
    for fault in (Fault.ERROR500, Fault.ERROR_PAGE, Fault.MALFORMED):
        brought = run(ONE_EACH[key], fault)
        survived = fault is Fault.MALFORMED and len(brought.postings) == every  # what broke stood after the last job
        assert brought.problems or survived, f"{fault}: {len(brought.postings)} postings"


@pytest.mark.parametrize("key", [key for key in ONE_EACH if key != UNKNOWN])
def test_an_empty_list_is_a_whole_run_without_vacancies(key: str) -> None:
    brought = run(ONE_EACH[key], Fault.EMPTY)
    assert (brought.problems, brought.postings) == ((), ())


@pytest.mark.parametrize("key", ONE_EACH)
def test_pages_that_are_not_there_are_gone_and_the_list_is_whole(key: str) -> None:
    well, brought = run(ONE_EACH[key], Fault.NONE), run(ONE_EACH[key], Fault.NOT_FOUND)
    assert brought.problems == ()
    assert len(brought.postings) + len(brought.gone) == len(well.postings)
