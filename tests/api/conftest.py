"""Sites whose operator keeps frozen answers."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from serving import Opening


@pytest.fixture(scope="session")
def app(visitor: FlaskClient) -> Flask:
    """As most people run it: nothing is ever written."""
    return visitor.application


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "frozen"


@pytest.fixture
def keeping(opening: Opening, folder: Path) -> FlaskClient:
    return opening(frozen_folder=str(folder))
