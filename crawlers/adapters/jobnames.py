"""What others call a job's facts: the names that partners' own XML, JSON and tables use, in nine languages.

Each row: the name that `jobwords` (or NAMED below) has, and those that mean it. All squeezed: lower case, letters and
digits only, accents off ("Intitulé du poste" is intituleduposte).
"""

from __future__ import annotations

import re
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
        *("cidade", "citta", "cityname", "ciudad", "commune", "comune", "jobcity", "joblocationcity", "localidad"),
        *("miasto", "miejscowosc", "municipality", "ort", "plaats", "poblacion", "stad", "stadt", "ville"),
        *("woonplaats",),
    ),
    "closingdate": (
        *("ansokansenast", "applicationclosedate", "applicationdateend", "applicationsclosedate"),
        *("bewerbungsfrist", "bewerbungsschluss"),
        *("closedatetime", "closedon", "closingon", "dateexpiration", "dateexpired", "datefin"),
        *("datefinpublication", "datelimite", "datescadenza", "dateto", "deadlinedate", "einsendeschluss"),
        *("expire", "expired", "expireson", "fechacierre", "fechafin", "fechalimite", "frist", "jobexpirydate"),
        *("lastday", "plazo", "reactiedatum", "scadenza", "sluitingsdatum", "soknadsfrist", "terminskladania"),
        *("unpublishdate", "validuntil"),
    ),
    "company": (
        *("advertiser", "advertisername", "agency", "arbeidsgiver", "arbeitgeber", "arbetsgivare", "azienda"),
        *("bedrijf", "brand", "businessname", "companytitle", "custname", "empleador", "empresa", "entreprise"),
        *("firma", "hiringcompany", "hiringorganisationname", "nomdelentreprise", "nomentreprise", "organisatie"),
        *("organismo", "pracodawca", "raisonsociale", "recruitername"),
        *("recruteur", "societe", "unternehmen", "werkgever"),
    ),
    "contracttype": (
        *("ansettelsesform", "anstallningsform", "anstellungsart", "befristung", "contractkind", "contrat"),
        *("contrato", "contratto", "dienstverband", "employmentform", "employmentstatus", "libellecontrat"),
        *("naturecontrat", "rodzajumowy", "soortcontract", "timetypecontract", "tipocontrato", "tipocontratto"),
        *("tipodecontrato", "typecontrat", "typedecontrat", "typeofcontractname", "vertragsart", "workertype"),
    ),
    "country": ("countryname", "joblocationcountry", "kraj", "land", "paese", "pais", "pays"),
    "currency": ("currencycode", "devise", "moneda", "payrangecurrency", "valuta", "waehrung", "wahrung"),
    "dateposted": (
        *("firstactivatedat", "publicationstartdate", "startpublicationdate"),
        *("advertdate", "created", "createdat", "creationdate", "dataoggetto", "datapubblicazione"),
        *("datapublicacion", "date", "datecreation", "datedeparution", "datedepublication", "dateopen"),
        *("dateparution", "datepost", "datepublication", "datepublished", "eroffnet", "fechaalta"),
        *("fechapublicacion", "firstpublished", "firstpublishedat", "golivedate", "jobposted", "jobposteddate"),
        *("listdate", "listingdate", "livedate", "openingdatetime", "plaatsingsdatum", "posted", "postedat"),
        *("postingdatetime", "postingstartdate", "poststartdate", "pubdate", "publicatiedatum"),
        *("publicationdatetime", "publicationstart", "publicerad", "published", "publishedat", "publishedon"),
        *("releasedate", "releaseddate", "startpublication", "tcreate", "veroeffentlichungsdatum"),
        *("veroffentlichtam",),
    ),
    "description": (
        *("advertdescription", "anzeigentext", "beschreibung", "beskrivelse", "beskrivning", "content", "contenu"),
        *("descricao", "descripcion", "descriptif", "descriptiftexte", "descriptiondetail", "descrizione"),
        *("functieomschrijving", "jobad", "jobdetails", "jobsummary", "jobtext", "omschrijving", "opis"),
        *(
            "opisstanowiska",
            "postingdescription",
            "presentation",
            "stellenbeschreibung",
            "texte",
            "texteannonce",
            "texteoffre",
        ),
        *("vacaturetekst",),
    ),
    "duties": (
        *("description1", "descriptiondelamission"),
        *("aufgaben", "funciones", "keyresponsibilities", "mansioni", "mission", "missiondescription", "missions"),
        *("responsibilities", "taakomschrijving", "taken", "tareas", "tasks"),
    ),
    "hours": (
        "tempsdetravailhebdomadaire",
        *("arbeidstid", "dureetravail", "heures", "horas", "hoursweek", "stunden", "tempstravail", "uren"),
        *("urenperweek", "weekhours", "weeklyworkinghours", "wochenstunden"),
    ),
    "htmldescription": ("bodyhtml", "contenthtml", "descriptionhtml", "externaldescriptionstr", "jobdescriptionhtml"),
    "htmlduties": ("description1formatted", "missiondescriptionformatted"),
    "htmlprofile": ("description2formatted", "profilehtml"),
    "latitude": ("geolatitude", "jobgeolat", "locationlatitude"),
    "link": (
        *("displayurl", "redirection", "openadverturl", "positionuri", "urlactivepage", "urlcomeethostedpage"),
        *("absoluteurl", "advertlink", "adverturi", "annonceurl", "anzeigenlink", "anzeigenurl", "applicationpage"),
        *("canonicalpositionurl", "canonicalurl", "collegamento", "deeplink", "detaillink", "detailpage"),
        *("detailpageurl", "directurl", "enlace", "externalurl", "fullurl", "hostedurl", "href", "jobdetailurl"),
        *("joblink", "jobpage", "jobpageurl", "joburi", "lank", "lenke", "lien", "lienoffre", "linkurl"),
        *("offerurl", "permalink", "positionurl", "postingurl", "publicurl", "seourl", "stellenlink", "stellenurl"),
        *("urlanuncio", "urlempleo", "urljobweb", "urloferta", "urloffre", "vacancylink", "vacatureurl", "viewurl"),
        *("weblink", "webpageurl"),
    ),
    "location": (
        *("arbeidssted", "arbeitsort", "arbetsort", "base", "citystate", "citystatecountry", "einsatzort"),
        *("emplacement", "formattedlocation", "locationdescription", "locationdisplay", "joblocationtext"),
        *("libellelieu", "lieu", "lieudetravail"),
        *("lieutravail", "localisation", "locatie", "locationstext", "lokalizacja", "lugar", "lugardetrabajo"),
        *("luogo", "miejscepracy", "multilocation", "office", "officename", "offices", "primarylocation", "sede"),
        *("sededilavoro", "standort", "standorte", "standplaats", "ubicacion", "werklocatie", "workinglocation"),
        *("worklocations", "workplacelocation"),
    ),
    "longitude": ("geolongitude", "jobgeolng", "jobgeolong", "locationlongitude"),
    "occupation": (
        *("beruf", "berufsfeld", "categoria", "categorie", "categories", "category", "domaine", "famillemetier"),
        *("fonction", "functiegebied", "jobfamilygroup", "kategorie", "metier", "team", "vakgebied", "yrke"),
    ),
    "point": (
        *("coordinates", "coordonnees", "geo", "geocode", "geoloc", "geolocation", "geopoint", "gps", "latlng"),
        *("latlong",),
    ),
    "postcode": ("codepostal", "codigopostal", "cp", "kodpocztowy", "plz", "postleitzahl", "postnummer", "zipcode5"),
    "profile": (
        "description2",
        *("anforderungen", "functieeisen", "ihrprofil", "perfil", "profil", "profilrecherche", "qualifications"),
        *("qualifikationen", "requisiti", "requisitos", "skills"),
    ),
    "reference": (
        *("clientrequisitionid", "identifiant"),
        *("adid", "annonceid", "annonsid", "atsjobid", "codigo", "codigooferta", "displayjobid", "externalid"),
        *("externaljobid", "externalreference", "internalreference", "jobkey", "jobreqid", "kennziffer"),
        *("numeroreference", "ofertaid", "offerid", "partnerjobid", "positionnumber", "referencia", "referencja"),
        *("referentie", "referentienummer", "referenz", "referenznummer", "reqnumber", "requisition"),
        *("riferimento", "stellennummer", "uniqueid", "vacatureid", "vacaturenummer"),
    ),
    "region": (
        *("bundesland", "comunidad", "departement", "province", "provincia", "provincie", "regio", "wojewodztwo"),
    ),
    "salary": (
        *("annualsalary", "bruttolohn", "compensationtiersummary", "gehalt", "grade", "jobpay", "libellesalaire"),
        *("lonn", "loon", "maandsalaris", "payment", "remuneracion", "retribucion", "retribuzione", "salaire"),
        *("salaireaffiche", "salairelibelle", "salario", "salariotexto", "salaris", "salaryandbenefits"),
        *("salaryband", "salarystring", "stipendio", "verguetung", "vergutung", "wages", "wynagrodzenie"),
    ),
    "salarymaximum": (
        *("basesalarymaxvalue", "basesalaryvaluemaxvalue", "compensationmax", "gehaltbis", "highendamount"),
        *("maximumwage", "payrangemax", "salairemax", "salairemaximum", "salariomaximo", "salarismax"),
        *("salaryhigh", "maximumrange", "salaryrangemax", "salaryrangeto"),
    ),
    "salaryminimum": (
        *("basesalaryminvalue", "basesalaryvalueminvalue", "compensationmin", "gehaltvon", "lowendamount"),
        *("minimumwage", "payrangemin", "salairemin", "salaireminimum", "salariominimo", "salarismin", "salarylow"),
        *("minimumrange", "salaryrangefrom", "salaryrangemin"),
    ),
    "salaryunit": (
        *("payrangeinterval", "salaireperiode", "salarycurrencyinterval", "salaryper", "salaryrangeinterval"),
        *("rateintervalcode", "salaryrate"),
    ),
    "shortdescription": (
        *("abstract", "accroche", "briefdescription", "descriptionshort", "descriptionteaser", "excerpt"),
        *("extrait", "intro", "introduction", "kurzbeschreibung", "resume"),
        *("resumen", "samenvatting", "shortjobdescription", "snippet"),
        *("summary", "teaser"),
    ),
    "startdate": (
        *("beginningdate", "contractstart", "datedebut", "datededebut", "datededebutsouhaitee", "dateprisedeposte"),
        *("datesouhaiteededebutdemission", "eintrittsdatum", "eintrittstermin", "fechaincorporacion"),
        *("fechainicio", "ingangsdatum", "jobstart", "startdatum", "tiltredelse"),
    ),
    "streetaddress": (
        *("addressline", "adress", "adresse", "direccion", "indirizzo", "jobaddress", "rue", "straat", "strasse"),
    ),
    "title": (
        *("adtitle", "anuncio", "businesstitle", "bezeichnung", "cargo", "functie", "functienaam"),
        *("functietitel", "heading", "headline"),
        *("intitule", "intituleduposte", "intituleoffre", "intituleposte", "jobheadline", "jobname", "jobposition"),
        *("libelleposte", "nazwastanowiska", "nombre", "nombreoferta", "nomposte", "offretitre", "overskrift"),
        *("position", "positionname", "posizione", "postingtitle", "postname", "posttitleen", "puesto", "rola"),
        *("role", "rolename", "roletitle", "rubrik", "stanowisko", "stelle", "stellenbezeichnung", "stellentitel"),
        *("stilling", "stillingstittel", "tehtava", "titel", "titeloffre", "titolo", "titre", "titreannonce"),
        *("titreoffre", "titreposte", "tittel", "titulo", "tytul", "vacancy", "vacancyname", "vacature"),
        *("vacaturenaam", "vacaturetitel", "yrkesbenamning"),
    ),
    "workingpattern": (
        *("arbeitszeit", "arbeitszeitmodell", "contracttime", "fulltimeparttime", "jobschedule", "jobtime"),
        *("jornada", "orario", "schedule", "scheduletype", "tempsdetravail", "werktijden", "workingtime"),
        *("worktime", "wymiaretatu"),
    ),
}
# How a longer name begins that means the same: Reference_apec, IntituleOffre2.
STEMS: Mapping[str, str] = {
    "datelimite": "closingdate",
    "intitule": "title",
    "reference": "reference",
    "salaire": "salary",
}
# A name that also says of what it is told: of the job, or of its place (url-de-l-offre, location_city).
OF_JOB = re.compile(
    r"(?:advert|annonce|job|offer|offre|position|posting|poste|requisition|vacancy)(.+)|(.+)(?:del?offre|duposte)"
)
OF_PLACE = re.compile(r"(?:job|work)?location(.+)")
# Names that say nothing without the name of what they stand in.
VAGUE = frozenset(
    {
        *("code", "currency", "date", "email", "href", "id", "label", "libelle", "link", "max", "maximum", "min"),
        *("minimum", "name", "position", "rate", "reference", "text", "title", "type", "unit", "uri", "url", "uuid"),
        *("kind", "value", "content", "description", "summary", "phone", "slug", "status", "logo", "category", "grade"),
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
            "links",
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
OF_PLACES = frozenset(
    {"country", *words.LATITUDES, *words.LONGITUDES, *(name for names in words.PLACE_PARTS for name in names)}
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
    begun = next((known for stem, known in STEMS.items() if name.startswith(stem)), None)
    return _MEANT.get(name) or begun or _within(name) or name


def _within(name: str) -> str | None:
    """What a name means but for the words that say of what it is told; None where that is nothing known."""
    if found := OF_PLACE.fullmatch(name):
        part = _MEANT.get(found[1], found[1])
        return part if part in OF_PLACES else None
    found = OF_JOB.fullmatch(name)
    part = (found[1] or found[2]) if found else ""
    known = _MEANT.get(part, part)
    return known if known in KNOWN else None
