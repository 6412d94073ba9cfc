"""The text half of a generation: two Tantivy indexes, one of what everyone may see and one of the rest.

They are apart because a vacancy in the first moves scores and suggestions. Every column that a search may filter or
sort by is a fast field too, under the same name and with the same numbers, so that a search with common words never
has to bring its matches into Python. A marker document, which no text matches, holds the change id of the commit.

tantivy 0.27: documents are made by `from_dict` with the schema (keyword arguments store integers as i64, and an
unsigned field then kills the writer); there is no upsert, and `delete_documents_by_term` silently deletes nothing by
a number, so that deleting goes by query; a commit carries no payload; the analyser has to be registered anew on every
opening.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import tantivy as tv

from clearinghouse.search.columns import CODED, MOMENTS, NOWHERE, SAID
from clearinghouse.search.rows import NUMBERS, SORTED, Row
from clearinghouse.search.words import ANALYSER, BOOSTS, WHOLE, analyser, plain, whole

SIDES = ("public", "held")
HEAP = 32_000_000  # bytes; 15 MB is Tantivy's least
MARKER = "marker"
WRITTEN = "written"  # the words of titles as they are written: what a misspelt word is compared with
UNPLACED = "unplaced"  # 1 where no place has a position


def schema() -> tv.Schema:
    """The one schema of both indexes. Whoever changes it, or what its numbers mean, raises generation.VERSION."""
    builder = tv.SchemaBuilder()
    for name in BOOSTS:
        builder.add_text_field(name, tokenizer_name=ANALYSER, index_option="position")
    builder.add_text_field(WRITTEN, tokenizer_name=WHOLE, index_option="basic")
    for name in ("key", MARKER, *(f"facet_{name}" for name in CODED)):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in SORTED:
        builder.add_unsigned_field(f"by_{name}", fast=True)
    for name in (*MOMENTS, *NUMBERS):
        builder.add_integer_field(name, fast=True)
    for name in (*SAID, "organisation", UNPLACED):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("latitude", "longitude"):
        builder.add_float_field(name, fast=True)
    return builder.build()


def document(row: Row, codes: Mapping[str, int], schema: tv.Schema) -> tv.Document:
    """The Tantivy document of one row."""
    shown = row.showing
    organisation = NOWHERE if shown.organisation is None else shown.organisation
    values = (
        {
            "title": plain(row.title),
            "employer": plain(" ".join((row.employer, *row.heirs.values()))),
            "description": plain(row.description),
            WRITTEN: plain(row.title),
        }
        | {"key": row.key, "organisation": organisation, UNPLACED: int(not row.places)}
        | {f"facet_{name}": codes[name] for name in CODED}
        | {f"by_{name}": row.ranks[name] for name in SORTED}
        | {name: getattr(shown, name) for name in MOMENTS}
        | {name: int(getattr(shown, name)) for name in SAID}
        | dict(row.numbers)
        | {"latitude": [place[0] for place in row.places], "longitude": [place[1] for place in row.places]}
    )
    return tv.Document.from_dict({name: value for name, value in values.items() if value != []}, schema)


def opened(folder: Path) -> tv.Index:
    """The index in `folder`, for reading at our own times. Raises ValueError when there is none."""
    index = tv.Index.open(str(folder))
    _register(index)
    index.config_reader("manual")
    return index


def _register(index: tv.Index) -> None:
    index.register_tokenizer(ANALYSER, analyser())
    index.register_tokenizer(WHOLE, whole())


def marked(searcher: tv.Searcher, schema: tv.Schema) -> int | None:
    """The change id of the commit that this searcher sees; None before the first."""
    every = tv.Query.range_query(schema, MARKER, tv.FieldType.Unsigned, 0, (1 << 62))
    hits = searcher.search(every, limit=1, count=False, order_by_field=MARKER).hits
    return hits[0][0] if hits else None


class Writer:
    """The one writer of one of the two indexes; without a folder, of one in memory."""

    def __init__(self, folder: Path | None = None) -> None:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        self.schema = schema()
        self._index = tv.Index(self.schema, path=str(folder) if folder else None)
        _register(self._index)
        self._writer = self._index.writer(HEAP, 1)

    def remove(self, keys: Sequence[int]) -> None:
        """Take these vacancies out, if they are in."""
        if keys:
            self._writer.delete_documents_by_query(tv.Query.term_set_query(self.schema, "key", list(keys)))

    def add(self, row: Row, codes: Mapping[str, int]) -> None:
        """Put a row in; one of the same key has to be removed first."""
        self._writer.add_document(document(row, codes, self.schema))

    def commit(self, change_id: int) -> None:
        """Make everything since the last commit visible to readers at once, marked with `change_id`."""
        whole = tv.Query.range_query(self.schema, MARKER, tv.FieldType.Unsigned, 0, 1 << 62)
        self._writer.delete_documents_by_query(whole)
        self._writer.add_document(tv.Document.from_dict({MARKER: change_id}, self.schema))
        self._writer.commit()

    def searcher(self) -> tv.Searcher:
        """A searcher of everything that was committed."""
        self._index.reload()
        return self._index.searcher()

    def close(self) -> None:
        """Finish what merges are under way and give the folder free."""
        self._writer.wait_merging_threads()
