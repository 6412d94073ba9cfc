"""`clearinghouse report`, run as an operator runs it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document

from clearinghouse.cli import main
from clearinghouse.db import Store
from clearinghouse.ingest.models import QualityDay
from clearinghouse.ingest.quality import Count, Quality
from clearinghouse.ingest.quality_fields import Field
from clearinghouse.ingest.sources import facts_as_json
from clearinghouse.settings import settings
from clearinghouse.vacancies.models import SourceRow
from clearinghouse.vacancies.posting import SourceFacts

Report = Callable[..., tuple[int, bytes, str]]


@pytest.fixture
def report(
    sqlite_url: str, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Iterator[Report]:
    """The whole command within this process: its exit status, its standard output, its standard error."""
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("COLUMNS", "200")
    _fill(sqlite_store)

    def report(*arguments: str) -> tuple[int, bytes, str]:
        monkeypatch.setattr("sys.argv", ["clearinghouse", "report", *arguments])
        settings.cache_clear()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfdbinary.readouterr()
        return int(ended.value.code or 0), said.out, said.err.decode()

    yield report
    settings.cache_clear()


def _fill(store: Store) -> None:
    """Two nights of one source, of ten adverts each: of the second, five say what they pay."""
    now = dt.datetime(2026, 11, 2, 3, tzinfo=dt.UTC)
    with store.writing() as session:
        facts = facts_as_json(SourceFacts("anytown", None, "operator", "feed", "f1"))
        session.add(SourceRow(slug="anytown", facts=facts, override={}))
        session.flush()
        for night, filled in enumerate((10, 5)):
            fields = {field.value: Count(filled, filled) if field is Field.SALARY else Count(10, 10) for field in Field}
            found = Quality(10, 12, 3, 6, (4.0, 30.5), 8, 4, 1, fields)
            day = (now + dt.timedelta(days=night)).date()
            session.add(QualityDay(source="anytown", day=day, facts=found.as_json(), at=now))


def test_the_text_says_how_each_source_was_read_in_the_period(report: Report) -> None:
    status, said, _ = report("quality", "--period", "2026-11")
    lines = said.decode().splitlines()
    assert (status, lines[0]) == (0, "How well adverts are read: November 2026")
    [row] = [line.split() for line in lines if line.startswith("Anytown") and "Pay" not in line and " 30.5" in line]
    assert row[-7:] == ["2", "12", "3", "50%", "4.0", "30.5", "25%"]
    pay = [line.split()[-4:] for line in lines if " Pay " in line]
    assert pay == [["75%", "75%", "0%", "0%"]] * 2  # of all sources, and of this one


def test_a_period_without_nights_says_so(report: Report) -> None:
    status, said, warning = report("quality", "--period", "2009-10", "--format", "csv")
    assert (status, said, warning) == (0, b"", "Nothing was measured in April 2009 to March 2010.\n")
    status, said, _ = report("quality", "--period", "2009-10")
    assert status == 0
    assert "Nothing was measured in April 2009 to March 2010." in said.decode()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(("--period", "2026-13"), "'2026-13'"), (("--format", "pdf"), "'pdf'"), (("--period", ""), None)],
)
def test_a_wrong_period_or_format_is_named(report: Report, arguments: tuple[str, ...], named: str | None) -> None:
    status, said, problem = report("quality", *arguments)
    assert status == (2 if named else 0)
    assert (said == b"") is bool(named)
    assert not named or named in problem


def test_a_workbook_and_a_document_go_to_a_file_or_into_a_pipe(report: Report, tmp_path: Path) -> None:
    status, said, _ = report("quality", "--period", "2026", "--format", "docx")
    assert (status, len(Document(io.BytesIO(said)).tables)) == (0, 2)
    status, said, _ = report("quality", "--period", "2026", "--format", "xlsx", "--output", str(tmp_path / "q.xlsx"))
    assert (status, said) == (0, b"")
    assert (tmp_path / "q.xlsx").read_bytes().startswith(b"PK")
    status, _, problem = report("quality", "--output", str(tmp_path / "no" / "q.txt"))
    assert (status, "can't be written" in problem) == (1, True)


def test_a_terminal_is_not_sent_a_workbook(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    status, said, problem = report("quality", "--format", "xlsx")
    assert (status, said, "'xlsx' can't be shown on a terminal" in problem) == (2, b"", True)
