"""A report as text: plain, comma-separated, and as a web page that needs nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html import escape

from clearinghouse.reporting.table import Column, Report, Table, plain, safe, shown

STYLE = (
    "body{font-family:Arial,sans-serif;max-width:70em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;margin:2em 0}caption{font-weight:bold;text-align:left;padding:.5em 0}"
    "th,td{border-bottom:1px solid #b1b4b6;padding:.4em 1em .4em 0;text-align:left;vertical-align:top}"
    ".n{text-align:right}"
)


def as_text(report: Report) -> bytes:
    """Columns side by side, for a terminal."""
    parts = [report.title, "=" * len(report.title), "", *report.about]
    for table in report.tables:
        parts += ["", table.title, "", *_lines(table)]
    return ("\n".join(parts) + "\n").encode()


def _lines(table: Table) -> Iterator[str]:
    cells = [[column.heading for column in table.columns], *_shown(table)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(table.columns))]
    for row in cells:
        padded = map(_padded, row, widths, table.columns)
        yield "  ".join(padded).rstrip()


def _padded(text: str, width: int, column: Column) -> str:
    return text.rjust(width) if column.numeric else text.ljust(width)


def _shown(table: Table) -> list[list[str]]:
    return [[shown(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]


def as_csv(report: Report) -> bytes:
    """Each table with its headings, an empty line between two. Values as they are: a share as 0.97, unknown empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    for number, table in enumerate(report.tables):
        if number:
            writer.writerow([])
        writer.writerow([column.heading for column in table.columns])
        writer.writerows([safe(plain(cell) if isinstance(cell, str) else cell) for cell in row] for row in table.rows)
    return out.getvalue().encode()


def as_html(report: Report) -> bytes:
    """One page, with its style in it."""
    about = "".join(f"<p>{escape(sentence)}</p>" for sentence in report.about)
    tables = "".join(map(_html, report.tables))
    title = escape(report.title)
    head = f'<meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    return (
        f'<!doctype html><html lang="en-GB"><head>{head}</head>'
        f"<body><main><h1>{title}</h1>{about}{tables}</main></body></html>\n"
    ).encode()


def _html(table: Table) -> str:
    heads = "".join(f'<th scope="col"{_class(column)}>{escape(column.heading)}</th>' for column in table.columns)
    rows = "".join("<tr>" + "".join(map(_cell, row, table.columns, range(len(row)))) + "</tr>" for row in _shown(table))
    caption = f"<caption>{escape(table.title)}</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(text: str, column: Column, place: int) -> str:
    tag = "td" if place else 'th scope="row"'
    return f"<{tag}{_class(column)}>{escape(text)}</{tag[:2]}>"


def _class(column: Column) -> str:
    return ' class="n"' if column.numeric else ""
