"""The systems that publish feeds, XML lists or tiles: their addresses, where their paging ends, the recorded bodies."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from clearinghouse.errors import BadBodyError
from clearinghouse.ingest.harvest import TOTAL_NOT_REACHED
from crawlers.adapters.eploy import Eploy
from crawlers.adapters.jobs_ac_uk import JobsAcUk
from crawlers.adapters.known import ADAPTERS, RECOGNISERS
from crawlers.adapters.madgex import Madgex
from crawlers.adapters.successfactors import SuccessFactors
from crawlers.adapters.tal import Tal
from crawlers.adapters.wp_job_manager import WpJobManager
from crawlers.detect import best
from crawlers.source import Follow, Page, Posting

sys.path.insert(0, str(Path(__file__).parent.parent))

from own_bodies import BODIES, page_of

HOST = "http://127.0.0.1:8190"
TAL = "/vx/mobile-0/appcentre-1/brand-2/candidate/jobboard/vacancy/3/feed"


@pytest.mark.parametrize(
    ("system", "given", "asked"),
    [
        ("eploy", f"{HOST}/", f"{HOST}/feeds/datafeed.ashx?Format=xml"),
        ("eploy", f"{HOST}/feeds/datafeed.ashx?format=rss&x=1", f"{HOST}/feeds/datafeed.ashx?x=1&Format=xml"),
        ("neogov", f"{HOST}/feed.rss", f"{HOST}/feed.rss"),
        (
            "neogov",
            "https://www.governmentjobs.com/careers/anytown/jobs/7",
            "https://www.governmentjobs.com/SearchEngine/JobsFeed?agency=anytown",
        ),
        ("successfactors", f"{HOST}/sitemal.xml", f"{HOST}/sitemal.xml"),
        ("successfactors", f"{HOST}/job/A/1/", f"{HOST}/search/?q="),
        ("successfactors", f"{HOST}/go/Jobs/98926/?q=x", f"{HOST}/go/Jobs/98926/?q=x"),
        ("tal", f"https://a.tal.net/user-7/xf-0a1b{TAL}", f"https://a.tal.net{TAL}"),
        ("wp_job_manager", f"{HOST}/jobs/", f"{HOST}/?feed=job_feed&posts_per_page=100"),
        ("wp_job_manager", f"{HOST}/w/?feed=job_feed", f"{HOST}/w/?feed=job_feed&posts_per_page=100"),
        ("wp_job_manager", f"{HOST}/?feed=job_feed&posts_per_page=5", f"{HOST}/?feed=job_feed&posts_per_page=5"),
    ],
)
def test_any_address_of_a_board_leads_to_its_list_on_the_same_host(system: str, given: str, asked: str) -> None:
    (follow,) = ADAPTERS[system](given).start()
    assert (follow.url, follow.role) == (asked, "listing")


@pytest.mark.parametrize(
    ("system", "address"),
    [
        ("eploy", "https://anytown.eploy.net/"),
        ("corehr", "https://data.ox.ac.uk/feeds/vacancies/31337175.atom"),
        ("jobs_ac_uk", "https://www.jobs.ac.uk/jobs/london/?format=rss"),
        ("madgex", "https://jobs.board.example/jobsrss/?keywords=nurse"),
        ("neogov", "https://www.schooljobs.com/careers/anytown"),
        ("networx", "https://anytown.current-vacancies.com/RSSFeeds/Vacancies/ANYTOWN?feedID=1"),
        ("successfactors", "https://careers.anytown.example/sitemal.xml"),
        ("tal", f"https://anytown.tal.net{TAL}/structured"),
        ("vacancy_poster", "https://vprs.co.uk/vpmain/vpxmloutput.php?clid=1"),
        ("wp_job_manager", "https://hospice.example/?feed=job_feed"),
    ],
)
def test_a_system_is_told_by_its_address_alone(system: str, address: str) -> None:
    claim = RECOGNISERS[system](Page(address, b""))
    assert claim is not None
    assert claim.sure == 0.9


@pytest.mark.parametrize("system", ["eploy", "madgex", "neogov", "successfactors", "vacancy_poster"])
@pytest.mark.parametrize(
    "address",
    [
        *("https://www.eploy.co.uk/", "https://www.neogov.com/", "https://a.example/jobs/"),
        "https://www.governmentjobs.com/jobs?keyword=nurse",
    ],
)
def test_no_other_address_is_taken_for_one_of_a_system(system: str, address: str) -> None:
    assert RECOGNISERS[system](Page(address, b"")) is None


def test_a_word_press_site_is_asked_on_until_a_page_is_not_full_or_comes_again() -> None:
    first = page_of("wp_job_manager_feed.xml")
    adapter = WpJobManager(first.url)
    (following,) = adapter.parse(first).follows
    assert following.url.endswith("&paged=2")
    again = adapter.parse(Page(following.url, first.body, asked=following))
    assert (again.postings, again.follows) == ((), ())
    assert "page 2 is page 1 again" in (again.shortfall or "")
    roomy = adapter.parse(Page("https://www.vale-hospice.example/?feed=job_feed&posts_per_page=3", first.body))
    assert (len(roomy.postings), roomy.follows) == (2, ())


def test_tiles_end_with_the_stated_total_an_empty_answer_or_the_same_page() -> None:
    tiles, adapter = page_of("successfactors_tiles.html"), SuccessFactors(f"{HOST}/search/")
    following = adapter.parse(tiles).follows[-1]
    first = "https://careers.midshire.example/job/Arnold-Control-Room-Operator-NG5-8PP/1410001/"
    assert following.carried == {"seen": 2, "total": 3, "first": first}
    last = adapter.parse(Page(following.url, (BODIES / "successfactors_more.html").read_bytes(), asked=following))
    assert [follow.role for follow in last.follows] == ["detail"]
    for body in (b"<!DOCTYPE html>\n", tiles.body):
        assert adapter.parse(Page(following.url, body, asked=following)).follows == ()
    with pytest.raises(BadBodyError, match="not a web page"):
        adapter.parse(Page(f"{HOST}/tile-search-results/", b"<!DOCTYPE html>\n"))


def test_a_list_of_tiles_that_is_there_and_empty_holds_no_vacancies_and_an_error_page_is_no_list() -> None:
    adapter = SuccessFactors(f"{HOST}/search/")
    empty = adapter.parse(Page(f"{HOST}/search/", b'<html><body><ul id="job-tile-list"></ul></body></html>'))
    assert (empty.postings, empty.follows, empty.shortfall) == ((), (), None)
    with pytest.raises(BadBodyError, match='a page called "Sorry" without a list of jobs'):
        adapter.parse(Page(f"{HOST}/search/", b"<html><title>Sorry</title><body>Try later.</body></html>"))


def test_a_total_of_five_thousand_digits_is_none() -> None:
    rows = b'<ul id="job-tile-list" aria-rowcount="%s"></ul>' % (b"9" * 5000)
    page = Page(f"{HOST}/search/", b"<html><body>" + rows + b"</body></html>")
    assert SuccessFactors(page.url).parse(page).stated_total is None


@pytest.mark.parametrize(("query", "said"), [("?ftq=prison+officer", TOTAL_NOT_REACHED), ("", None), ("?ftq=", None)])
def test_a_narrowed_feed_of_oleeo_s_that_is_full_is_only_a_part(query: str, said: str | None) -> None:
    entry = "<entry><id>https://a.tal.net/candidate/so/pm/1/pl/3/opp/{0}-a/en-GB</id><title>a</title></entry>"
    entries = "".join(entry.format(n) for n in range(50))
    body = f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()
    parsed = Tal(f"https://a.tal.net{TAL}").parse(Page(f"https://a.tal.net{TAL}{query}", body))
    assert len(parsed.postings) == 50
    assert (parsed.shortfall and parsed.shortfall.partition(":")[0]) == said


def test_what_a_feed_s_card_says_in_words_is_kept_beside_the_codes_of_the_advert_s_page() -> None:
    page = page_of("jobs_ac_uk_detail.html")
    card = Posting(reference="DRR304", salary="£40,000 to £50,000", employment_type="Fixed-term")
    (posting,) = JobsAcUk(page.url).parse(Page(page.url, page.body, asked=Follow(page.url, card=card))).postings
    assert (posting.reference, posting.salary) == ("DRR304", "£40,000 to £50,000")
    assert (posting.employment_type, posting.working_pattern) == ("Fixed-term", "FULL_TIME")
    with pytest.raises(BadBodyError, match="without an advert"):
        JobsAcUk(page.url).parse(Page(page.url, b"<html><body>Gone</body></html>", asked=Follow(page.url)))


@pytest.mark.parametrize(
    "body", [b"<html><body>Our service is down</body></html>", b'{"error":"no"}', b"<jobs><job/></jobs>", b"Not found"]
)
@pytest.mark.parametrize("system", ["broadbean", "eploy", "hr_xml", "madgex", "networx", "tal"])
def test_what_is_no_list_of_a_system_is_never_an_empty_one(system: str, body: bytes) -> None:
    with pytest.raises(BadBodyError):
        ADAPTERS[system](f"{HOST}/x").parse(Page(f"{HOST}/x", body))


def test_eploy_states_how_many_there_are_even_when_a_cut_body_has_fewer() -> None:
    whole = (BODIES / "eploy_feed.xml").read_bytes()
    parsed = Eploy(HOST).parse(Page(HOST, whole[: whole.rfind(b"<Item>")]))
    assert (len(parsed.postings), parsed.stated_total) == (2, 3)
    assert parsed.shortfall


def test_a_title_of_madgex_without_an_employer_stays_whole() -> None:
    body = (BODIES / "madgex_feed.xml").read_bytes().replace(b"Trent County Council: Registration", b"Registration")
    last = Madgex(f"{HOST}/jobsrss/").parse(Page(f"{HOST}/jobsrss/", body)).postings[-1]
    assert (last.title, last.employer, last.reference) == ("Registration Officer", None, "273801")


OXFORD = (
    "https://www.recruit.ox.ac.uk/pls/hrisliverecruit/erq_jobspec_version_4.display_form?p_display_in_irish=N"
    "&p_company=10&p_refresh_search=Y&p_process_type="
)
APPLY = "&p_display_apply_ind=Y&p_internal_external=E&p_applicant_no="
# A recorded body's postings: title, reference, link, closing, pay.
RECORDED = {
    "neogov_rss/less_items.rss": [
        (
            "Professional Development and Training Intern-DHS",
            "634789",
            "http://agency.governmentjobs.com/michigan/default.cfm?action=viewjob&jobid=634789",
            "Mon, 31 Jan 2022 23:59:00",
            None,
        ),
        (
            "MEDC Corporate - Business Attraction Manager",
            "631517",
            "http://agency.governmentjobs.com/michigan/default.cfm?action=viewjob&jobid=631517",
            "Mon, 31 Jan 2022 23:59:00",
            "59334 - 77066 USD Year",
        ),
    ],
    "oxford_corehr/1_userdocs_vacancy.rst": [
        (
            "Head of DARS Support Centre",
            "105184",
            f"{OXFORD}&p_recruitment_id=105184&p_form_profile_detail={APPLY}",
            "2012-12-05T12:00:00+00:00",
            "Grade 9: £42,883 to £49,689, with discretionary range to £54,283",
        )
    ],
    "teaching_vacancies_ats/3_vacancyposter.xml": [
        (
            "Test Post",
            "TEST002",
            "http://www.company.com/jobs/12345?jobboard=Teaching+Vacancies&c=vacancyposter",
            "2044-06-15 00:00:00",
            "£80000",
        )
    ],
}


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_a_recorded_body_says_what_a_person_reads_in_it(name: str, samples: Path) -> None:
    page = Page("about:blank", (samples / name).read_bytes())
    postings = best(page).adapter.parse(page).postings
    assert [(p.title, p.reference, p.url, p.closes, p.salary) for p in postings] == RECORDED[name]


def test_the_recorded_board_of_oleeo_s_is_read_entry_by_entry(samples: Path) -> None:
    page = Page("about:blank", (samples / "tal_oleeo" / "2.xml").read_bytes())
    postings = best(page).adapter.parse(page).postings
    assert [(p.reference, p.locations, p.salary, p.closes) for p in postings] == [
        ("13638", ("Rochester",), "£28,950", "31 Oct 2017 23:55 GMT"),
        ("13788", ("London",), "£35,895 - £46,424", "25 Oct 2017 23:55 BST"),
        ("13788", ("London",), "£35,895 - £46,424", "25 Oct 2017 23:55 BST"),
        ("15977", ("Wolverhampton",), "£22,396", "23 Mar 2018 23:55 GMT"),
    ]
    assert all("/candidate/so/pm/1/pl/3/opp/" in (posting.url or "") for posting in postings)
