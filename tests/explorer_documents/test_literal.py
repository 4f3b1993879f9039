"""The literal words of passages, for an operator who has the documents."""

import hashlib
from pathlib import Path

import pytest

from explorer_documents.conftest import read
from serving import Opening
from tradegraph.explore.literal import LiteralTexts, marked
from tradegraph.explore.passages import Passage, SourceDocument
from tradegraph.facts.source_text import normalise
from tradegraph.namespaces import ID

TEXT = "Geachte voorzitter,\n\nDe missie  kostte 1,8 mil-\njoen euro.\n"


def passage(file_name: str, digest: str, start: int, end: int) -> Passage:
    document = SourceDocument("version", "document", {}, "", "", "", "", file_name, digest)
    return Passage(ID + "passage/x", {}, {}, "", document, start, end)


def of_text(folder: Path, file_name: str = "letter.txt") -> Passage:
    (folder / "letter.txt").write_text(TEXT, encoding="utf-8")
    text = normalise(TEXT)
    return passage(file_name, hashlib.sha256(text.encode()).hexdigest(), text.index("De missie"), len(text) - 1)


def test_a_passage_is_cut_from_the_text_that_was_read(tmp_path: Path) -> None:
    assert LiteralTexts(tmp_path).span(of_text(tmp_path)) == "De missie kostte 1,8 mil- joen euro."


def test_another_text_than_was_read_is_not_shown(tmp_path: Path) -> None:
    one = of_text(tmp_path)
    (tmp_path / "letter.txt").write_text(TEXT.replace("1,8", "1,9"), encoding="utf-8")
    texts = LiteralTexts(tmp_path)
    assert one.document is not None
    assert (texts.state(one.document), texts.span(one)) == ("other", None)


def test_a_file_that_is_missing_or_no_text_is_told_apart(tmp_path: Path) -> None:
    one = of_text(tmp_path)
    assert one.document is not None
    (tmp_path / "letter.txt").unlink()
    assert LiteralTexts(tmp_path).state(one.document) == "missing"
    (tmp_path / "letter.txt").write_bytes(b"\xff\xfe\xfa")
    assert LiteralTexts(tmp_path).state(one.document) == "unreadable"


def test_without_a_folder_there_are_no_words(tmp_path: Path) -> None:
    one = of_text(tmp_path)
    assert one.document is not None
    assert (LiteralTexts().state(one.document), LiteralTexts().span(one)) == ("none", None)


def test_data_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    one = of_text(tmp_path, "../letter.txt")
    assert one.document is not None
    assert LiteralTexts(inside).state(one.document) == "missing"


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        (["De Missie"], ["De missie"]),
        (["1,8 miljoen"], ["1,8 mil- joen"]),
        (["8 miljoen euro", "1,8 miljoen"], ["1,8 mil- joen euro"]),
        (["kostte   1,8"], ["kostte 1,8"]),
        (["mis"], []),
        (["twee"], []),
        ([""], []),
    ],
)
def test_words_as_stated_are_marked_where_they_stand(stated: list[str], found: list[str]) -> None:
    text = "De missie kostte 1,8 mil- joen euro."
    pieces = marked(text, stated)
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, is_marked in pieces if is_marked] == found


def test_a_page_says_when_the_text_is_another_one(opening: Opening, made_up_text: Path) -> None:
    page = read(opening(documents=str(made_up_text)), "/en/document/bz2626864")
    assert "is another text than the one that was read" in page.text
    assert "Een heel andere brief" not in page.text


def test_no_page_says_where_the_texts_are(opening: Opening, made_up_text: Path) -> None:
    site = opening(documents=str(made_up_text))
    for path in ("/en/about", "/en/document/bz2626864", "/en/document-version/bz2626864"):
        assert str(made_up_text) not in site.get(path).text


def test_with_the_documents_a_source_shows_the_words_with_a_mark(opening: Opening, documents: Path) -> None:
    site = opening(documents=str(documents))
    html = site.get("/nl/passage/kst-36180-179-a1-2").text
    literal = html.partition('data-testid="literal"')[2].partition("</figure>")[0]
    assert "<mark>ongeveer 1,8%</mark>" in literal


def test_with_the_documents_each_passage_of_a_document_has_its_words(opening: Opening, documents: Path) -> None:
    site = opening(documents=str(documents))
    for key, count in (("bz2626864", 111), ("letter-economic-missions-2025", 170)):
        assert site.get(f"/en/document/{key}").text.count('class="literal-words"') == count


def test_without_the_documents_no_page_has_literal_words(opening: Opening) -> None:
    assert "literal" not in opening().get("/nl/passage/kst-36180-179-a1-2").text.partition("<main")[2]
