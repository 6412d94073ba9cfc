"""Jobtrain, Tribepad, Hireserve and CIPHR by what no single body of theirs shows: addresses, ends of lists, faults."""

from __future__ import annotations

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.ciphr import Ciphr
from crawlers.adapters.hireserve import Hireserve
from crawlers.adapters.jobtrain import Jobtrain
from crawlers.adapters.rows import Headings, facts_in, headings
from crawlers.adapters.tribepad import Tribepad
from crawlers.adapters.webpage import read_page
from crawlers.source import Adapter, Follow, Page, Posting

LOCAL = "http://127.0.0.1:8123"
CARDS = "/Home/_JobCard"
SEARCH = "/v2/job/search?page=1&records_per_page=10"
LIST = "wd_portal.list?p_web_site_id=7&p_function=map&p_title=Current+Vacancies"

STARTS = [
    (Jobtrain, "https://www.jobtrain.co.uk/seaton", f"https://www.jobtrain.co.uk/seaton{CARDS}"),
    (Jobtrain, "https://jobtrain.co.uk/seaton/Home/Job", f"https://jobtrain.co.uk/seaton{CARDS}"),
    (
        Jobtrain,
        "https://www.jobtrain.co.uk/seaton/Home/Job?what=cook",
        f"https://www.jobtrain.co.uk/seaton{CARDS}?what=cook",
    ),
    (Jobtrain, "https://www.jobtrain.co.uk/seaton/Job/JobDetail?JobId=7", f"https://www.jobtrain.co.uk/seaton{CARDS}"),
    (Jobtrain, "https://vacancies.seaton.example/Home/Job", f"https://vacancies.seaton.example{CARDS}"),
    (Jobtrain, "https://vacancies.seaton.example/", "https://vacancies.seaton.example/"),
    (Jobtrain, f"{LOCAL}/seaton/Home/Job", f"{LOCAL}/seaton{CARDS}"),
    (Tribepad, "https://haven.tribepad-gro.com/", f"https://haven.tribepad-gro.com{SEARCH}"),
    (Tribepad, f"{LOCAL}/members/modules/job/detail.php?record=7", LOCAL + SEARCH),
    (Tribepad, f"{LOCAL}/v2/havenjobs?category=3", f"{LOCAL}/v2/havenjobs?category=3&page=1&records_per_page=10"),
    (Tribepad, f"{LOCAL}/jobs/search", f"{LOCAL}/jobs/search"),
    (Tribepad, f"{LOCAL}/jobs/job/Cook/7", f"{LOCAL}/jobs/search"),
    (Hireserve, f"{LOCAL}/wd/plsql/wd_portal.show_page?p_web_site_id=7&p_text_id=1", f"{LOCAL}/wd/plsql/{LIST}"),
    (Hireserve, f"{LOCAL}/www/wd_portal.list?p_web_site_id=7", f"{LOCAL}/www/{LIST}"),
    (Hireserve, f"{LOCAL}/en/vacancy/cook-77.html", f"{LOCAL}/en/vacancies.html"),
    (Hireserve, f"{LOCAL}/utf8/ic_job_feeds.feed_engine?p_web_site_id=7", None),
    (Hireserve, f"{LOCAL}/vacancies.html", None),
    (
        Ciphr,
        "https://mill.ciphr-irecruit.com/templates/CIPHR/job_list.aspx",
        "https://mill.ciphr-irecruit.com/applicants/vacancy",
    ),
    (Ciphr, f"{LOCAL}/Applicants/vacancy/9059/Cook", f"{LOCAL}/applicants/vacancy"),
]


@pytest.mark.parametrize(("system", "url", "begins"), STARTS)
def test_any_address_of_a_board_leads_to_its_list(system: type[Adapter], url: str, begins: str | None) -> None:
    (first,) = system(url).start()  # type: ignore[call-arg]  # each takes an address
    assert (first.url, first.role) == (begins or url, "listing")


SYSTEMS = (Ciphr, Hireserve, Jobtrain, Tribepad)
ERROR = b"<html><head><title>Sorry</title></head><body><h1>Something went wrong</h1></body></html>"


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("role", ["listing", "detail"])
def test_an_error_page_is_no_list_without_vacancies_and_no_advert(system: type[Adapter], role: str) -> None:
    page = Page(LOCAL, ERROR, asked=Follow(LOCAL, role=role))  # type: ignore[arg-type]  # one of the two
    with pytest.raises(BadBodyError, match="Sorry"):
        system(LOCAL).parse(page)  # type: ignore[call-arg]


def cards(*numbers: int, total: int) -> bytes:
    """A piece of a Jobtrain board."""
    one = '<div class="job-card" data-jobId="{0}"><h3><a href="/Job/JobDetail?JobId={0}">Cook {0}</a></h3></div>'
    return f'<input id="totalMatchRecords" value="{total}">{"".join(one.format(n) for n in numbers)}'.encode()


