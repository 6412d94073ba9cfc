"""An advert that isn't for everyone is nowhere in public: not on a page, in an answer, a count, or a suggestion."""

from __future__ import annotations

import dataclasses

import pytest
import sqlalchemy as sa
from lxml import html
from smalltown import rich_draft
from staffing import staff_client

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.roles import Role
from clearinghouse.vacancies.draft import plain
from clearinghouse.vacancies.models import Touched, Vacancy
from clearinghouse.vacancies.vocabulary import Restriction

WORD = "Zymurgist"  # stands in no other advert, so nothing but this one can bring it up
PUBLIC = (
    "/", "/vacancies", "/vacancies?q=zymurgist", "/vacancies?q=zymurgists", "/vacancies?q=zymurgust", "/employers",
    "/employers/sandby-borough-council", "/apprenticeships", "/vacancies.atom", "/vacancies.rss", "/vacancies.csv",
    "/vacancies.ics", "/sitemap.xml", "/metrics", "/api/v1/vacancies", "/api/v1/vacancies?q=zymurgist",
    "/api/v1/changes?after=0", "/api/v1/employers", "/api/v1/sources",
)  # fmt: skip
HERS, OTHERS = Hat(Role.EMPLOYER, 1), Hat(Role.SECRETARIAT)


def mark(restricted: Restriction) -> str:
    return f"Not public: {restricted.label.lower()}"


@pytest.mark.parametrize("restricted", list(Restriction))
def test_nothing_public_names_or_counts_it(sqlite_site, restricted: Restriction) -> None:
    add, client = sqlite_site.town.add, sqlite_site.client()
    add(rich_draft())
    sqlite_site.town.publish()
    before = {path: client.get(path).text for path in PUBLIC}
    total = client.get("/api/v1/vacancies").json()
    draft = rich_draft(title=f"{WORD} (internal)", restricted=restricted, description_text=f"{WORD} wanted")
    hidden = add(draft)
    sqlite_site.town.publish()
    for path in PUBLIC:
        said = client.get(path).text
        assert WORD not in said, path
        assert hidden not in said, path
        if "changes" in path or path == "/sitemap.xml":
            assert said == before[path], path
    after = client.get("/api/v1/vacancies").json()
    assert (after["total"], after["facets"]) == (total["total"], total["facets"])
    for path in (f"/vacancies/{hidden}", f"/vacancies/{hidden}/apply", f"/api/v1/vacancies/{hidden}"):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize(("restricted", "everyone"), [(Restriction.INTERNAL, True), (Restriction.RING_FENCED, False)])
def test_staff_see_it_and_whom_it_is_for(sqlite_site, restricted: Restriction, *, everyone: bool) -> None:
    draft = rich_draft(title=WORD, restricted=restricted)
    public_id = sqlite_site.town.add(draft)
    sqlite_site.town.publish()
    for hat, sees in ((HERS, True), (OTHERS, everyone)):
        client = staff_client(sqlite_site.app(), hat)
        answer = client.get(f"/vacancies/{public_id}-zymurgist")
        found = html.fromstring(client.get("/vacancies?q=zymurgist").text).find_class("job")
        assert answer.status_code == (200 if sees else 404)
        assert len(found) == sees
        if sees:
            assert mark(restricted) in answer.text
            assert mark(restricted) in "".join(found[0].itertext())
            assert "ld+json" not in answer.text


def test_it_is_public_again_when_the_advert_is_for_everyone(sqlite_site) -> None:
    draft = rich_draft(title=WORD, restricted=Restriction.INTERNAL)
    public_id = sqlite_site.town.add(draft)
    sqlite_site.town.publish()
    with sqlite_site.town.store.writing() as session:
        row = session.scalars(sa.select(Vacancy).where(Vacancy.public_id == public_id)).one()
        row.draft = plain(dataclasses.replace(draft, restricted=None))
        session.add(Touched(vacancy_id=row.id))
    sqlite_site.town.publish()
    assert WORD in sqlite_site.client().get("/vacancies?q=zymurgist").text
    assert sqlite_site.client().get(f"/vacancies/{public_id}-zymurgist").status_code == 200
