"""Reading schema.org objects, however they were written: JSON-LD compact or expanded, microdata, RDFa."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawlers.adapters.text import joined, plain

DEEPEST = 4  # objects within objects in which words are looked for


def term(name: str) -> str:
    """A property's or type's name in lower case, without vocabulary address or prefix."""
    return name.rstrip("/").rpartition("/")[2].rpartition("#")[2].rpartition(":")[2].lower()


@dataclass(frozen=True)
class Thing:
    """One schema.org object: `props` by lower-case name, and the page's objects by their @id."""

    props: Mapping[str, Any]
    by_id: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    depth: int = 0

    @classmethod
    def of(cls, node: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]], depth: int = 0) -> Thing:
        """The object that `node` is, or that it refers to by @id alone.

        References are followed two objects deep only, for they can run in circles.
        """
        whole = by_id.get(str(node["@id"]), node) if set(node) <= {"@id", "@type"} and "@id" in node else node
        return cls({term(str(name)): value for name, value in whole.items()}, by_id if depth < 2 else {}, depth)

    def is_a(self, kind: str) -> bool:
        """True when one of its types is schema.org's `kind`."""
        return kind.lower() in types(self.props)

    def each(self, name: str) -> Iterator[Any]:
        """The values of a property, lists and JSON-LD's wrappings undone, objects as Things."""
        waiting = [self.props.get(name.lower())]
        while waiting:
            value = waiting.pop()
            if isinstance(value, (list, tuple)):
                waiting += reversed(value)
            elif isinstance(value, dict):
                wrapped = [value[key] for key in ("@value", "@list", "@set") if key in value]
                waiting += wrapped[:1]
                if not wrapped:
                    yield Thing.of(value, self.by_id, self.depth + 1)
            elif isinstance(value, bool):
                yield "true" if value else "false"
            elif value is not None:
                yield value

    def things(self, name: str) -> list[Thing]:
        """The values of a property that are objects."""
        return [value for value in self.each(name) if isinstance(value, Thing)]

    def words(self, name: str) -> str | None:
        """A property in one line of words: each stated value, an object by its name or value."""
        return joined(worded(value) for value in self.each(name))

    def word(self, *names: str) -> str | None:
        """The first value among these properties that has words."""
        return next((text for name in names for value in self.each(name) if (text := worded(value))), None)

    def raw(self, name: str) -> str | None:
        """The first textual value of a property as it stands, markup included."""
        return next((value for value in self.each(name) if isinstance(value, str) and value.strip()), None)


def worded(value: Any) -> str | None:
    """A value in words: text as it is, an object by its name, value, description or @id."""
    if isinstance(value, Thing):
        if value.depth > DEEPEST:
            return None
        code = value.word("codevalue", "termcode")
        named = value.word("name", "value", "credentialcategory", "description")
        return joined((code, named), " ") or plain(value.props.get("@id"))
    return plain(value)


def types(props: Mapping[str, Any]) -> set[str]:
    """The names of an object's types, in lower case."""
    stated = props.get("@type")
    listed = stated if isinstance(stated, (list, tuple)) else [stated]
    return {term(kind) for kind in listed if isinstance(kind, str)}
