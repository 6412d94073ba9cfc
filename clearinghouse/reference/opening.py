"""An official file as it came: a table or a list of JSON objects, perhaps in a ZIP. Read row by row, never whole."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from clearinghouse.errors import ClearingHouseError

LARGEST = 4 << 30  # bytes of a file out of a ZIP: the postcode directory has 1.3 GB
MEMBERS = 2_000  # files in a ZIP: the directory's has some 200
BEGINNING = 1 << 16  # bytes that must hold a table's first line
LINE = 1 << 20  # characters of a table's line: a standard's, with its text, has 20,000
RECORD = 8 << 20  # characters of one JSON object: a standard with all its text has 40,000
CHUNK = 1 << 16
FIRST = 50  # objects whose names together are a list's columns
DAMAGED = (csv.Error, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError)


class BadReferenceError(ClearingHouseError):
    """The file can't be loaded; the message is a sentence that names the row and the value."""


@dataclass(frozen=True)
class Part:
    """A file that may hold a table: the path itself, or a `member` of the ZIP that it is."""

    path: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """The file's own name."""
        return Path(self.member).name if self.member else self.path.name

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Its bytes; damage to a ZIP shows while they are read."""
        if self.member is None:
            with self.path.open("rb") as file:
                yield file
        else:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                yield file


def parts(path: Path) -> list[Part]:
    """What may hold the table: the file, or the tables in a ZIP, largest first. Raises BadReferenceError."""
    try:
        if not zipfile.is_zipfile(path):
            return [_plain_file(path)]
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if each.filename.lower().endswith((".csv", ".json"))]
    except (OSError, *DAMAGED) as error:
        raise BadReferenceError(f"{path.name} can't be read: {error}") from error
    if len(members) > MEMBERS:
        raise BadReferenceError(f"{path.name} holds {len(members):,} tables: it must hold {MEMBERS:,} or fewer")
    big = next((each for each in members if each.file_size > LARGEST), None)
    if big:
        raise BadReferenceError(f"{big.filename} in {path.name} has {big.file_size:,} bytes: too many")
    if not members:
        raise BadReferenceError(f"{path.name} holds no CSV or JSON file")
    return [Part(path, each.filename) for each in sorted(members, key=lambda each: -each.file_size)]


def _plain_file(path: Path) -> Part:
    """The file as its own table. Raises BadReferenceError for a ZIP without its end: a download that stopped."""
    with path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":
            raise BadReferenceError(f"{path.name} is a ZIP that was cut short: download it again")
    return Part(path)


def header(part: Part) -> tuple[str, ...] | None:
    """The names of a table's columns, folded, or those of the first object of a JSON list; None for anything else."""
    try:
        with part.opened() as file:
            text = _decoded(file.read(BEGINNING))
        if is_json(text):
            return _names(part)
        return tuple(map(folded, next(csv.reader(io.StringIO(text)), [])))
    except (BadReferenceError, OSError, *DAMAGED):
        return None


def _names(part: Part) -> tuple[str, ...]:
    """Every name in the first objects, up to the first that can't be read."""
    names: dict[str, None] = {}
    with closing(objects(part)) as first, suppress(BadReferenceError):
        for _, each in islice(first, FIRST):
            names.update(dict.fromkeys(each))
    return tuple(names)


def rows(part: Part) -> Generator[tuple[str, Mapping[str, str] | list[str]]]:
    """Each row and what to call it in a message: a list in the header's order, of JSON a mapping by folded name.

    Raises BadReferenceError for a row of another length, a broken list and damage of any kind.
    """
    try:
        with part.opened() as file:
            listed = is_json(_decoded(file.read(BEGINNING)))
        yield from objects(part) if listed else _lines(part)
    except (OSError, *DAMAGED) as error:
        raise BadReferenceError(f"{part.name} is damaged: {error}") from error


def _lines(part: Part) -> Iterator[tuple[str, list[str]]]:
    with part.opened() as file, _text(file) as text:
        table = csv.reader(_bounded(text, part.name))
        width = len(next(table, []))
        for number, values in enumerate(table, 2):
            if not values:
                continue
            if len(values) != width:
                counted = f"{len(values)} values where the first line has {width}"
                raise BadReferenceError(f"{part.name}, row {number}: {counted}")
            yield f"{part.name}, row {number}", values


def _bounded(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """The lines. Raises BadReferenceError for one that is too long to be held."""
    while line := text.readline(LINE):
        if len(line) == LINE:
            raise BadReferenceError(f"{name} is damaged: a line has over {LINE:,} characters")
        yield line


def objects(part: Part) -> Generator[tuple[str, Mapping[str, str]]]:
    """The objects of the first list in a JSON file, one at a time; nested values are left out."""
    decoder, number, left = json.JSONDecoder(), 0, ""
    with part.opened() as file, _text(file) as text:
        for chunk in _chunks(text):
            left += chunk
            if number == 0 and "[" in left:
                left, number = left[left.index("[") + 1 :], 1
            while number and (start := re.match(r"[\s,]*", left)) is not None:
                left = left[start.end() :]
                if left.startswith("]"):
                    return
                if left and not left.startswith("{"):
                    raise BadReferenceError(f"{part.name}, entry {number} is no object: {left[:40]!r}")
                try:
                    value, end = decoder.raw_decode(left)
                except json.JSONDecodeError:
                    break  # the rest of it is in the next chunk
                yield f"{part.name}, entry {number}", _plain(value)
                left, number = left[end:], number + 1
            if len(left) > RECORD:
                raise BadReferenceError(f"{part.name}, entry {number} has over {RECORD:,} characters")
    raise BadReferenceError(f"{part.name} is broken in entry {number} of its list, or ends there")


def _text(file: IO[bytes]) -> io.TextIOWrapper:
    return io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")


def _chunks(text: io.TextIOWrapper) -> Iterator[str]:
    while chunk := text.read(CHUNK):
        yield chunk


def _plain(value: Mapping[str, object]) -> Mapping[str, str]:
    """The object by folded names; null is empty, and what is nested is left out."""
    said = {folded(key): "" if each is None else each for key, each in value.items()}
    return {key: str(each).strip() for key, each in said.items() if isinstance(each, (str, int, float))}


def is_json(text: str) -> bool:
    """True for the beginning of a JSON list or object."""
    return text.lstrip("\ufeff \r\n\t").startswith(("[", "{"))


def folded(name: str) -> str:
    """A column's name in small letters with single spaces: official headers have line breaks and doubled spaces."""
    return " ".join(name.lstrip("\ufeff").split()).lower()


def digest(path: Path, keep: frozenset[str]) -> str:
    """A hash of the file and of which districts we keep of it."""
    found = hashlib.sha256("\0".join(sorted(keep)).encode())
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            found.update(chunk)
    return found.hexdigest()


def _decoded(beginning: bytes) -> str:
    return beginning.decode("utf-8-sig", "replace")
