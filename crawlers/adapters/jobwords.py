"""The names under which feeds and description tables state a job's facts.

A name is an element's local name or a printed label, squeezed: lower case, letters and digits only ("Closing Date",
closing-date and job:closingDate are all closingdate). In each row the first name that is stated wins.
"""

from __future__ import annotations

from functools import lru_cache

NAMES: dict[str, tuple[str, ...]] = {
    "apply_url": ("applyurl", "applicationurl", "applylink", "applyonlineurl", "applyonline", "howtoapplyurl"),
    "closes": (
        *("closingdatetime", "closingdate", "closedate", "closesat", "closes", "closing", "validthrough"),
        *("advertisetodatetime", "advertisetodate", "applicationdeadline", "applicationclosingdate", "deadline"),
        *("deadlineat", "applyby", "applybefore", "closingdateforapplications", "expirationdate", "expirydate"),
        *("expiresat", "expiresdate", "expires", "expiration", "expiry", "enddate", "advertenddate", "lastapplydate"),
        *("vacancyclosingdate", "jobclosingdate", "dateclosing", "closeson", "applicationenddate", "applicationsclose"),
        *("closingdateandtime", "expdate", "registrationdeadline", "advertisetodatetimeutc"),
    ),
    "employer": (
        *("employer", "employername", "hiringorganization", "hiringorganisation", "organisation", "organization"),
        *("organisationname", "organizationname", "company", "companyname", "council", "authority", "trust", "school"),
        *(
            "employingorganisation",
            "employingorganization",
            "hiringorganizationname",
            "orgname",
            "departmentorganisation",
        ),
    ),
    "employment_type": (
        *("employmenttype", "contracttype", "typeofcontract", "vcontracttype", "contract", "jobtype", "vacancytype"),
        *("positiontype", "appointmenttype", "tenure", "basis", "contractterm", "typeofemployment", "jobtypes"),
        "contracttypes",
    ),
    "hours": (
        *("hours", "workhours", "hoursperweek", "workinghours", "weeklyhours", "contractedhours", "contracthours"),
        *("workinghoursperweek", "workhoursperweek", "hoursofwork", "jobhours", "hourspw", "contractualhours"),
    ),
    "kind": ("kind", "opportunitytype"),
    "level": ("level", "apprenticeshiplevel", "qualificationlevel", "levelofqualification"),
    "occupation": (
        *("occupation", "occupationalcategory", "jobcategory", "jobcategories", "jobfunction", "function"),
        *("staffgroup", "profession", "professionalarea", "roletype", "jobrole", "jobfamily", "jobsector", "sector"),
        "discipline",
    ),
    "posted": (
        *("dateposted", "posteddate", "postdate", "postedon", "publishon", "publishdate", "publicationdate", "opens"),
        *("advertisefromdate", "openingdate", "opendate", "advertstartdate", "datecreated", "livefrom"),
        *("postingdate", "publisheddate", "dateadded", "datelive", "advertisingdate"),
    ),
    "reference": (
        *("reference", "referencenumber", "referenceno", "refno", "refnumber", "ref", "jobreference", "jobref"),
        *("jobreferencenumber", "vacancyreference", "vacancyref", "vacancyreferencenumber", "advertreference"),
        *("requisitionnumber", "requisitionid", "reqid", "jobrequisitionid", "postreference", "positionreference"),
        *("jobrefno", "jobcode", "vacancynumber", "vacancyno", "advertref", "refcode"),
    ),
    "salary": (
        *("salary", "salarytext", "salaryrange", "displaysalary", "salarydescription", "salarydetails", "salaryinfo"),
        *("pay", "payrange", "payrate", "rateofpay", "wage", "wagetext", "remuneration", "basesalary", "compensation"),
        *("jobsalary", "payscale", "salaryinformation", "advertisedsalary"),
    ),
    "starts": ("jobstartdate", "startdate", "starts", "commencementdate", "anticipatedstartdate"),
    "title": ("jobtitle", "vacancytitle", "vtitle", "positiontitle", "posttitle", "advertitle", "adverttitle"),
    "url": ("origlink", "adverturl", "joburl", "vacancyurl", "detailurl", "url"),
    "working_pattern": (
        *("workingpattern", "workingpatterns", "workpattern", "workingarrangements", "shiftpattern", "timetype"),
    ),
}

# A number that the system gives a job: its reference where neither a stated one nor the item's own guid is.
NUMBERS = ("jobid", "vacancyid", "vacid", "postingid", "advertid", "positionid", "jobnumber", "jobnumbersingle", "id")

DESCRIPTIONS = ("adverttext", "jobadvert", "jobdescription", "fulldescription", "longdescription", "vacancydescription")

LOCATIONS = (
    *("location", "joblocation", "locations", "joblocations", "worklocation", "placeofwork", "jobplace"),
    *("locationname", "locationtext", "baselocation", "site", "coverage"),
)
PLACE_PARTS = (
    ("buildingsite", "building", "workplace"),
    ("streetaddress", "address", "street", "addressline1"),
    ("city", "town", "citytown", "towncity", "addresslocality", "locality"),
    ("county", "state", "addressregion", "region", "geographicalregion", "geographicalregions"),
    ("postcode", "postalcode", "zip", "zipcode"),
)
LATITUDES = ("latitude", "lat", "geolat")
LONGITUDES = ("longitude", "long", "lng", "lon", "geolng")

MINIMUM_PAY = ("minimumsalary", "salaryminimum", "salarymin", "minsalary", "salaryfrom", "salarylower", "minpay")
MAXIMUM_PAY = ("maximumsalary", "salarymaximum", "salarymax", "maxsalary", "salaryto", "salaryupper", "maxpay")
PAY_UNIT = (
    "salaryinterval",
    "salaryunit",
    "salaryperiod",
    "salaryfrequency",
    "salarytype",
    "payperiod",
    "payfrequency",
)
PAY_CURRENCY = ("salarycurrency", "currency", "salarycurrencycode")

# Said of the feed's entry and not of the job, or said better elsewhere: left out by name.
IGNORED = frozenset(
    {
        *("author", "contributor", "creator", "generator", "source", "rights", "image", "thumbnail", "enclosure"),
        *("comments", "commentrss", "updated", "modified", "lastmodified", "lastbuilddate", "dateupdated", "subject"),
        *("group", "textinput", "categorycode", "icon", "logo", "companylogo", "format", "identifier"),
    }
)

# Labels that are trusted in running text: a printed "Type:" or "Level:" can be about anything.
UNTRUSTED = frozenset({"url", "kind", "level", "basis", "ref", "function", "contract", "school", "trust", "council"})
LABELS = (
    frozenset(name for field, names in NAMES.items() if field not in ("title", "url") for name in names)
    | frozenset(
        ("location", "joblocation", "worklocation", "locations", "placeofwork", "postcode", "vacancyid", "jobid")
    )
) - UNTRUSTED


@lru_cache(maxsize=2048)
def squeezed(name: str) -> str:
    """An element's local name or a printed label as the tables above have it."""
    return "".join(c for c in name.lower() if c.isalnum())
