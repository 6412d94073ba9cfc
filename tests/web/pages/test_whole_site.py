"""What holds for every page: its title, its heading, the promise, no inline code, easy words, and few queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import readability
import sqlalchemy as sa
from lxml import html

import web
from web.templating import NAVIGATION, environment

TEMPLATES = Path(web.__file__).parent / "templates"
# No path leads to these at will: the application renders them when something is wrong.
TROUBLE = {"500.html": "Sorry, there is a problem", "503.html": "Please try again in a moment"}


@pytest.fixture(scope="module")
def pages(site, paths) -> dict[str, str]:
    found = {name: site.page(path) for name, path in paths.items()}
    with site.client() as visitor:
        visitor.post("/saved", data={"do": "save", "id": [site.ids["rich"], site.ids["closed"]]})
        found["own list"] = visitor.get("/saved").text
    plain = {"site_name": "Anyshire public jobs", "settings": site.app().state.site.settings, "navigation": NAVIGATION}
    for name, title in TROUBLE.items():
        found[name] = environment().get_template(name).render(plain | {"title": title})
    return found


def test_every_page_has_a_title_of_its_own_and_one_heading(pages) -> None:
    titles = {}
    for name, page in pages.items():
        tree = html.fromstring(page)
        title = tree.findtext(".//title").strip()
        assert title.endswith(" public jobs"), name
        assert len(tree.xpath("//h1")) == 1, name
        assert tree.get("lang") == "en", name
        titles.setdefault(title.removesuffix("Nottinghamshire public jobs"), []).append(name)
    own = {title: names for title, names in titles.items() if not title.startswith("Saved jobs")}
    assert [names for names in own.values() if len(names) > 1] == []


def test_every_page_says_that_the_employers_advert_counts(pages) -> None:
    for name, page in pages.items():
        assert "The employer's own advert is what counts." in page, name


def test_no_page_has_inline_script_or_style(pages) -> None:
    for name, page in pages.items():
        tree = html.fromstring(page)
        inline = tree.xpath("//script[not(@src) and not(@type='application/ld+json')] | //style | //*[@style]")
        handlers = tree.xpath("//@*[starts-with(name(), 'on')]")
        assert inline + handlers == [], name


def test_no_page_is_of_the_state(pages) -> None:
    for name, page in pages.items():
        assert not re.search(r"crown\b(?! copyright)|crest|GDS Transport|GOV\.UK", page, re.IGNORECASE), name


def test_our_own_words_can_be_read_at_nine_years(pages) -> None:
    for name, page in pages.items():
        found = readability.reading(page)
        assert found.grade <= 5, (name, found.grade)
        assert len(readability.words(found.longest)) <= 25, (name, found.longest)
    assert sum(len(readability.reading(page).sentences) for page in pages.values()) > 150


HARD = "The administration of remuneration necessitates considerable deliberation by appropriate authorities."


@pytest.mark.parametrize(
    ("page", "grade"), [("<main><p>The cat sat on the mat.</p></main>", -1.45), (f"<main><p>{HARD}</p></main>", 28.4)]
)
def test_the_measure_tells_easy_words_from_hard_ones(page: str, grade: float) -> None:
    found = readability.reading(f"<html><body>{page}</body></html>")
    assert found.grade == pytest.approx(grade, abs=0.1)


def test_the_measure_leaves_out_what_is_not_ours_and_what_is_no_sentence() -> None:
    page = f"<main><p>Go on.</p><p data-words='theirs'>{HARD}</p><p>Administration</p></main>"
    assert readability.reading(f"<html><body>{page}</body></html>").sentences == ("Go on.",)


def test_every_template_is_used() -> None:
    sources = [path.read_text("utf-8") for path in Path(web.__file__).parent.rglob("*.py")]
    sources += [path.read_text("utf-8") for path in TEMPLATES.glob("*.html")]
    unused = [path.name for path in TEMPLATES.glob("*.html") if not any(f'"{path.name}"' in s for s in sources)]
    assert unused == []


@contextmanager
def queries(site) -> Iterator[list[str]]:
    """The SELECTs that the site sends meanwhile."""
    sent: list[str] = []

    def note(*event: object) -> None:
        if str(event[2]).lstrip().startswith("SELECT"):
            sent.append(str(event[2]))

    sa.event.listen(site.town.store.read_engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(site.town.store.read_engine, "before_cursor_execute", note)


def test_no_page_asks_the_store_more_than_four_times(site, paths) -> None:
    with site.client() as visitor, queries(site) as sent:
        for name, path in paths.items():
            whole = visitor.get(path).headers.get("location", path)
            sent.clear()
            visitor.get(whole)
            assert len(sent) <= 4, (name, sent)


def test_a_results_page_asks_the_store_once_whatever_its_length(site) -> None:
    counts = set()
    with site.client() as visitor, queries(site) as sent:
        for per_page in (1, 20, 100):
            sent.clear()
            assert visitor.get(f"/vacancies?per_page={per_page}").status_code == 200
            counts.add(len(sent))
    assert counts == {1}
