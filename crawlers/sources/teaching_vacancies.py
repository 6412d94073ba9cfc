"""Teaching Vacancies: what schools and trusts of Nottinghamshire and Nottingham advertise on the national service.

Its API can't be asked for a county: some 40 to 60 pages of all of England are read, once a day, and of their adverts
those kept that are in NG or in the county's other postcodes (Worksop's S80 and S81, Retford's DN22), or name no
postcode. NG reaches into Lincolnshire, Leicestershire and Derbyshire. Open Government Licence; unchecked, as of 22
November 2026. Also the way to the academy trusts whose own pages aren't known: Tapestry's above all.
"""

from crawlers.adapters.teaching_vacancies import TeachingVacancies
from crawlers.source import Expect, Source

source = Source(
    organisation=None,
    adapter=TeachingVacancies(areas=("NG", "S80", "S81", "DN22")),
    homepage="https://teaching-vacancies.service.gov.uk/jobs?location=nottinghamshire",
    every_hours=24,
    expect=Expect(minimum=1, maximum=2000),
    verified=None,
    terms="open_licence",
)
