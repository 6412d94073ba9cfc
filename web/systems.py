"""What a source's adapter reads, in words for people who never heard of adapters."""

from __future__ import annotations

from collections.abc import Mapping

SYSTEMS: Mapping[str, str] = {
    "ashby": "a job board of the recruitment system Ashby",
    "avature": "a feed of the recruitment system Avature",
    "bamboohr": "a job board of the recruitment system BambooHR",
    "breezy": "a job board of the recruitment system Breezy",
    "broadbean": "a list of the recruitment system Broadbean",
    "ciphr": "a job board of the recruitment system CIPHR iRecruit",
    "civil_service_jobs": "saved pages of the government’s service Civil Service Jobs",
    "civil_service_jobs_api": "a list of the government’s service Civil Service Jobs, made for programs",
    "corehr": "a list of Oxford’s open data (CoreHR)",
    "csv_file": "a table of jobs (CSV or XLSX)",
    "eightfold": "a job board of the recruitment system Eightfold",
    "eploy": "a feed of the recruitment system Eploy",
    "feed": "a news feed (RSS or Atom)",
    "find_an_apprenticeship": "a list of the government’s service Find an apprenticeship",
    "fusion": "a feed of the recruitment system Fusion",
    "greenhouse": "a job board of the recruitment system Greenhouse",
    "hireserve": "a job board of the recruitment system Hireserve",
    "hr_xml": "a list of jobs in the exchange format HR-XML",
    "html": "an employer’s own web pages",
    "icims": "a job board of the recruitment system iCIMS",
    "indeed_xml": "a feed of jobs as the job site Indeed takes them",
    "itrent": "a job board of the recruitment system iTrent",
    "job_list": "a list of jobs whose fields we guessed from their names",
    "jobs_ac_uk": "a feed of the job site jobs.ac.uk",
    "jobs_go_public": "a search on the job sites JobsGoPublic or LGjobs",
    "jobtrain": "a job board of the recruitment system Jobtrain",
    "jobvite": "a job board of the recruitment system Jobvite",
    "jooble": "a feed of jobs as the job site Jooble takes them",
    "json_api": "a list of jobs made for programs (JSON)",
    "jsonld": "web pages with their facts marked up for search engines (schema.org)",
    "lever": "a job board of the recruitment system Lever",
    "madgex": "a feed or list of a job board built by Madgex",
    "manatal": "a job board of the recruitment system Manatal",
    "neogov": "a feed of the recruitment system NEOGOV",
    "networx": "a feed of the recruitment system networx",
    "nhs_jobs": "a search of the job site NHS Jobs",
    "oracle": "a job board of the recruitment system Oracle Recruiting Cloud",
    "paylocity": "a job board of the recruitment system Paylocity",
    "personio": "a job board of the recruitment system Personio",
    "phenom": "a job board of the recruitment system Phenom",
    "pinpoint": "a job board of the recruitment system Pinpoint",
    "recruitee": "a job board of the recruitment system Recruitee",
    "recruitsaas": "a job board of the recruitment system RecruitSaaS",
    "reed": "a list of the job site Reed",
    "rippling": "a job board of the recruitment system Rippling",
    "sitemap": "the web pages that a sitemap lists",
    "smartrecruiters": "a job board of the recruitment system SmartRecruiters",
    "stonefish": "a vacancy site of the recruitment system Stonefish",
    "successfactors": "a job board of the recruitment system SAP SuccessFactors",
    "tal": "a feed of the recruitment system Oleeo (TAL)",
    "tal_board": "a board of the recruitment system Oleeo (TAL), as a web page",
    "teaching_vacancies": "a list of the government’s service Teaching Vacancies",
    "teamtailor": "a job board of the recruitment system Teamtailor",
    "tribepad": "a job board of the recruitment system Tribepad",
    "vacancy_poster": "a feed of the recruitment system Vacancy Poster",
    "workable": "a job board of the recruitment system Workable",
    "workday": "a job board of the recruitment system Workday",
    "wp_job_manager": "a feed of WP Job Manager, a part of WordPress sites",
    "wp_rest": "the vacancies of a WordPress site, by its interface for programs",
}


def read_as(adapter: str) -> str:
    """How we read a source, as a sentence; one whose adapter is not among ours names its file's own."""
    system = SYSTEMS.get(adapter)
    return f"We read it as {system}." if system else f"We read it with a program of its own ({adapter})."
