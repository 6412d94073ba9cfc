"""Which sources there are: a file each, in `crawlers/sources/` and in the operator's SOURCES_DIR.

A file's name is its source's slug. A file that can't be loaded is a value (BadSourceError), never an exception:
one operator's typo must not keep every other source from its run.
"""

from __future__ import annotations

import ast
import re
import sys
import traceback
import types
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from clearinghouse.errors import BadSettingError, BadSourceError
from clearinghouse.vacancies.posting import SourceFacts
from crawlers.applying import APPLYING
from crawlers.fingerprint import fingerprint
from crawlers.fitness import unfit
from crawlers.source import Adapter, Source

SHIPPED = Path(__file__).parent / "sources"
LONGEST = 4_000  # characters of what a file says on top that are kept
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True)
class Registered:
    """One source of the registry, who answers for it (`origin`: shipped, operator, demo, browser), and its file.

    `about` is what the file says on top. `declared` are its facts before a person put another address in, None where
    nobody did.
    """

    slug: str
    source: Source
    origin: str
    file: Path | None = None
    about: str | None = None
    declared: SourceFacts | None = None

    @property
    def facts(self) -> SourceFacts:
        """What the store is told of this source: its facts as declared, the fingerprint of what is read now."""
        now = replace(facts(self.slug, self.source, self.origin), about=self.about)
        return replace(self.declared, fingerprint=now.fingerprint) if self.declared else now


@dataclass(frozen=True)
class Registry:
    """Every source by slug, and what is wrong with each file that could not be loaded."""

    sources: Mapping[str, Registered] = field(default_factory=dict)
    problems: Mapping[str, BadSourceError] = field(default_factory=dict)


def load(sources_dir: Path | None = None, shipped: Path | None = SHIPPED) -> Registry:
    """The shipped sources and the operator's own; of two with one name, the operator's.

    Raises BadSettingError when `sources_dir` isn't a folder that can be read.
    """
    first = _folder(shipped, "shipped") if shipped else Registry()
    second = _operators(sources_dir) if sources_dir else Registry()
    named = second.sources.keys() | second.problems.keys()
    kept = {slug: source for slug, source in first.sources.items() if slug not in named}
    problems = {slug: problem for slug, problem in first.problems.items() if slug not in named}
    return Registry(kept | dict(second.sources), problems | dict(second.problems))


def facts(slug: str, source: Source, origin: str) -> SourceFacts:
    """What the rest of the system needs to know of `source`."""
    return SourceFacts(
        slug=slug,
        organisation=source.organisation,
        origin=origin,
        adapter=source.adapter.name,
        fingerprint=fingerprint(source),
        homepage=source.homepage,
        every_hours=source.every_hours,
        expect=source.expect,
        verified=source.verified,
        terms=source.terms,
        loopback=source.loopback,
        identity=source.adapter.identity,
        url=_one_address(source),
        applying=APPLYING.get(source.adapter.name),
        doubtful=is_doubtful(source.adapter),
    )


def is_doubtful(adapter: Adapter) -> bool:
    """True for an adapter that guesses: a person must compare what it reads before anybody else sees it."""
    return bool(getattr(adapter, "doubtful", False))


def _one_address(source: Source) -> str | None:
    url = getattr(source.adapter, "url", None)
    return url if isinstance(url, str) else None


def _operators(folder: Path) -> Registry:
    try:
        return _folder(folder, "operator")
    except OSError as error:
        raise BadSettingError(f"CLEARINGHOUSE_SOURCES_DIR: can't read {folder}: {error.strerror}") from error


def _folder(folder: Path, origin: str) -> Registry:
    files = sorted(file for file in folder.iterdir() if file.suffix == ".py" and not file.name.startswith("_"))
    loaded = {file.stem: _file(file) for file in files}
    sources = {
        slug: Registered(slug, source, origin, folder / f"{slug}.py", _about(folder / f"{slug}.py"))
        for slug, source in loaded.items()
        if isinstance(source, Source)
    }
    return Registry(sources, {s: v for s, v in loaded.items() if isinstance(v, BadSourceError)})


def _file(file: Path) -> Source | BadSourceError:
    """The source that `file` declares, or what is wrong with it, named by line."""
    if not SLUG.fullmatch(file.stem):
        return BadSourceError(file.stem, f"{file}: a file's name may hold a-z, 0-9, - and _ only")
    try:
        declared = _run(file)
    except (Exception, SystemExit) as error:  # noqa: BLE001  an operator's file may fail in any way
        return BadSourceError(file.stem, f"{file}, {_line(file, error)}: {type(error).__name__}: {_words(error)}")
    reason = unfit(declared)
    return BadSourceError(file.stem, f"{file}: {reason}") if reason or not isinstance(declared, Source) else declared


def _about(file: Path) -> str | None:
    """What stands on top of `file`, a source's that could be loaded."""
    words = ast.get_docstring(ast.parse(file.read_bytes()))
    return words[:LONGEST] if words else None


def _run(file: Path) -> object:
    """What `file` calls `source`. Compiled afresh: a cached .pyc may be of the same second and length as an edit."""
    module = types.ModuleType(f"crawlers_source_{file.stem}")
    module.__file__ = str(file)
    sys.modules[module.__name__] = module  # a dataclass that the file declares looks its module up
    exec(compile(file.read_bytes(), str(file), "exec"), module.__dict__)  # noqa: S102  source files are the operator's code
    return getattr(module, "source", None)


def _words(error: BaseException) -> str:
    return error.msg if isinstance(error, SyntaxError) else str(error)


def _line(file: Path, error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.lineno:
        return f"line {error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return f"line {lines[-1]}" if lines else "not readable"
