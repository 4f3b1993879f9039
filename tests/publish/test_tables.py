"""The tables agree with the graph and with each other, whatever the format."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import csvw
import duckdb
import openpyxl
import pytest
from pyoxigraph import Store

from publish.conftest import ReleaseOf
from tradegraph.publish.columnar import write_parquet
from tradegraph.publish.downloads import export
from tradegraph.publish.quads import Vocabulary
from tradegraph.publish.sqlite_file import Cell, write_sqlite
from tradegraph.publish.tables import SEPARATOR, table_name
from tradegraph.publish.workbook import CELL_LIMIT, cut, write_workbook
from tradegraph.store import Asker

CSV_FILES = ("economic_mission", "mission", "observation", "organisation", "statement", "territory")
TWO_MISSIONS = """
g:a {
    <https://w3id.org/tradegraph/id/mission/m1> a tg:Mission ; rdfs:label "=1+1"@nl , "one, \\"1\\""@en ; tg:year 2025 ;
        tg:destination <https://w3id.org/tradegraph/id/territory/bel> , <https://w3id.org/tradegraph/id/territory/lux> ;
        tg:questionNumber 12 ; tg:lowerBound 0.5 ; tg:nameAsStated "missie"@nl ;
        tg:statedIn <https://w3id.org/tradegraph/id/passage/p1> .
    <https://w3id.org/tradegraph/id/mission/m2> a tg:Mission , tg:EconomicMission ; rdfs:label "twee"@nl .
    <https://w3id.org/tradegraph/id/territory/bel> rdfs:label "België"@nl , "Belgium"@en .
    <https://w3id.org/tradegraph/id/territory/lux> rdfs:label "Luxemburg"@nl , "Luxembourg"@en .
    <https://w3id.org/tradegraph/id/passage/p1> a tg:Passage ; tg:locator "alinea 1"@nl , "paragraph 1"@en ;
        oa:hasSource <https://w3id.org/tradegraph/id/document-version/d_1> .
    <https://w3id.org/tradegraph/id/passage/p2> a tg:Passage ; tg:locator "alinea 2"@nl , "paragraph 2"@en ;
        oa:hasSource <https://w3id.org/tradegraph/id/document-version/d_1> .
    <https://w3id.org/tradegraph/id/document-version/d_1> eli:realizes <https://w3id.org/tradegraph/id/document/d> .
    <https://w3id.org/tradegraph/id/document/d> rdfs:label "de brief"@nl , "the letter"@en .
}
g:relations {
    <https://w3id.org/tradegraph/id/relation/r1> a tg:DerivedRelation ;
        rdf:subject <https://w3id.org/tradegraph/id/mission/m1> ; rdf:predicate tg:destination ;
        rdf:object <https://w3id.org/tradegraph/id/territory/bel> ;
        tg:statedIn <https://w3id.org/tradegraph/id/passage/p2> .
}
"""


def sqlite_rows(path: Path, query: str) -> list[tuple[Cell, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def parquet_rows(query: str) -> list[tuple[Cell, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(query).fetchall()


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def small_tables(release_of: ReleaseOf, tmp_path: Path) -> Path:
    export(release_of(TWO_MISSIONS), tmp_path / "out")
    return tmp_path / "out"


def test_a_row_names_values_beside_their_iris_and_ends_in_its_provenance(small_tables: Path) -> None:
    first, second = csv_rows(small_tables / "csv" / "mission.csv")
    territory = "https://w3id.org/tradegraph/id/territory/"
    passage = "https://w3id.org/tradegraph/id/passage/"
    assert first == {
        "iri": "https://w3id.org/tradegraph/id/mission/m1",
        "key": "m1",
        "label_nl": "=1+1",
        "label_en": 'one, "1"',
        "types": "Mission",
        "destination": f"{territory}bel | {territory}lux",
        "destination_nl": "België | Luxemburg",
        "destination_en": "Belgium | Luxembourg",
        "year": "2025",
        "lowerBound": "0.5",
        "nameAsStated_nl": "missie",
        "questionNumber": "12",
        "passages": f"{passage}p1 | {passage}p2",
        "locators_nl": "alinea 1 | alinea 2",
        "locators_en": "paragraph 1 | paragraph 2",
        "documents": "https://w3id.org/tradegraph/id/document/d",
        "documents_nl": "de brief",
        "documents_en": "the letter",
    }
    assert (second["key"], second["label_en"], second["types"]) == ("m2", "twee", "EconomicMission | Mission")


def test_numbers_are_numbers_and_nothing_is_a_formula(small_tables: Path) -> None:
    query = "SELECT label_nl, year, lowerBound, passages IS NULL FROM mission ORDER BY iri"
    assert sqlite_rows(small_tables / "tradegraph.sqlite", query) == [("=1+1", 2025, 0.5, 0), ("twee", None, None, 1)]
    sheet = openpyxl.load_workbook(small_tables / "tradegraph.xlsx")["mission"]
    header = [cell.value for cell in sheet[1]]
    cells = dict(zip(header, sheet[2], strict=True))
    assert (cells["label_nl"].value, cells["label_nl"].data_type) == ("=1+1", "s")
    assert (cells["year"].value, cells["lowerBound"].value) == (2025, 0.5)


def test_every_front_door_class_with_things_has_a_table(
    release: object, exported: Path, release_dataset: Store
) -> None:
    query = """SELECT ?class (COUNT(DISTINCT ?thing) AS ?things)
        WHERE { ?class tg:frontDoor true ; a owl:Class . ?thing a ?class } GROUP BY ?class"""
    prefixes = "PREFIX tg: <https://w3id.org/tradegraph/def#> PREFIX owl: <http://www.w3.org/2002/07/owl#> "
    counted = {
        table_name(str(getattr(row["class"], "value", ""))): int(row.text("things"))
        for row in Asker(release_dataset).rows(prefixes + query)
    }
    assert len(counted) > 15
    written = {path.stem: len(csv_rows(path)) for path in (exported / "csv").glob("*.csv")}
    assert written.items() >= counted.items()
    assert set(written) - set(counted) == {"observation", "statement"}


@pytest.mark.parametrize("name", CSV_FILES)
def test_labels_stand_in_the_order_of_their_iris(exported: Path, name: str) -> None:
    rows = csv_rows(exported / "csv" / f"{name}.csv")
    named = [column for column in rows[0] if f"{column}_nl" in rows[0] and f"{column}_en" in rows[0]]
    assert len(named) > 3
    for row in rows:
        for column in named:
            counts = {len(row[one].split(SEPARATOR)) for one in (column, f"{column}_nl", f"{column}_en")}
            assert len(counts) == 1, (row["iri"], column)


@pytest.mark.parametrize("name", CSV_FILES)
def test_csv_sqlite_parquet_and_workbook_hold_the_same_cells(exported: Path, name: str) -> None:
    rows = sqlite_rows(exported / "tradegraph.sqlite", f"SELECT * FROM {name} ORDER BY iri")
    assert rows
    text = [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert [list(row.values()) for row in csv_rows(exported / "csv" / f"{name}.csv")] == text
    assert parquet_rows(f"SELECT * FROM '{exported}/parquet/{name}.parquet' ORDER BY iri") == rows


def test_the_workbook_holds_the_cells_of_every_table(exported: Path) -> None:
    book = openpyxl.load_workbook(exported / "tradegraph.xlsx", read_only=True)
    listed = sqlite_rows(exported / "tradegraph.sqlite", "SELECT name FROM table_list ORDER BY name")
    assert book.sheetnames[1:] == [name for (name,) in listed]
    for name in ("economic_mission", "observation"):
        rows = sqlite_rows(exported / "tradegraph.sqlite", f"SELECT * FROM {name} ORDER BY iri")
        sheet = list(book[name].iter_rows(values_only=True))
        assert sheet[1:] == [tuple(cut(cell) if isinstance(cell, str) else cell for cell in row) for row in rows]
    book.close()


def test_the_workbook_explains_every_column(exported: Path) -> None:
    book = openpyxl.load_workbook(exported / "tradegraph.xlsx", read_only=True)
    explained = {(row[0], row[1]) for row in book.worksheets[0].iter_rows(values_only=True)}
    book.close()
    columns = sqlite_rows(exported / "tradegraph.sqlite", "SELECT table_name, name FROM column_list")
    assert explained >= set(columns)


def test_a_table_with_more_rows_than_a_sheet_goes_on_in_the_next(release_of: ReleaseOf, tmp_path: Path) -> None:
    dataset = release_of(TWO_MISSIONS).dataset
    tables = write_sqlite(dataset, Vocabulary.read(dataset), tmp_path / "tables.sqlite")
    write_workbook(tables, tmp_path / "book.xlsx", row_limit=1)
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert book.sheetnames[1:] == ["economic_mission", "mission", "mission 2"]
    assert [book[name]["B2"].value for name in ("mission", "mission 2")] == ["m1", "m2"]


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    assert cut("a" * CELL_LIMIT) == "a" * CELL_LIMIT
    # A smiley takes two of the units that spreadsheets count.
    for text in ("a" * (CELL_LIMIT + 1), "😀" * CELL_LIMIT):
        assert len(cut(text).encode("utf-16-le")) // 2 in (CELL_LIMIT, CELL_LIMIT - 1)
        assert cut(text).endswith(" […]")


def test_relations_lead_to_their_passages_in_sql(small_tables: Path) -> None:
    query = """SELECT subject_en, property_en, object_en, locator_en FROM relation_named n
        JOIN relation_passage x ON x.relation = n.id JOIN passage p ON p.iri = x.passage"""
    found = sqlite_rows(small_tables / "tradegraph.sqlite", query)
    assert found == [('one, "1"', "destination", "Belgium", "paragraph 2")]


def test_a_front_door_relation_that_is_not_derived_is_a_relation_too(exported: Path, release_dataset: Store) -> None:
    query = "SELECT count(*) FROM relation WHERE property LIKE '%#answers'"
    expected = list(
        Asker(release_dataset).rows("SELECT DISTINCT ?a ?q WHERE { ?a <https://w3id.org/tradegraph/def#answers> ?q }")
    )
    assert len(expected) > 100
    assert sqlite_rows(exported / "tradegraph.sqlite", query) == [(len(expected),)]


def test_the_csv_metadata_reads_the_tables(small_tables: Path) -> None:
    group = csvw.TableGroup.from_file(small_tables / "csv" / "csv-metadata.json")
    (table,) = [table for table in group.tables if str(table.url) == "mission.csv"]
    first, second = list(table)
    assert first["destination_nl"] == ["België", "Luxemburg"]
    assert (first["year"], first["lowerBound"], second["destination_nl"]) == (2025, 0.5, [])


def test_a_table_longer_than_a_batch_is_whole_in_parquet(
    release_of: ReleaseOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tradegraph.publish.columnar.ROWS_AT_A_TIME", 1)
    dataset = release_of(TWO_MISSIONS).dataset
    tables = write_sqlite(dataset, Vocabulary.read(dataset), tmp_path / "tables.sqlite")
    write_parquet(tables, tmp_path)
    assert parquet_rows(f"SELECT key, year FROM '{tmp_path}/mission.parquet'") == [("m1", 2025), ("m2", None)]
