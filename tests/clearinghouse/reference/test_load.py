"""Official files in their own shapes, made small: recognised, kept in part, refused whole."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from clearinghouse import db
from clearinghouse.cli import main
from clearinghouse.db import Store
from clearinghouse.reference import load as loading
from clearinghouse.reference import opening
from clearinghouse.reference.deprivation import Decile, decile_of, deciles_of
from clearinghouse.reference.load import Loaded, load
from clearinghouse.reference.models import Deprivation, PostcodeArea, ReferenceFile, Standard
from clearinghouse.reference.opening import BadReferenceError
from clearinghouse.settings import settings

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
OURS = frozenset({"E07000174", "E06000018"})
ONSPD = (
    "pcd7", "pcd8", "pcds", "dointr", "doterm", "cty25cd", "lad25cd", "wd25cd", "oa11cd", "lsoa11cd", "msoa11cd",
    "lat", "long", "imd20ind", "oa21cd", "lsoa21cd",
)  # fmt: skip
OLD_ONSPD = (
    "pcd",
    "pcd2",
    "pcds",
    "dointr",
    "doterm",
    "oscty",
    "oslaua",
    "osward",
    "lsoa11",
    "msoa11",
    "lsoa21",
    "imd",
)
FILE_7 = (
    "LSOA code ({areas})", "LSOA name ({areas})", "Local Authority District code (2024)",
    "Index of Multiple Deprivation (IMD) Score",
    "Index of Multiple  Deprivation (IMD) Rank\n(where 1 is most deprived)",
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
    "Income Rank (where 1 is most deprived)", "Income Decile (where 1 is most deprived 10% of LSOAs)",
)  # fmt: skip
MANSFIELD = {
    "pcds": "NG18 1AA", "dointr": "198001", "lad25cd": "E07000174", "wd25cd": "E05010529", "lsoa11cd": "E01028269",
    "lsoa21cd": "E01028269",
}  # fmt: skip
NOTTINGHAM = {
    "pcds": "NG1 1AA", "dointr": "202510", "lad25cd": "E06000018", "wd25cd": "E05012287", "lsoa11cd": "E01013814",
    "lsoa21cd": "E99999999",
}  # fmt: skip
ABERDEEN = {"pcds": "AB10 1AB", "dointr": "201106", "lad25cd": "S12000033", "lsoa11cd": "S01006514"}
STANDARD = {
    "referenceNumber": "ST0070", "larsCode": 196, "version": "1.0", "level": 3, "title": "Business administrator",
    "status": "Approved for delivery", "typicalDuration": 18, "typicalJobTitles": ["Clerk"], "integratedDegree": None,
    "standardPageUrl": "https://skillsengland.education.gov.uk/apprenticeships/st0070-v1-0",
}  # fmt: skip

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A file of that name: bytes as they are, a list as JSON, or a table by its columns and its rows."""

    def write(name: str, content: object, rows: Sequence[Mapping[str, str] | Sequence[str]] = ()) -> Path:
        path = tmp_path / name
        if isinstance(content, tuple):
            text = io.StringIO()
            table = csv.writer(text)
            table.writerow(content)
            for row in rows:
                table.writerow([row.get(column, "") for column in content] if isinstance(row, Mapping) else row)
            path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
        else:
            path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def bring(store: Store, path: Path, keep: frozenset[str] = OURS) -> Loaded:
    return load(store, path, keep, NOW, lambda _seconds: None)


def held(store: Store, *columns: sa.orm.InstrumentedAttribute[str] | sa.orm.InstrumentedAttribute[int]) -> list[object]:
    with store.reading() as session:
        return [tuple(row) for row in session.execute(sa.select(*columns).order_by(columns[0]))]


def file_7(areas: str) -> tuple[str, ...]:
    return tuple(name.format(areas=areas) for name in FILE_7)


def test_the_postcodes_of_our_districts_are_kept_with_their_areas(store: Store, write: Write) -> None:
    done = bring(store, write("ONSPD_NOV_2025_UK.csv", ONSPD, [MANSFIELD, ABERDEEN, NOTTINGHAM]))
    assert done == Loaded("ONS Postcode Directory", "postcodes", "2025-10", 3, 2, fresh=True)
    kept = held(store, PostcodeArea.postcode, PostcodeArea.lsoa11, PostcodeArea.lsoa21, PostcodeArea.ward)
    assert kept == [
        ("NG11AA", "E01013814", None, "E05012287"),
        ("NG181AA", "E01028269", "E01028269", "E05010529"),
    ]


