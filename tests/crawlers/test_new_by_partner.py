"""Each simulated partner's front page becomes a source that crawls to exactly what the partner advertises.

The simulation knows what is true of each advert, and each format says what of it the system tells: neither knows how
our adapters read it.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from clearinghouse.normalise.draft import normalise
from clearinghouse.settings import Settings
from clearinghouse.vacancies.draft import Draft
from clearinghouse.vacancies.posting import Posting, SourceFacts
from crawlers import captured
from crawlers.new import Written, write
from crawlers.partners.adverts import Advert
from crawlers.partners.closing import END
from crawlers.partners.formats.base import Told
from crawlers.partners.members import Partner
from crawlers.partners.sources import demo_sources
from crawlers.registry import load
from crawlers.source import Source
from crawlers.trial import LIMITS, Trial

sys.path.insert(0, str(Path(__file__).parent))

from simulation import BASES, DECLARED, NOW, SYSTEMS, Simulation, crawled, matched


def tried(fetcher: Simulation, url: str) -> Trial:
    """A trial of an address, done."""
    trial = Trial(url, Settings(), LIMITS, lambda: NOW, local=True)
    asyncio.run(trial.work(fetcher))  # type: ignore[arg-type]  # a fake that has what a trial uses
    return trial


def made(trial: Trial, folder: Path) -> Written:
    """The source that is written for what a trial found."""
    captured.write(folder / "pages", trial.read)
    (folder / "sources").mkdir()
    return write(trial.result, folder / "pages", folder / "sources", "new", NOW.date())


def read(posting: Posting, advert: Advert, told: Told) -> dict[str, Any]:
    """What is made of a posting: of its pay the words, or where the system has none, the sums.

    Where the system has no field for the closing date, or tells the day alone, the advert's prose may tell it whole.
    """
    draft = normalise(posting, SourceFacts("new", None, "file", "any", "1"), NOW)
    assert isinstance(draft, Draft), (posting, draft)
    told_whole = told.closes is not None and told.closes.time() != END
    sums = draft.salary and (draft.salary.minimum, draft.salary.maximum)
    return {
        "title": posting.title,
        "reference": posting.reference,
        "pay": sums and tuple(map(float, filter(None, sums))) if isinstance(told.pay, tuple) else posting.salary,
        "closes": told.closes if not told_whole and draft.closes_at == advert.closing.at else draft.closes_at,
    }


def true(advert: Advert, told: Told, base: str) -> dict[str, Any]:
    """What the partner's system tells of an advert."""
    return {
        "title": told.title or advert.title,
        "reference": told.reference and told.reference.replace("{base}", base),
        "pay": told.pay,
        "closes": told.closes,
    }


def tells_the_truth(fetcher: Simulation, source: Source) -> None:
    """What a run of the source brings is what the partner advertises, in its system's words."""
    for posting, advert in matched(fetcher, crawled(fetcher, source)):
        told = fetcher.site.format.told(advert)
        assert read(posting, advert, told) == true(advert, told, fetcher.site.view.base), posting.url


@pytest.mark.parametrize("partner", SYSTEMS, ids=lambda partner: partner.slug)
def test_the_source_of_a_partners_front_page_crawls_to_what_it_advertises(partner: Partner, tmp_path: Path) -> None:
    fetcher = Simulation(partner)
    trial = tried(fetcher, f"{BASES[partner.slug]}/")
    assert trial.result["state"] == "found", trial.result
    assert trial.result["adapter"]["adapter"] == demo_sources(BASES)[partner.slug].adapter.name, trial.result["why"]
    assert trial.result["organisation"] in (None, partner.name)
    written = made(trial, tmp_path)
    assert 8 <= len(written.file.read_text().splitlines()) <= 20
    registry = load(tmp_path / "sources", shipped=None)
    assert registry.problems == {}
    source = registry.sources["new"].source
    assert source == written.source
    assert captured.differs(written.fixtures, source.adapter) == []
    tells_the_truth(fetcher, source)


@pytest.mark.parametrize("partner", DECLARED, ids=lambda partner: partner.slug)
def test_pages_of_no_system_are_declared_by_hand_and_tell_the_truth_then(partner: Partner) -> None:
    fetcher = Simulation(partner)
    assert tried(fetcher, f"{BASES[partner.slug]}/").result["state"] == "nothing"
    tells_the_truth(fetcher, demo_sources(BASES)[partner.slug])


def test_partners_are_on_over_fifty_systems() -> None:
    assert len({partner.format for partner in SYSTEMS}) > 50
