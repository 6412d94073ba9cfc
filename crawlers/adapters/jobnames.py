"""What others call a job's facts: the names that partners' own XML, JSON and tables use, in nine languages.

Each row: the name that `jobwords` (or NAMED below) has, and those that mean it. All squeezed: lower case, letters and
digits only, accents off ("Intitulé du poste" is intituleduposte).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from crawlers.adapters import jobwords as words

TITLES = ("title", *words.NAMES["title"], "name")
NUMBERS = (*words.NUMBERS, "uuid", "guid")
# Of several, a range is the last: some mean the name of a pay scale by it.
PAY = (*(name for name in words.NAMES["salary"] if name != "salaryrange"), "salaryrange")
TEXTS = (
    "htmldescription",
    "fulldescription",
    "description",
    *words.DESCRIPTIONS,
    "shortdescription",
)  # the fullest first
# What a description says in parts of their own: of each row the first that is stated.
TEXT_PARTS = (
    ("htmlduties", "duties"),
    ("htmlprofile", "applicantprofileformatted", "applicantprofile", "requirements", "profile"),
    ("benefits",),
)
NAMED = frozenset(
    {*TITLES, *NUMBERS, *TEXTS, *(name for row in TEXT_PARTS for name in row), "country", "link", "point"}
)

ALIASES: Mapping[str, tuple[str, ...]] = {
    "applyurl": (
        *("applicationlink", "applyto", "bewerbungslink", "bewerbungsurl", "enlaceinscripcion", "lienpostuler"),
        *("onlinebewerbung", "sollicitatielink", "sollicitatieurl", "urlcandidature", "urldecandidature"),
        *("urlinscripcion", "urlpostuler", "urlredirectionapplicant"),
    ),
    "benefits": ("avantages", "beneficios", "fordeler", "leistungen", "vantaggi", "voordelen", "wirbieten"),
    "city": (
        *("cidade", "citta", "ciudad", "cityname", "commune", "comune", "jobcity", "joblocationcity", "localidad"),
        *(
            "miasto",
            "miejscowosc",
            "municipality",
            "ort",
            "plaats",
            "poblacion",
            "stad",
            "stadt",
            "ville",
            "woonplaats",
        ),
    ),
    "closingdate": (
        *("ansokansenast", "applicationsclosedate", "bewerbungsfrist", "bewerbungsschluss", "closedon", "dateexpired"),
        *("dateexpiration", "datefin", "datefinpublication", "datelimite", "datescadenza", "einsendeschluss", "expire"),
        *("expired", "expiresdate", "fechacierre", "fechafin", "fechalimite", "frist", "jobexpirydate", "lastday"),
        *("plazo", "reactiedatum", "scadenza", "sluitingsdatum", "soknadsfrist", "terminskladania", "unpublishdate"),
        *("validuntil", "applicationdateend", "expireson", "deadlinedate", "closingon", "closedatetime", "dateto"),
    ),
    "company": (
        *("arbeidsgiver", "arbeitgeber", "arbetsgivare", "azienda", "bedrijf", "businessname", "companytitle"),
        *(
            "custname",
            "empleador",
            "empresa",
            "entreprise",
            "firma",
            "nomentreprise",
            "nomdelentreprise",
            "organisatie",
        ),
        *("organismo", "pracodawca", "raisonsociale", "recruteur", "societe", "unternehmen", "werkgever"),
        *("advertiser", "advertisername", "agency", "hiringcompany", "hiringorganisationname", "brand"),
    ),
    "contracttype": (
        *(
            "anstallningsform",
            "ansettelsesform",
            "anstellungsart",
            "befristung",
            "contractkind",
            "contrat",
            "contratto",
        ),
        *("contrato", "dienstverband", "employmentform", "employmentstatus", "libellecontrat", "naturecontrat"),
        *("rodzajumowy", "soortcontract", "tipocontratto", "tipocontrato", "tipodecontrato", "typecontrat"),
        *("typedecontrat", "vertragsart", "timetypecontract", "typeofcontractname", "workertype"),
    ),
    "country": ("countryname", "joblocationcountry", "kraj", "land", "paese", "pais", "pays"),
    "currency": ("currencycode", "devise", "moneda", "payrangecurrency", "valuta", "waehrung", "wahrung"),
    "dateposted": (
        "golivedate",
        "listdate",
        *("createdat", "created", "creationdate", "dataoggetto", "datapublicacion", "datapubblicazione", "date"),
        *(
            "datecreation",
            "datepublication",
            "dateparution",
            "datedeparution",
            "datedepublication",
            "datepost",
            "eroffnet",
        ),
        *(
            "fechaalta",
            "fechapublicacion",
            "firstpublished",
            "firstpublishedat",
            "jobposted",
            "openingdatetime",
            "posted",
        ),
        *("plaatsingsdatum", "postedat", "postingdatetime", "pubdate", "publicatiedatum", "publicationdatetime"),
        *("publicationstart", "published", "publishedat", "publishedon", "publicerad", "releasedate", "releaseddate"),
        *("startpublication", "tcreate", "veroeffentlichungsdatum", "veroffentlichtam", "datepublished", "listingdate"),
        *("postingstartdate", "jobposteddate", "dateopen", "livedate", "advertdate", "poststartdate"),
    ),
    "description": (
        *(
            "anzeigentext",
            "beschreibung",
            "beskrivelse",
            "beskrivning",
            "content",
            "contenu",
            "descricao",
            "descripcion",
        ),
        *("descriptif", "descriptiftexte", "descrizione", "functieomschrijving", "jobtext", "omschrijving", "opis"),
        *("opisstanowiska", "postingdescription", "stellenbeschreibung", "texte", "texteannonce", "texteoffre"),
        *("vacaturetekst", "descriptiondetail", "jobad", "jobdetails", "advertdescription", "jobsummary"),
    ),
    "duties": (
        *("aufgaben", "funciones", "keyresponsibilities", "mansioni", "mission", "missiondescription", "missions"),
        *("responsibilities", "taken", "tareas", "tasks", "taakomschrijving"),
    ),
    "htmlduties": ("missiondescriptionformatted",),
    "htmldescription": ("bodyhtml", "contenthtml", "descriptionhtml", "externaldescriptionstr", "jobdescriptionhtml"),
    "htmlprofile": ("profilehtml",),
    "hours": (
        *("arbeidstid", "dureetravail", "heures", "horas", "stunden", "uren", "urenperweek", "weeklyworkinghours"),
        *("wochenstunden", "tempstravail", "weekhours", "hoursweek"),
    ),
    "latitude": ("geolatitude", "jobgeolat", "locationlatitude"),
    "link": (
        *("absoluteurl", "adverturi", "annonceurl", "anzeigenlink", "anzeigenurl", "canonicalpositionurl"),
        *(
            "canonicalurl",
            "collegamento",
            "deeplink",
            "detaillink",
            "detailpage",
            "detailpageurl",
            "directurl",
            "enlace",
        ),
        *("externalurl", "fullurl", "hostedurl", "href", "jobdetailurl", "joblink", "jobpage", "jobpageurl", "joburi"),
        *("lank", "lenke", "lien", "lienoffre", "linkurl", "offerurl", "permalink", "positionurl", "postingurl"),
        *(
            "publicurl",
            "seourl",
            "stellenlink",
            "stellenurl",
            "urlanuncio",
            "urlempleo",
            "urloferta",
            "urloffre",
            "vacatureurl",
        ),
        *("weblink", "webpageurl", "applicationpage", "advertlink", "vacancylink", "viewurl", "urljobweb"),
    ),
    "location": (
        *("arbeidssted", "arbeitsort", "arbetsort", "citystate", "citystatecountry", "einsatzort", "emplacement"),
        *(
            "formattedlocation",
            "joblocationtext",
            "libellelieu",
            "lieu",
            "lieudetravail",
            "lieutravail",
            "localisation",
        ),
        *(
            "locatie",
            "locationstext",
            "lokalizacja",
            "multilocation",
            "lugar",
            "lugardetrabajo",
            "luogo",
            "miejscepracy",
            "office",
        ),
        *("officename", "offices", "primarylocation", "sede", "sededilavoro", "standort", "standorte", "standplaats"),
        *("ubicacion", "werklocatie", "worklocations", "workinglocation", "workplacelocation", "base"),
    ),
    "longitude": ("geolongitude", "jobgeolng", "jobgeolong", "locationlongitude"),
    "occupation": (
        *("beruf", "berufsfeld", "categorie", "categoria", "category", "categories", "domaine", "famillemetier"),
        *("fonction", "functiegebied", "jobfamilygroup", "kategorie", "metier", "team", "vakgebied", "yrke"),
    ),
    "point": (
        "coordinates",
        "coordonnees",
        "geo",
        "geocode",
        "geoloc",
        "geolocation",
        "geopoint",
        "gps",
        "latlng",
        "latlong",
    ),
    "postcode": ("codepostal", "codigopostal", "cp", "kodpocztowy", "plz", "postnummer", "postleitzahl", "zipcode5"),
    "profile": (
        *("anforderungen", "functieeisen", "ihrprofil", "perfil", "profil", "profilrecherche", "qualifications"),
        *("qualifikationen", "requisiti", "requisitos", "skills"),
    ),
    "reference": (
        "internalreference",
        "jobkey",
        "partnerjobid",
        "uniqueid",
        *("adid", "annonceid", "annonsid", "atsjobid", "codigo", "codigooferta", "displayjobid", "externalid"),
        *("externalreference", "externaljobid", "jobref", "kennziffer", "numeroreference", "offerid", "ofertaid"),
        *("referencia", "referencja", "referentie", "referentienummer", "referenz", "referenznummer", "riferimento"),
        *("stellennummer", "vacaturenummer", "vacatureid", "reqnumber", "requisition", "jobreqid", "positionnumber"),
    ),
    "region": ("bundesland", "comunidad", "departement", "provincia", "provincie", "province", "regio", "wojewodztwo"),
    "salary": (
        *("bruttolohn", "gehalt", "jobpay", "libellesalaire", "loon", "lon", "lonn", "maandsalaris", "payment"),
        *("remuneracion", "remuneration", "retribucion", "retribuzione", "salaire", "salaireaffiche", "salairelibelle"),
        *(
            "salariotexto",
            "salario",
            "salaris",
            "salaryandbenefits",
            "salarystring",
            "stipendio",
            "vergutung",
            "verguetung",
        ),
        *("wages", "wynagrodzenie", "compensationtiersummary", "salaryband", "annualsalary", "grade"),
    ),
    "salarymaximum": (
        "highendamount",
        *("basesalarymaxvalue", "compensationmax", "gehaltbis", "maximumwage", "salairemax", "salairemaximum"),
        *("salaryrangemax", "salariomaximo", "salarismax", "salaryhigh", "payrangemax", "basesalaryvaluemaxvalue"),
    ),
    "salaryminimum": (
        "lowendamount",
        *("basesalaryminvalue", "compensationmin", "gehaltvon", "minimumwage", "salairemin", "salaireminimum"),
        *("salaryrangemin", "salariominimo", "salarismin", "salarylow", "payrangemin", "basesalaryvalueminvalue"),
    ),
    "salaryunit": (
        "payrangeinterval",
        "salaireperiode",
        "salarycurrencyinterval",
        "salaryper",
        "salaryrangeinterval",
        "salaryrate",
    ),
    "shortdescription": (
        *(
            "abstract",
            "accroche",
            "briefdescription",
            "descriptionteaser",
            "excerpt",
            "extrait",
            "intro",
            "introduction",
        ),
        *("kurzbeschreibung", "resume", "resumen", "samenvatting", "snippet", "summary", "teaser", "descriptionshort"),
    ),
    "startdate": (
        *("beginningdate", "datedebut", "datededebut", "datededebutsouhaitee", "datesouhaiteededebutdemission"),
        *("eintrittsdatum", "eintrittstermin", "fechainicio", "fechaincorporacion", "ingangsdatum", "startdatum"),
        *("tiltredelse", "jobstart", "contractstart", "dateprisedeposte"),
    ),
    "streetaddress": (
        "adresse",
        "direccion",
        "indirizzo",
        "jobaddress",
        "rue",
        "strasse",
        "straat",
        "adress",
        "addressline",
    ),
    "title": (
        *("anuncio", "bezeichnung", "cargo", "functie", "functienaam", "functietitel", "headline", "intitule"),
        *(
            "intituleduposte",
            "intituleoffre",
            "intituleposte",
            "jobname",
            "jobposition",
            "libelleposte",
            "nazwastanowiska",
        ),
        *("nombre", "nombreoferta", "nomposte", "overskrift", "position", "positionname", "posizione", "postname"),
        *("puesto", "rola", "rolename", "roletitle", "rubrik", "stanowisko", "stelle", "stellenbezeichnung"),
        *(
            "stellentitel",
            "stilling",
            "stillingstittel",
            "tehtava",
            "titel",
            "titeloffre",
            "titolo",
            "titre",
            "titreannonce",
        ),
        *(
            "titreoffre",
            "titreposte",
            "titulo",
            "tittel",
            "tytul",
            "vacancy",
            "vacancyname",
            "vacature",
            "vacaturenaam",
        ),
        *(
            "vacaturetitel",
            "yrkesbenamning",
            "role",
            "offretitre",
            "postingtitle",
            "adtitle",
            "jobheadline",
            "posttitleen",
        ),
    ),
    "workingpattern": (
        "contracttime",
        *("arbeitszeit", "arbeitszeitmodell", "fulltimeparttime", "jobschedule", "jobtime", "jornada", "orario"),
        *("schedule", "scheduletype", "tempsdetravail", "wymiaretatu", "workingtime", "worktime", "werktijden"),
    ),
}
# How a longer name begins that means the same: Reference_apec, IntituleOffre2.
STEMS: Mapping[str, str] = {
    "datelimite": "closingdate",
    "intitule": "title",
    "reference": "reference",
    "salaire": "salary",
}
# Names that say nothing without the name of what they stand in.
VAGUE = frozenset(
    {
        *("code", "currency", "date", "email", "href", "id", "label", "libelle", "link", "max", "maximum", "min"),
        *("minimum", "name", "position", "rate", "reference", "text", "title", "type", "unit", "uri", "url", "uuid"),
        *("value", "content", "description", "summary", "phone", "slug", "status", "logo", "category", "grade"),
    }
)
OWN_NAMES = frozenset({"displayname", "formatted", "fullname", "label", "libelle", "name", "text", "value"})
# What an object of these names is: no job, but something about one.
PARTS = frozenset(
    {
        *("advertiser", "author", "brand", "categories", "category", "client", "company", "contact", "department"),
        *(
            "employer",
            "entity",
            "entreprise",
            "group",
            "hiringorganization",
            "image",
            "industry",
            "logo",
            "mainsupervisor",
        ),
        *(
            "manager",
            "organisation",
            "organization",
            "owner",
            "recruiter",
            "sector",
            "seo",
            "team",
            "user",
            "unternehmen",
        ),
    }
)
TOLD_PARTS = frozenset({"department", "division", "group", "industry", "sector"})  # of which the name is told
PLACES = frozenset(
    {*words.LOCATIONS, "address", "addresses", "addresslocality", "city", "place", "places", "region", "regions"}
)
PLACE_NAMES = (*words.LOCATIONS, "placename", "name", "label", "displayname", "text")
# Of a person, or of how a feed is paid for: no fact of the job.
UNTOLD = frozenset(
    {"authenticationkey", "contactemail", "cpc", "email", "indeedapplydata", "mainsupervisor", "recruiter", "videoid"}
)

KNOWN = frozenset(
    {
        *(name for names in words.NAMES.values() for name in names),
        *(name for names in words.PLACE_PARTS for name in names),
        *words.LOCATIONS,
        *words.LATITUDES,
        *words.LONGITUDES,
        *words.MINIMUM_PAY,
        *words.MAXIMUM_PAY,
        *words.PAY_UNIT,
        *words.PAY_CURRENCY,
        *NAMED,
        *ALIASES,
    }
)
_MEANT = {other: name for name, others in ALIASES.items() for other in others if other not in KNOWN}


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name squeezed, its accents off."""
    plain = unicodedata.normalize("NFKD", name[:200])
    return words.squeezed("".join(c for c in plain if not unicodedata.combining(c)))


@lru_cache(maxsize=4096)
def meant(name: str) -> str:
    """What a folded name means: a name of KNOWN where it is one or has one; else itself."""
    if name in KNOWN:
        return name
    begun = next((known for stem, known in STEMS.items() if name.startswith(stem)), name)
    return _MEANT.get(name, begun)