def test_cards_are_asked_for_until_the_total_is_reached() -> None:
    board, url = Jobtrain(f"{LOCAL}/Home/Job"), f"{LOCAL}{CARDS}"
    first = board.parse(Page(url, cards(*range(12), total=14), asked=Follow(url, role="listing")))
    following = next(follow for follow in first.follows if follow.role == "listing")
    assert (following.url, first.stated_total) == (f"{url}?Skip=12", 14)
    last = board.parse(Page(following.url, cards(12, 13, total=14), asked=following))
    assert [follow.card.reference for follow in last.follows if follow.card] == ["12", "13"]
    assert {follow.role for follow in last.follows} == {"detail"}


def test_a_board_that_sends_the_same_cards_again_is_asked_no_more() -> None:
    board, url = Jobtrain(f"{LOCAL}/Home/Job"), f"{LOCAL}{CARDS}"
    first = board.parse(Page(url, cards(1, 2, total=40), asked=Follow(url, role="listing")))
    again = board.parse(Page(url, cards(1, 2, total=40), asked=first.follows[0]))
    assert (again.follows, again.stated_total) == ((), 40)


def test_a_page_that_never_comes_to_its_cards_is_followed_no_further() -> None:
    url = f"{LOCAL}/careers"
    page = Page(
        url, b'<html><body><a href="/Home/Job">Jobs</a></body></html>', asked=Follow(url, "listing", {"led": 2})
    )
    with pytest.raises(BadBodyError):
        Jobtrain(url).parse(page)


JOB = (
    b'<html><head><script type="application/ld+json">{"@type":"JobPosting","title":"Cook","description":"<p>Cook.</p>"'
)


@pytest.mark.parametrize(
    ("stated", "card", "closes"),
    [
        ("2026-12-13T00:00", "13/12/2026 09:00", "13/12/2026 09:00"),
        ("2026-12-13T00:00", None, "2026-12-13T00:00"),
        ("2026-12-13T17:00", "13/12/2026", "2026-12-13T17:00"),
        ("0001-01-01T00:00", None, None),
    ],
)
def test_a_closing_time_cut_to_midnight_is_the_card_s(stated: str, card: str | None, closes: str | None) -> None:
    url = f"{LOCAL}/Job/JobDetail?JobId=7"
    body = JOB + f',"validThrough":"{stated}"}}</script></head><body><h1>Cook</h1></body></html>'.encode()
    asked = Follow(url, card=Posting(reference="A/7", closes=card))
    (read,) = Jobtrain(url).parse(Page(url, body, asked=asked)).postings
    assert (read.closes, read.reference) == (closes, "A/7")


def test_a_pager_that_looks_like_an_advert_is_none() -> None:
    links = b'<a href="/Applicants/vacancy/9/Cook">Cook</a><a href="/Applicants/vacancy/10-2-1/">2</a>'
    body = b"<html><body>" + links + b"</body></html>"
    page = Page(f"{LOCAL}/applicants/vacancy", body)
    assert [follow.card.title for follow in Ciphr(LOCAL).parse(page).follows if follow.card] == ["Cook"]


def test_a_link_of_tribepad_s_is_the_same_whoever_visits() -> None:
    link = b'<a href="/members/modules/job/detail.php?sid=9f8e7d&record=7&j=1"><h3>Cook</h3></a>'
    body = b'<html><body><div class="sitebuilder-job-results-item">' + link + b"</div></body></html>"
    (follow,) = (one for one in Tribepad(LOCAL).parse(Page(LOCAL, body)).follows if one.card)
    assert follow.url == f"{LOCAL}/members/modules/job/detail.php?record=7"


def test_a_saved_page_of_which_the_address_is_lost_still_tells_its_vacancies() -> None:
    page = Page("about:blank", b'<html><body><li><a href="/vacancy/cook-77.html">Cook</a></li></body></html>')
    (told,) = Hireserve("about:blank").parse(page).postings
    assert (told.title, told.reference, told.url) == ("Cook", "77", None)


def test_a_feed_of_another_system_is_not_hireserve_s() -> None:
    with pytest.raises(BadBodyError, match="another system's"):
        Hireserve(LOCAL).parse(Page(LOCAL, b'{"jobs": [{"id": 1, "title": "Cook"}]}'))


def test_cells_go_by_the_headings_of_their_own_table() -> None:
    body = (
        b"<table><tr><th>Job</th><th>Location</th></tr><tr id=a><td>Cook</td><td>Mill</td></tr></table>"
        b"<table><tr id=b><td>Location: Quay</td></tr></table>"
    )
    root = read_page(Page(LOCAL, body)).root
    heads: Headings = headings(root)
    said = [facts_in(row, heads).first(("location",)) for row in root.iter("tr") if row.get("id")]
    assert said == ["Mill", "Quay"]
