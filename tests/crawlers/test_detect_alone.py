"""What a body tells without its address, and an address without its body; and that asking everybody is quick."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from crawlers.adapters.known import RECOGNISERS
from crawlers.detect import GENERAL, detect
from crawlers.source import Page

sys.path.insert(0, str(Path(__file__).parent))

from own_bodies import ITS_SYSTEM, NAMES, adapter_name, adapter_of, page_of


@pytest.mark.parametrize("name", [name for name in NAMES if adapter_name(name) in RECOGNISERS])
def test_no_system_claims_another_s_body_and_a_list_of_vacancies_is_claimed_by_its_own(name: str) -> None:
    page = page_of(name)
    claims = [claim.adapter.name for claim in detect(Page("about:blank", page.body))]
    own = ITS_SYSTEM.get(name, adapter_name(name))
    assert not set(claims) - {own, *GENERAL}
    parsed = adapter_of(name).parse(page)
    if page.role == "listing" and (parsed.postings or any(follow.card for follow in parsed.follows)):
        assert claims[:1] == [own]


# Addresses as people find and copy them: boards, their APIs, single adverts, what other pages embed.
ADDRESSES = """
ashby https://jobs.ashbyhq.com/trenthousing
ashby https://jobs.ashbyhq.com/trenthousing/5b0e2a9c-1f1b-4b57-9a5e-0d6f4c1b2a3d
ashby https://api.ashbyhq.com/posting-api/job-board/trenthousing?includeCompensation=true
bamboohr https://trenthousing.bamboohr.com/careers
bamboohr https://trenthousing.bamboohr.com/careers/41
bamboohr https://trenthousing.bamboohr.com/careers/list
bamboohr https://trenthousing.bamboohr.com/jobs/
breezy https://trenthospice.breezy.hr/
breezy https://trenthospice.breezy.hr/p/18df3ec23bf901-porter
breezy https://trenthospice.breezy.hr/json
ciphr https://trentmuseums.ciphr-irecruit.com/applicants/vacancy
ciphr https://trentmuseums.ciphr-irecruit.com/Applicants/vacancy/9059/Porter
ciphr https://trentmuseums.ciphr-irecruit.com/templates/CIPHR/job_list.aspx
eightfold https://trenthospital.eightfold.ai/careers?domain=trent.example
eightfold https://careers.trent.example/api/pcsx/search?domain=trent.example&start=0
eploy https://jobs.trent.example/feeds/datafeed.ashx?Format=xml
find_an_apprenticeship https://api.apprenticeships.education.gov.uk/vacancies/vacancy?PageNumber=1
find_an_apprenticeship https://www.findapprenticeship.service.gov.uk/apprenticeships
greenhouse https://boards.greenhouse.io/trenthousing
greenhouse https://boards.greenhouse.io/trenthousing/jobs/4012345
greenhouse https://boards.greenhouse.io/embed/job_board?for=trenthousing
greenhouse https://boards.greenhouse.io/embed/job_board/js?for=trenthousing
greenhouse https://boards-api.greenhouse.io/v1/boards/trenthousing/jobs?content=true
greenhouse https://job-boards.greenhouse.io/trenthousing
greenhouse https://job-boards.eu.greenhouse.io/trenthousing
hireserve https://trent.hireserve-projects.com/
hireserve https://jobs.trent.example/wd/plsql/wd_portal.show_page?p_web_site_id=3885&p_text_id=1763
hireserve https://ats8.hireserve.com/wd/plsql/wd_portal.list?p_web_site_id=2624&p_function=map
hireserve https://jobs.trent.example/utf8/ic_job_feeds.feed_engine?p_web_site_id=4249&p_format=MOBILE
icims https://careers-trenthospital.icims.com/
icims https://careers-trenthospital.icims.com/jobs/search?in_iframe=1&pr=1
icims https://careers-trenthospital.icims.com/jobs/1234/staff-nurse/job
itrent https://ce0999li.webitrent.com/ce0999li_webrecruitment/wrd/run/ETREC179GF.open?WVID=6777852QI7
itrent https://ce0999li.webitrent.com/ce0999li_webrecruitment/wrd/run/ETREC179GF.open?WVID=8070960wxx&VACANCY_ID=12
itrent https://ce0999li.webitrent.com/ce0999li_webrecruitment/wrd/run/etrec106gf.json?WVID=3373962BPM
jobs_ac_uk https://www.jobs.ac.uk/feeds/subject-areas/education
jobs_go_public https://www.jobsgopublic.com/jobs?search=&geo_location=Nottingham,%20UK
jobs_go_public https://www.lgjobs.com/jobs
jobtrain https://www.jobtrain.co.uk/trentcare/
jobtrain https://www.jobtrain.co.uk/trentcare/Home/Job
jobtrain https://www.jobtrain.co.uk/trentcare/Job/JobDetail?JobId=14496
jobtrain https://vacancies.trent.example/Job/JobDetail?JobId=256437
jobtrain https://vacancies.trent.example/Home/_JobCard?Skip=12
jobvite https://jobs.jobvite.com/trenthousing/jobs
jobvite https://jobs.jobvite.com/careers/trenthousing/job/oNyuAfw9
lever https://jobs.lever.co/trenthousing
lever https://jobs.eu.lever.co/trenthousing/5b0e2a9c-1f1b-4b57-9a5e-0d6f4c1b2a3d/apply
lever https://api.lever.co/v0/postings/trenthousing?mode=json
madgex https://www.trentjobs.example/jobsrss/?countrycode=GB
manatal https://www.careers-page.com/trenthousing
manatal https://api.manatal.com/open/v3/career-page/trenthousing/jobs/
neogov https://www.governmentjobs.com/SearchEngine/JobsFeed?agency=trent
networx https://trent.current-vacancies.com/RSSFeeds/Vacancies/TRENT?feedID=0123456789abcdef0123456789abcdef
nhs_jobs https://www.jobs.nhs.uk/api/v1/search_xml?keyword=nurse
nhs_jobs https://www.jobs.nhs.uk/candidate/search/results?location=Nottingham
oracle https://abcd.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/tcc/jobs
oracle https://abcd.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/1234
paylocity https://recruiting.paylocity.com/recruiting/jobs/All/0c1f2e3d-1111-2222-3333-444455556666/Trent
personio https://trenthousing.jobs.personio.de/
personio https://trenthousing.jobs.personio.com/job/123456
personio https://trenthousing.jobs.personio.de/xml?language=en
pinpoint https://trenthousing.pinpointhq.com/
pinpoint https://trenthousing.pinpointhq.com/en/postings/5b0e2a9c-1f1b-4b57-9a5e-0d6f4c1b2a3d
pinpoint https://trenthousing.pinpointhq.com/postings.json
recruitee https://trenthousing.recruitee.com/
recruitee https://trenthousing.recruitee.com/o/porter
recruitee https://trenthousing.recruitee.com/api/offers/
recruitsaas https://trent.recruitsaas.com/
reed https://www.reed.co.uk/api/1.0/search?employerId=1
rippling https://ats.rippling.com/trenthousing/jobs
rippling https://ats.rippling.com/en-GB/trenthousing/jobs/9f4e5d99-0bba-4e03-8018-e312810a3dba/apply
rippling https://api.rippling.com/platform/api/ats/v1/board/trenthousing/jobs
smartrecruiters https://careers.smartrecruiters.com/TrentHousing
smartrecruiters https://jobs.smartrecruiters.com/TrentHousing/743999900000000-porter
smartrecruiters https://api.smartrecruiters.com/v1/companies/TrentHousing/postings
successfactors https://jobs.trent.example/sitemal.xml
successfactors https://jobs.trent.example/tile-search-results/?q=&startrow=0
tal https://trentcc.tal.net/vx/mobile-0/appcentre-1/brand-2/candidate/jobboard/vacancy/3/feed
tal https://trentcc.tal.net/vx/mobile-0/appcentre-1/brand-2/candidate/jobboard/vacancy/3/feed/structured
tal_board https://trentcc.tal.net/candidate/jobboard/vacancy/1/adv/
tal_board https://trentcc.tal.net/vx/appcentre-3/candidate/jobboard/vacancy/1/adv
teaching_vacancies https://teaching-vacancies.service.gov.uk/api/v1/jobs.json
teaching_vacancies https://teaching-vacancies.service.gov.uk/jobs?location=nottinghamshire
teamtailor https://trenthousing.teamtailor.com/jobs
teamtailor https://trenthousing.na.teamtailor.com/jobs.json
tribepad https://trent.tribepad-gro.com/
tribepad https://trent-group.tribepad.com/v2/trentjobs?category=3
tribepad https://careershub.trent.example/members/modules/job/detail.php?record=20625
tribepad https://jobs.trent.example/v2/job/search?page=2
workable https://apply.workable.com/trenthousing/
workable https://apply.workable.com/trenthousing/j/0A1B2C3D4E/
workable https://apply.workable.com/api/v1/widget/accounts/trenthousing?details=true
workable https://trenthousing.workable.com/
workday https://trent.wd3.myworkdayjobs.com/en-US/Careers
workday https://trent.wd3.myworkdayjobs.com/Careers/job/Nottingham/Porter_JR-100234
workday https://trent.wd3.myworkdayjobs.com/wday/cxs/trent/Careers/jobs
workday https://wd3.myworkdaysite.com/en-GB/recruiting/trent/Careers
wp_job_manager https://trent.example/?feed=job_feed
wp_rest https://trent.example/wp-json/wp/v2/job-listings
"""


@pytest.mark.parametrize(("system", "url"), [line.split() for line in ADDRESSES.strip().splitlines()])
def test_an_address_alone_leads_to_its_system_which_starts_from_it(system: str, url: str) -> None:
    claim = detect(Page(url, b""))[0]
    assert claim.adapter.name == system
    assert all(follow.url.startswith("https://") for follow in claim.adapter.start())


STRANGERS = """
https://lever.co.evil.example/trent
https://jobs.lever.co.evil.example/trent
https://evil.example/?u=https://jobs.lever.co/trent
https://evil.example//jobs.lever.co/trent
https://notlever.co/trent
https://boards.greenhouse.io.evil.example/trent
https://evil.example/boards.greenhouse.io/trent
https://www.jobtrain.co.uk.evil.example/trent/
https://evil.example/www.jobtrain.co.uk/trent
https://evil.example/?x=ce0999li.webitrent.com
https://trent.myworkdayjobs.com.evil.example/Careers
https://trent.tribepad-gro.com.evil.example/
https://trent.ciphr-irecruit.com.evil.example/
https://recruiting.paylocity.com.evil.example/recruiting/jobs/All/x/Y
https://breezy.hr/
https://greenhouse.io/
https://www.ashbyhq.com/
https://www.bamboohr.com/careers
https://www.ciphr.com/
https://www.eightfold.ai/
https://www.icims.com/
https://www.jobtrain.co.uk/
https://www.jobvite.com/
https://www.lever.co/
https://www.personio.de/
https://www.pinpointhq.com/
https://www.recruitee.com/
https://www.rippling.com/
https://www.smartrecruiters.com/
https://www.teamtailor.com/
https://www.tribepad.com/
https://www.workable.com/
https://www.trent.gov.uk/jobs
https://www.trent.gov.uk/vacancy/library-assistant
mailto:jobs@lever.co
about:blank
"""


@pytest.mark.parametrize("url", STRANGERS.split())
def test_a_look_alike_a_vendor_s_own_site_and_an_employer_s_page_are_no_board(url: str) -> None:
    assert detect(Page(url, b"")) == ()


CARD = (
    b'<div><h3><a href="/news/item-%d">A story of jobs and vacancies</a></h3><p>Some &amp; more, &pound;12.</p></div>\n'
)


def test_asking_every_system_about_a_page_of_five_megabytes_takes_less_than_a_second() -> None:
    body = b"<!doctype html><html><body>" + b"".join(CARD % n for n in range(45_000)) + b"</body></html>"
    started = time.process_time()
    assert detect(Page("https://www.trent.gov.uk/news", body)) == ()
    assert time.process_time() - started < 1
