"""Find an apprenticeship: every apprenticeship within 30 miles of the middle of Nottinghamshire.

The official Display Advert API takes a point and a distance; the circle reaches the corners of the county, and so some
of the neighbours'. Adverts for the whole nation come too. The key is CLEARINGHOUSE_FAA_KEY: without it every run is
turned away (401 or 403) and says so, and nothing else happens. Open Government Licence. Unchecked, as of 22 November
2026: nobody has asked the API with a key.
"""

from crawlers.adapters.find_an_apprenticeship import FindAnApprenticeship
from crawlers.source import Expect, Source

source = Source(
    organisation=None,
    adapter=FindAnApprenticeship(
        url="https://api.apprenticeships.education.gov.uk/vacancies/vacancy?Lat=53.13&Lon=-1.00&DistanceInMiles=30"
    ),
    homepage="https://www.findapprenticeship.service.gov.uk/",
    every_hours=4,
    expect=Expect(minimum=1, maximum=3000),
    verified=None,
    terms="open_licence",
)
