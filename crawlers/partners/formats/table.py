"""Every format by the name that members.py gives it."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.partners.formats.base import Format
from crawlers.partners.formats.networx import NETWORX
from crawlers.partners.formats.rdf import RDF
from crawlers.partners.formats.rss import GOOGLE_RSS, LABEL_RSS, NEOGOV_RSS, WP_RSS
from crawlers.partners.formats.sitemaps import JSONLD_GZIP, JSONLD_INDEX, JSONLD_PLAIN, MICRODATA
from crawlers.partners.formats.tal import TAL

FORMATS: Mapping[str, Format] = {
    "jsonld_gzip": JSONLD_GZIP,
    "jsonld_index": JSONLD_INDEX,
    "jsonld_plain": JSONLD_PLAIN,
    "microdata": MICRODATA,
    "networx": NETWORX,
    "rdf": RDF,
    "rss_google": GOOGLE_RSS,
    "rss_jobs": NEOGOV_RSS,
    "rss_labels": LABEL_RSS,
    "tal": TAL,
    "wpjm": WP_RSS,
}

SITEMAPS = frozenset(("jsonld_gzip", "jsonld_index", "jsonld_plain", "microdata"))
