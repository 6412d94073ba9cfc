"""From how often each code occurs to the facet values that people choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clearinghouse.search.columns import Columns, Ints
from clearinghouse.search.criteria import Criteria, label_of
from clearinghouse.search.parameters import BY_NAME, NOT_STATED, PARAMETERS, Facet, Parameter, Values


def facets(
    criteria: Criteria, columns: Columns, counts: Mapping[str, Ints], seen: Mapping[str, Ints]
) -> dict[str, tuple[Facet, ...]]:
    """Every faceted parameter's values with their counts.

    `counts` has, by parameter and code, the matches of this search less its selection of that parameter; `seen` the
    same of everything that the audience sees. A value is listed when its count is over 0 or it is chosen.
    """
    names = labels(criteria, columns, seen)
    found = {}
    for parameter in PARAMETERS:
        values = _totals(parameter, criteria, columns, counts[parameter.name], seen[parameter.name])
        found[parameter.name] = _facets(parameter, criteria.selected(parameter.name), values, names)
    return found


def _totals(parameter: Parameter, criteria: Criteria, columns: Columns, counts: Ints, seen: Ints) -> dict[str, int]:
    """By value, the total that it alone would give."""
    totals = by_value(columns, parameter, counts)
    if not parameter.silent:
        return totals
    unstated = int(counts[0])
    if criteria.include_unstated and unstated:
        known = parameter.words or by_value(columns, parameter, seen)
        totals = {value: totals.get(value, 0) + unstated for value in (*totals, *known)}
    return totals | {NOT_STATED: unstated} if unstated else totals


def _facets(
    parameter: Parameter, chosen: Values, totals: Mapping[str, int], names: Mapping[str, Mapping[str, str]]
) -> tuple[Facet, ...]:
    listed = {**dict.fromkeys(chosen, 0), **totals}
    found = [Facet(v, label_of(parameter.name, v, names), count, v in chosen) for v, count in listed.items()]
    return tuple(_ordered(parameter, found))


def by_value(columns: Columns, parameter: Parameter, counts: Ints) -> dict[str, int]:
    """The count of each value from those of the codes: a vacancy with several values counts under each."""
    totals: dict[str, int] = {}
    sets = columns.sets[parameter.name]
    for code in counts.nonzero()[0].tolist():
        for value in sets[code]:
            totals[value] = totals.get(value, 0) + int(counts[code])
    return totals


def labels(criteria: Criteria, columns: Columns, seen: Mapping[str, Ints]) -> Mapping[str, Mapping[str, str]]:
    """What to call the values that only the vacancies know; of those asked for, only what the audience sees."""
    names = columns.employers
    if criteria.employer:
        known = by_value(columns, BY_NAME["employer"], seen["employer"])
        names = {slug: name for slug, name in names.items() if slug in known}
    return {"employer": names}


def _ordered(parameter: Parameter, found: Iterable[Facet]) -> list[Facet]:
    """In the vocabulary's own order; where there is none, the most frequent first. What isn't stated comes last."""
    if parameter.words is None:
        return sorted(found, key=lambda facet: (facet.value == NOT_STATED, -facet.count, facet.label))
    place = {value: number for number, value in enumerate(parameter.words)}
    return sorted(found, key=lambda facet: (place.get(facet.value, len(place)), facet.value))


def unheard(criteria: Criteria, columns: Columns, seen: Mapping[str, Ints]) -> tuple[str, ...]:
    """A sentence for each chosen value that no vacancy has at present, of the parameters without a vocabulary."""
    notices = []
    for name in (parameter.name for parameter in PARAMETERS if parameter.words is None):
        chosen = [value for value in criteria.selected(name) if value != NOT_STATED]
        known = by_value(columns, BY_NAME[name], seen[name]) if chosen else {}
        notices += [
            f"No vacancy has “{value[:60]}” as its {name} at present." for value in chosen if value not in known
        ]
    return tuple(notices)