def test_the_older_layout_and_a_zip_with_other_tables_are_read_too(store: Store, write: Write, tmp_path: Path) -> None:
    row = {"pcds": "NG18 1AA", "dointr": "198001", "oslaua": "E07000174", "osward": "E05010529", "lsoa11": "E01028269"}
    inside = write("ONSPD_FEB_2025_UK.csv", OLD_ONSPD, [row])
    with zipfile.ZipFile(tmp_path / "ONSPD_FEB_2025.zip", "w") as archive:
        archive.write(inside, "Data/ONSPD_FEB_2025_UK.csv")
        archive.writestr("Documents/LA names.csv", "LAD25CD,LAD25NM\n" + "E06000001,Hartlepool\n" * 100)
        archive.writestr("readme.txt", "x")
    assert bring(store, tmp_path / "ONSPD_FEB_2025.zip").kept == 1
    assert held(store, PostcodeArea.postcode, PostcodeArea.lsoa11) == [("NG181AA", "E01028269")]


def test_a_newer_edition_takes_the_older_ones_place_and_the_same_file_does_nothing(store: Store, write: Write) -> None:
    first = write("first.csv", ONSPD, [MANSFIELD, NOTTINGHAM])
    assert bring(store, first).fresh
    assert not bring(store, first).fresh
    assert bring(store, first, OURS | {"E07000175"}).fresh
    bring(store, write("second.csv", ONSPD, [{**MANSFIELD, "wd25cd": "E05010530"}]))
    assert held(store, PostcodeArea.postcode, PostcodeArea.ward) == [("NG181AA", "E05010530")]
    assert held(store, ReferenceFile.kind, ReferenceFile.name, ReferenceFile.kept) == [("onspd", "second.csv", 1)]


def test_deciles_come_from_the_newest_edition_that_has_the_area(store: Store, write: Write) -> None:
    bring(store, write("onspd.csv", ONSPD, [MANSFIELD, NOTTINGHAM]))
    bring(store, write("2019.csv", file_7("2011"), [
        ["E01028269", "x", "E", "1.5", "1,234.0", "1", "9", "9"],
        ["E01013814", "x", "E", "1.5", "20000", "7", "9", "9"],
    ]))  # fmt: skip
    bring(store, write("2025.csv", file_7("2021"), [["E01028269", "x", "E", "1.5", "5000", "2", "9", "9"]]))
    with store.reading() as session:
        assert decile_of(session, "ng18 1aa") == Decile(2, 5000, "imd2025")
        assert deciles_of(session, ["NG1 1AA", "NG9 9ZZ"]) == {"NG11AA": Decile(7, 20000, "imd2019")}
        assert decile_of(session, None) is None
    bring(store, write("2025 again.csv", file_7("2021"), [["E01000001", "x", "E", "1.5", "5", "1", "9", "9"]]))
    assert held(store, Deprivation.lsoa, Deprivation.edition) == [
        ("E01000001", "imd2025"), ("E01013814", "imd2019"), ("E01028269", "imd2019"),
    ]  # fmt: skip


def test_of_a_standards_versions_the_newest_approved_one_is_kept(store: Store, write: Write) -> None:
    listed = [
        {**STANDARD, "larsCode": None, "status": "In development"},
        STANDARD,
        {**STANDARD, "version": "1.10", "title": "Business administrator again"},
        {**STANDARD, "version": "1.9"},
        {**STANDARD, "version": "2.0", "status": "Retired"},
        {
            **STANDARD,
            "larsCode": 5,
            "title": "Baker",
            "level": 2,
            "standardPageUrl": "javascript:x",
            "typicalDuration": 0,
        },
    ]
    assert bring(store, write("standards.json", listed)).kept == 2
    assert held(store, Standard.lars, Standard.title, Standard.months) == [
        (5, "Baker", None), (196, "Business administrator again", 18),
    ]  # fmt: skip
    with store.reading() as session:
        assert session.get_one(Standard, 5).url is None


