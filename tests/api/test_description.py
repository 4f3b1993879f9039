"""The description of the API is valid, complete, and what the API does: schemathesis asks, and checks each answer."""

from typing import Any, cast

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, assume, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tradegraph.languages import LANGUAGES
from tradegraph.web.api.description import DESCRIPTION
from tradegraph.web.problems import STATUSES

Described = APIOperation[Any, Any, Any, Any]
BROWSER = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"}
# Each stored question is the same program with another query: some of them stand for all.
ASKED_QUESTIONS = 12
# No schema tells which text is a query, or which relations a release has.
FREE_TEXTS = ("/sparql", "/q", "/q/", "/api/connections", "/api/connections/ends")


@pytest.fixture(scope="session")
def described(visitor: FlaskClient) -> dict[str, dict[str, object]]:
    return cast("dict[str, dict[str, object]]", visitor.get(DESCRIPTION).get_json())


def operations(described: dict[str, dict[str, object]]) -> list[dict[str, object]]:
    return [one for path in described["paths"].values() for one in cast("dict[str, dict[str, object]]", path).values()]


def parameters(described: dict[str, dict[str, object]], operation: dict[str, object]) -> list[dict[str, Any]]:
    """The parameters of an operation, those included that stand among the components."""
    return [resolved(described, one) for one in cast("list[dict[str, Any]]", operation["parameters"])]


def resolved(described: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in one:
        return one
    _, components, section, name = str(one["$ref"]).split("/")
    return cast("dict[str, Any]", described[components][section][name])


def test_the_description_is_valid_openapi_3_1(described: dict[str, dict[str, object]]) -> None:
    OpenAPIV31SpecValidator(described).validate()
    assert str(described["openapi"]) == "3.1.0"


def test_everything_is_said_in_both_languages(described: dict[str, dict[str, object]]) -> None:
    for one in operations(described):
        assert one["summary"]
        assert one["x-nl"]
        for parameter in parameters(described, one):
            assert parameter["description"]
            assert parameter["x-nl"]


def test_every_parameter_has_a_type(described: dict[str, dict[str, object]]) -> None:
    for one in operations(described):
        for parameter in parameters(described, one):
            assert "type" in parameter["schema"], (one["operationId"], parameter["name"])


def test_every_operation_has_a_name_of_its_own_and_a_problem_to_answer_with(
    described: dict[str, dict[str, object]],
) -> None:
    listed = operations(described)
    assert len({one["operationId"] for one in listed}) == len(listed) > 150
    for one in listed:
        answers = cast("dict[str, dict[str, object]]", one["responses"])
        assert "application/problem+json" in resolved(described, answers["503"])["content"]


def test_what_operations_have_in_common_is_said_once(visitor: FlaskClient) -> None:
    assert len(visitor.get(DESCRIPTION).data) < 400_000


def test_every_route_under_api_is_described(app: Flask, described: dict[str, dict[str, object]]) -> None:
    routes = {str(rule).replace("<", "{").replace(">", "}") for rule in app.url_map.iter_rules()}
    routed = {route for route in routes if route.startswith(("/api/", "/q"))}
    whole = {"/api/questions/{name}", "/api/panels/{name}"}
    assert routed - whole - set(described["paths"]) == set()


def test_problems_have_the_members_that_the_description_says(
    visitor: FlaskClient, described: dict[str, dict[str, object]]
) -> None:
    schemas = cast("dict[str, dict[str, dict[str, object]]]", described["components"]["schemas"])
    problem = visitor.get("/api/questions/Q999").get_json()
    assert set(problem) == set(cast("list[str]", schemas["Problem"]["required"]))
    assert {kind.status for kind in STATUSES.values()} <= {400, 403, 409, 500, 503, 504, 507}


def test_programs_get_the_description_and_browsers_the_page(visitor: FlaskClient) -> None:
    assert visitor.get("/api").location == DESCRIPTION
    assert visitor.get("/api", headers=BROWSER).location == "/en/api"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_each_kind_of_operation_and_links_that_work(visitor: FlaskClient, language: str) -> None:
    page = visitor.get(f"/{language}/api").text
    for path in ("/api/search", "/api/things/{kind}/{key}", "/api/relations", "/api/questions", "/sparql", "/q/"):
        assert f"<code>{path}</code>" in page
    assert visitor.get("/api/relations?thing=mission/2025-06-indonesia").status_code == 200


@pytest.fixture(scope="session")
def api(app: Flask) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi(DESCRIPTION, app)


def listed(api: schemathesis.BaseSchema, *, stored: bool) -> list[Described]:
    """The operations on stored questions, or all others. Search is left out: this release has no index."""
    found = [result.ok() for result in api.get_all_operations() if isinstance(result, Ok)]
    folders = ("/api/questions/", "/api/panels/")
    return [one for one in found if one.path.startswith(folders) == stored and one.path != "/api/search"]


def ask(operation: Described, mode: schemathesis.GenerationMode, examples: int) -> int:
    """Ask with values that fit the description, or with values that do not; check every answer, and count them."""
    answered = 0

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def every_answer_is_as_described(case: schemathesis.Case[Any]) -> None:
        nonlocal answered
        # An empty value is one that is not given: forms send fields that nobody filled in.
        assume(mode is schemathesis.GenerationMode.POSITIVE or "" not in (case.query or {}).values())
        # The client does not unpack what it says it can.
        excluded: list[schemathesis.CheckFunction] = []
        if operation.path in FREE_TEXTS:
            excluded.append(positive_data_acceptance)
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=excluded)
        answered += 1

    every_answer_is_as_described()
    return answered


def test_every_operation_answers_as_described(api: schemathesis.BaseSchema) -> None:
    found = listed(api, stored=False)
    assert len(found) >= 10
    for one in found:
        assert ask(one, schemathesis.GenerationMode.POSITIVE, 12) > 0, one.path


def test_every_operation_refuses_what_its_description_does_not_allow(api: schemathesis.BaseSchema) -> None:
    found = [one for one in listed(api, stored=False) if one.query or one.path_parameters or one.body]
    assert len(found) >= 7
    for one in found:
        assert ask(one, schemathesis.GenerationMode.NEGATIVE, 12) > 0, one.path


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
def test_stored_questions_answer_as_described(api: schemathesis.BaseSchema, mode: schemathesis.GenerationMode) -> None:
    found = listed(api, stored=True)
    assert len(found) > 140
    for one in found[:: len(found) // ASKED_QUESTIONS]:
        assert ask(one, mode, 8) > 0, one.path
