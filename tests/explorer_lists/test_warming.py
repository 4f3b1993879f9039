"""What is done before the server answers."""

import logging

import pytest
from flask.testing import FlaskClient

from serving import Opening
from tradegraph.web.warming import PAGES, warm


@pytest.mark.parametrize("address", PAGES)
def test_every_page_made_beforehand_is_one_that_there_is(visitor: FlaskClient, address: str) -> None:
    assert visitor.get(address).status_code == 200


def test_a_page_that_cannot_be_made_does_not_keep_the_server_from_starting(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("tradegraph.web.warming.PAGES", ("/nl/nowhere",))
    with caplog.at_level(logging.INFO):
        warm(opening().application)
    assert "/nl/nowhere cannot be made beforehand: status 404" in caplog.text
