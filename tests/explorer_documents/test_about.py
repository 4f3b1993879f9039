"""What the site says of itself."""

import pytest
from flask.testing import FlaskClient

from explorer_documents.conftest import read
from tradegraph.settings import SETTINGS
from tradegraph.web.words.documents import WORDS


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_names_every_setting_with_its_meaning(visitor: FlaskClient, language: str) -> None:
    text = read(visitor, f"/{language}/about").text
    for setting in SETTINGS:
        assert setting.name in text
        assert (setting.meaning_nl if language == "nl" else setting.meaning_en) in text


def test_it_says_what_it_is_not(visitor: FlaskClient) -> None:
    assert "Geen website van de overheid." in read(visitor, "/nl/about").text
    assert "Not tested with Firefox, Safari or a real screen reader" in read(visitor, "/en/about").text


def test_no_cookie_is_set(visitor: FlaskClient) -> None:
    assert "Set-Cookie" not in visitor.get("/nl/about").headers


def test_every_word_is_there_in_both_languages() -> None:
    assert [key for key, words in WORDS.items() if not (words.nl and words.en)] == []
