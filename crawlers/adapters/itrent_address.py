"""Where an iTrent board's pages stand, and the session that its launch page gives out."""

from __future__ import annotations

import re

LAUNCH, LANDING, LIST = "ETREC179GF.open", "etrec002gf.open", "etrec106gf.json"
ADDRESS = re.compile(r"^https?://[^?#]*/(?:[\w-]+_webrecruitment(?:[/?#]|$)|etrec\d{3}gf\.)", re.IGNORECASE)
ADVERT = re.compile(r"[?&]VACANCY_ID=", re.IGNORECASE)
RUN = re.compile(r"^(https?://[^/?#]+/(?:[^?#]*/)?)(etrec\d{3}gf\.\w+)", re.IGNORECASE)
TENANT = re.compile(r"^(https?://[^/?#]+/(?:[^?#]*/)?[\w-]+_webrecruitment)(?:[/?#]|$)", re.IGNORECASE)
WVID = re.compile(r"[?&]WVID=([\w%-]+)", re.IGNORECASE)
BOARDS = re.compile(r"etrec179gf\.open\?(?:[^\"'<>\s]{0,200}&(?:amp;)?)?wvid=(\w{4,40})", re.IGNORECASE)
SESSION = re.compile(r"USESSION(?:=|%3D|[\"']?\s{0,9}[:,]\s{0,9}[\"'])(\w{6,200})", re.IGNORECASE)
FIELD = re.compile(
    r"""name=["']SESSION\.STD_HID_FLDS[^"'<>]{0,40}["'][^<>]{0,200}?value=["'](\w{6,200})["']"""
    r"""|value=["'](\w{6,200})["'][^<>]{0,200}?name=["']SESSION\.STD_HID_FLDS""",
    re.IGNORECASE,
)


def run_of(url: str) -> str | None:
    """The folder of iTrent's pages, with its slash; None for an address that isn't iTrent's."""
    page, tenant = RUN.match(url), TENANT.match(url)
    return page[1] if page else f"{tenant[1]}/wrd/run/" if tenant else None


def board_of(url: str) -> str | None:
    """The WVID that an address names."""
    stated = WVID.search(url)
    return stated[1] if stated else None


def boards_on(text: str) -> tuple[str, ...]:
    """The WVIDs of the boards that a page links to."""
    return tuple(dict.fromkeys(BOARDS.findall(text)))


def session_on(text: str, url: str) -> str | None:
    """The session that a page gives out: its form's, else the longest that its address or its links name."""
    field = FIELD.search(text)
    if field:
        return field[1] or field[2]
    return max([*SESSION.findall(url), *SESSION.findall(text)], key=len, default=None)
