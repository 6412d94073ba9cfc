"""The text of simulated adverts: paragraphs and lists of HTML, put together from this package's own sentences."""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape

from crawlers.partners.prose_terms import also
from crawlers.partners.tables import Family, words
from crawlers.partners.terms import Terms

CHECKS = {
    "none": ("", "No criminal record check is needed for this post."),
    "basic": ("A basic DBS check is needed.", "The offer is subject to a basic DBS check."),
    "standard": ("A standard DBS check is needed.", "This post is subject to a standard DBS disclosure."),
    "enhanced": ("An enhanced DBS check is needed.", "You will need an enhanced DBS check, which we pay for."),
    "enhanced_barred": (
        "An enhanced DBS check with barred lists is needed.",
        "This is regulated activity: an enhanced DBS check including the barred lists is required.",
    ),
}


@dataclass(frozen=True)
class Subject:
    """What the prose is about: the post, its employer, and words for its place and closing (None = left out)."""

    title: str
    employer: str
    place: str
    closing: str | None


def description(subject: Subject, family: Family, agreed: Terms, rng: random.Random) -> tuple[str, ...]:
    """The advert as blocks of HTML, three to seven of them."""
    duties = rng.sample(family.duties, min(len(family.duties), rng.randint(3, 6)))
    asks = rng.sample(family.asks, min(len(family.asks), rng.randint(2, 4)))
    blocks = [
        _paragraph(_opening(subject, family, rng)),
        f"<p><strong>{rng.choice(('What you will do', 'The role', 'Main duties'))}</strong></p>{_list(duties)}",
        f"<p><strong>{rng.choice(('What we look for', 'About you', 'Essential'))}</strong></p>{_list(asks)}",
        _requirements(family, agreed, rng),
        _paragraph(_offer(rng)),
        _paragraph(_contact(subject, rng)),
    ]
    kept = blocks if rng.random() < 0.75 else blocks[:4] + blocks[5:]
    kept[3] = _paragraph(" ".join(filter(None, (blocks[3], *also(family, agreed, rng)))))
    return tuple(kept)


def _opening(subject: Subject, family: Family, rng: random.Random) -> str:
    about = rng.sample(family.about, min(2, len(family.about)))
    team = rng.choice(words()["team"])
    start = rng.choice(
        (
            f"{subject.employer} is looking for {_article(subject.title)} {subject.title}.",
            f"An exciting opportunity has come up at {subject.employer}.",
            f"{subject.title}: could this be you?",
            f"Come and work with us at {subject.employer}.",
        )
    )
    return " ".join([start, *about]).replace("{place}", subject.place).replace("{team}", team)


def _article(title: str) -> str:
    return "an" if title[0] in "AEIOaeio" else "a"


def _requirements(family: Family, agreed: Terms, rng: random.Random) -> str:
    said = [rng.choice(family.level), rng.choice(CHECKS[rng.choice(family.dbs)])]
    if rng.random() < family.driving:
        said.append(rng.choice(("A full driving licence is essential.", "You must be able to drive and have a car.")))
    if agreed.hours and rng.random() < 0.7:
        said.append(f"Hours: {agreed.hours}.")
    if agreed.contract.startswith("Casual"):
        said.append(rng.choice(("This is casual work: you choose when.", "Zero hours: casual shifts as they come up.")))
    if family.shifts:
        said.append(f"You will work {rng.choice(family.shifts)}.")
    if rng.random() < 0.15:
        said.append("Some work from home is possible by agreement.")
    return " ".join(filter(None, said))


def _offer(rng: random.Random) -> str:
    chosen = rng.sample(words()["benefits"], 3)
    line = rng.sample(words()["closing"], rng.randint(1, 2))
    return f"We offer {chosen[0]}, {chosen[1]} and {chosen[2]}. {' '.join(line)}"


def _contact(subject: Subject, rng: random.Random) -> str:
    name = f"{rng.choice(words()['first'])} {rng.choice(words()['last'])}"
    # 01632 960 is the range that Ofcom keeps for drama: nobody answers there
    phone = f"01632 960{rng.randint(100, 999)}"
    said = [f"For an informal talk please call {name} on {phone}."]
    if subject.closing:
        said.append(f"Closing date: {subject.closing}.")
    return " ".join(said)


def _paragraph(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"


def _list(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item, quote=False)}</li>" for item in items) + "</ul>"
