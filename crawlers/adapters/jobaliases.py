"""What others call a job's facts: the names that partners' own XML, JSON and tables use, in nine languages.

Each row: the name that `jobwords` (or jobnames.NAMED) has, and those that mean it, squeezed as there.
"""

from __future__ import annotations

from collections.abc import Mapping

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
