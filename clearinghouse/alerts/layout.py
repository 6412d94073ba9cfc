"""How alerts' mails look: text of 72 columns with each link on a line of its own, and HTML that says the same."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2

from clearinghouse.settings import Settings

WIDTH = 72
RULE = "_" * WIDTH
LONGEST = 120  # characters of a search that a stranger may have typed
ADDRESS = re.compile(
    r"[^\s“”]*(?:://|@|www\.|\w\.[a-z]{2,})[^\s“”]*", re.IGNORECASE
)  # what mail programs make a link of


def text(*blocks: str) -> str:
    """A mail's text: blocks with an empty line between them."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def wrapped(*lines: str) -> str:
    """Lines, each broken into as many as it takes; empty ones are left out."""
    return "\n".join(
        textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in lines if line
    )


def link(words: str, url: str) -> str:
    """Words, and the address below them, unbroken."""
    return f"{wrapped(words)}\n{url}"


def us(settings: Settings) -> str:
    """Who writes."""
    return f"{settings.site_name}\n{settings.public_url}\nQuestions? Write to {settings.contact_email}"


def html(template: str, settings: Settings, subject: str, **words: Any) -> str:
    """A mail's HTML."""
    return _environment().get_template(template).render(
        subject=subject, site_name=settings.site_name, site=settings.public_url,
        site_shown=urlsplit(settings.public_url).netloc, contact=settings.contact_email, **words,
    )  # fmt: skip


def capital(words: str) -> str:
    """Words with a capital, as a line begins."""
    return words[:1].upper() + words[1:]


def short(words: str, most: int) -> str:
    """Words on one line, cut at a word's end when there are more."""
    return textwrap.shorten(words, most, placeholder=" …")


def tame(words: str) -> str:
    """Words that a stranger typed, without what could lead to elsewhere or turn the line round, and not too many."""
    seen = "".join(letter for letter in words if unicodedata.category(letter) != "Cf")
    return short(ADDRESS.sub("…", seen), LONGEST)


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters["capital"] = capital
    return made