def test_standards_come_as_a_table_and_inside_an_object_too(store: Store, write: Write) -> None:
    rows = [["ST0070", "Business administrator", "3", "196", "Retired"]]
    bring(store, write("a.csv", ("Reference", "Name", "Level", "LARS code for providers only", "Status"), rows))
    assert held(store, Standard.lars, Standard.reference, Standard.status) == [(196, "ST0070", "Retired")]
    bring(store, write("b.json", {"count": 1, "items": [{**STANDARD, "larsCode": 7}]}))
    assert held(store, Standard.lars) == [(7,)]


def test_a_long_list_is_read_in_pieces(store: Store, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "CHUNK", 7)
    monkeypatch.setattr(loading, "BATCH", 2)
    bring(store, write("long.json", [{**STANDARD, "larsCode": number} for number in range(1, 8)]))
    assert len(held(store, Standard.lars)) == 7


BAD = [
    ("README.md", b"# Clearing house\n", "is no file that we know"),
    ("empty.csv", b"", "is no file that we know"),
    ("picture.csv", bytes(range(256)) * 100, "is no file that we know"),
    ("broken.zip", b"PK\x03\x04 and no more", "is a ZIP that was cut short"),
    ("short.csv", (ONSPD, [MANSFIELD, ["NG1 1AA"]]), "short.csv, row 3: 1 values where the first line has 16"),
    ("far.csv", (ONSPD, [ABERDEEN]), "has 1 rows, and none of them is of our region"),
    ("code.csv", (ONSPD, [{**MANSFIELD, "pcds": "NG18"}]), "code.csv, row 2: 'NG18' is no postcode"),
    ("area.csv", (ONSPD, [{**MANSFIELD, "lsoa21cd": "Mansfield"}]), "row 2: 'Mansfield' is no code of an area"),
    ("imd.csv", (file_7("2021"), [["E01028269", "", "", "", "5", "11", "", ""]]), "row 2: '11' is no decile"),
    ("imd2.csv", (file_7("2021"), [["E01028269", "", "", "", "five", "1", "", ""]]), "row 2: 'five' is no rank"),
    ("imd3.csv", (file_7("2021"), [["W01000001", "", "", "", "5", "1", "", ""]]), "no code of a small area in England"),
    ("list.json", [STANDARD, 7], "list.json, entry 2 is no object: '7]'"),
    ("cut.json", json.dumps([STANDARD, STANDARD])[:-9].encode(), "is broken in entry 2 of its list, or ends there"),
    ("title.json", [{**STANDARD, "title": ""}], "entry 1: '' is no title"),
    ("lars.json", [{**STANDARD, "larsCode": "ST0070"}], "entry 1: 'ST0070' is no LARS code"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_is_refused_with_the_row_and_the_value(
    sqlite_store: Store, write: Write, name: str, content: object, said: str
) -> None:
    table = isinstance(content, tuple)
    path = write(name, *content) if table else write(name, content)  # type: ignore[misc]  # a table is two arguments
    with pytest.raises(BadReferenceError) as refused:
        bring(sqlite_store, path)
    assert said in str(refused.value)
    assert held(sqlite_store, ReferenceFile.kind) == held(sqlite_store, PostcodeArea.postcode) == []


def test_after_a_bad_file_the_old_edition_stays_whole(store: Store, write: Write) -> None:
    bring(store, write("good.csv", ONSPD, [MANSFIELD]))
    with pytest.raises(BadReferenceError):
        bring(store, write("bad.csv", ONSPD, [NOTTINGHAM, {**MANSFIELD, "pcds": "?"}]))
    assert held(store, PostcodeArea.postcode) == [("NG181AA",)]
    assert held(store, ReferenceFile.name, ReferenceFile.kept) == [("good.csv", 1)]


def test_a_load_that_was_cut_short_shows_and_is_completed_by_the_next(store: Store, write: Write) -> None:
    bring(store, write("first.csv", ONSPD, [MANSFIELD]))
    second = write("second.csv", ONSPD, [NOTTINGHAM])

    def cut(_seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(store, second, OURS, NOW, cut)
    assert held(store, ReferenceFile.digest) == [("",)]
    assert bring(store, second).fresh
    assert held(store, PostcodeArea.postcode) == [("NG11AA",)]


def test_a_zip_with_a_damaged_or_a_giant_table_is_refused(
    sqlite_store: Store, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "onspd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(write("onspd.csv", ONSPD, [MANSFIELD] * 3000), "onspd.csv")
    whole = path.read_bytes()
    path.write_bytes(whole[:200_000] + b"x" + whole[200_001:])
    with pytest.raises(BadReferenceError, match="is damaged"):
        bring(sqlite_store, path)
    monkeypatch.setattr(opening, "LARGEST", 1000)
    path.write_bytes(whole)
    with pytest.raises(BadReferenceError, match="too many"):
        bring(sqlite_store, path)
    path.write_bytes(whole[:-100])
    with pytest.raises(BadReferenceError, match="is a ZIP that was cut short"):
        bring(sqlite_store, path)


def test_a_line_without_end_is_not_held_whole(
    sqlite_store: Store, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("onspd.csv", ONSPD, [MANSFIELD, {**MANSFIELD, "cty25cd": "x" * 5000}])
    assert bring(sqlite_store, path).counted == 2
    monkeypatch.setattr(opening, "LINE", 1000)
    with pytest.raises(BadReferenceError, match="a line has over 1,000 characters"):
        load(sqlite_store, write("endless.csv", path.read_bytes() + b" "), OURS, NOW)


def test_a_table_cut_short_does_not_take_the_whole_ones_place(
    sqlite_store: Store, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "WHOLE", 5)
    many = [{**MANSFIELD, "pcds": f"NG18 {number}AA"} for number in range(5)]
    bring(sqlite_store, write("whole.csv", ONSPD, many))
    short = write("short.csv", ONSPD, many[:2])
    with pytest.raises(BadReferenceError, match="has only 2 postcodes of ours, and 5 are loaded"):
        bring(sqlite_store, short)
    assert len(held(sqlite_store, PostcodeArea.postcode)) == 5
    assert bring(sqlite_store, write("less.csv", ONSPD, many[:3])).kept == 3
    bring(sqlite_store, write("again.csv", ONSPD, many))
    assert load(sqlite_store, short, OURS, NOW, lambda _seconds: None, fewer=True).kept == 2


@pytest.fixture
def command(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable]:  # type: ignore[type-arg]
    """The whole command: its exit status and all that it said."""
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", sqlite_url)

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["clearinghouse", "reference", *arguments])
        settings.cache_clear()
        db.store.cache_clear()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), (said.out + said.err).strip()

    yield run
    db.store().close()
    db.store.cache_clear()
    settings.cache_clear()


def test_the_command_says_in_one_line_what_it_kept(command: Callable[..., tuple[int, str]], write: Write) -> None:
    path = str(write("onspd.csv", ONSPD, [MANSFIELD, ABERDEEN]))
    said = "ONS Postcode Directory, edition 2011-06: 1 of 2 postcodes kept"
    assert command("load", path) == (0, said)
    assert command("load", path) == (0, said.replace(": 1", ": already loaded, 1"))
    status, said = command("load", str(write("x.csv", b"a,b\n1,2\n")))
    assert (status, "x.csv is no file that we know" in said, said.count("\n")) == (1, True, 0)
    assert command("load", "nowhere.csv")[0] == 2


def test_the_operators_own_changes_of_districts_are_loaded_by_the_same_command(
    command: Callable[..., tuple[int, str]], write: Write, sqlite_store: Store
) -> None:
    lines = b"\xef\xbb\xbfsince,district,successor,part\n2028-04-01,Mansfield,Sherwood Forest,\n"
    assert command("load", str(write("changes.csv", lines))) == (0, "Changes of districts: 1 kept")
    assert held(sqlite_store, ReferenceFile.kind, ReferenceFile.kept) == [("districts", 1)]
    status, said = command("load", str(write("changes.csv", lines.replace(b"Mansfield", b"Nowhere"))))
    assert (status, said) == (1, "clearinghouse: We know no district 'Nowhere'")
