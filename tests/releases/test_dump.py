"""Files of releases under `/dump/`: whole, in part, coded, by version; and what is said where there are none."""

import gzip
import hashlib

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from releases.conftest import OLDER, members, put
from tradegraph.cli import main
from tradegraph.release import ReleaseFolder

HTML = {"Accept": "text/html"}


@pytest.fixture
def at(newer: str) -> str:
    return f"/dump/{newer}"


def test_every_release_is_listed_the_newest_first(site: FlaskClient, older: str, newer: str) -> None:
    listed = members(site.get("/dump/"))
    assert listed["latest"] == newer
    assert [(one["release"], one["current_since"], one["files"]) for one in listed["releases"]] == [
        (newer, "2026-03-02T09:30:00Z", f"/dump/{newer}/"),
        (older, "2026-03-01T09:30:00Z", None),
    ]


def test_every_listed_file_is_there_with_its_size_and_checksum(site: FlaskClient, at: str) -> None:
    files = members(site.get(f"{at}/"))["files"]
    assert len(files) > 10
    for file in files:
        body = site.get(file["href"]).data
        assert (len(body), hashlib.sha256(body).hexdigest()) == (file["bytes"], file["sha256"]), file["path"]


def test_what_stands_beside_the_data_is_there_too(site: FlaskClient, at: str) -> None:
    sums = site.get(f"{at}/SHA256SUMS")
    assert sums.content_type == "text/plain; charset=utf-8"
    for line in sums.text.splitlines():
        digest, _, path = line.partition("  ")
        assert hashlib.sha256(site.get(f"{at}/{path}").data).hexdigest() == digest


@pytest.mark.parametrize(
    ("path", "media_type", "name"),
    [
        ("csv/mission.csv", "text/csv; charset=utf-8", "tradegraph-mission-{release}.csv"),
        ("tradegraph.nq.gz", "application/gzip", "tradegraph-{release}.nq.gz"),
        ("tradegraph.sqlite", "application/vnd.sqlite3", "tradegraph-{release}.sqlite"),
        ("csv/csv-metadata.json", "application/csvm+json", "tradegraph-csv-metadata-{release}.json"),
    ],
)
def test_a_file_has_its_media_type_and_a_name_of_its_own(
    path: str, media_type: str, name: str, site: FlaskClient, newer: str
) -> None:
    response = site.get(f"/dump/{newer}/{path}")
    assert response.content_type == media_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name.format(release=newer)}"'


def test_a_packed_file_is_sent_as_it_is(site: FlaskClient, at: str, two: ReleaseFolder) -> None:
    """A client that unpacked it on the way would no longer have what the checksum is of."""
    response = site.get(f"{at}/tradegraph.nq.gz", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers
    assert gzip.decompress(response.data) == two.current().dataset.read_bytes()


def test_text_is_coded_for_who_wants_it(site: FlaskClient, at: str) -> None:
    plain = site.get(f"{at}/catalogue.ttl")
    coded = site.get(f"{at}/catalogue.ttl", headers={"Accept-Encoding": "gzip"})
    assert coded.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(coded.data) == plain.data
    assert coded.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-9", 0, 9), ("bytes=10-", 10, None), ("bytes=-7", -7, None)]
)
def test_a_part_can_be_had(asked: str, first: int, last: int | None, site: FlaskClient, at: str) -> None:
    whole = site.get(f"{at}/tradegraph.nq.gz").data
    part = site.get(f"{at}/tradegraph.nq.gz", headers={"Range": asked})
    assert part.status_code == 206
    assert part.data == whole[first : None if last is None else last + 1]
    start = first % len(whole)
    assert part.headers["Content-Range"] == f"bytes {start}-{start + len(part.data) - 1}/{len(whole)}"


def test_a_download_that_broke_off_goes_on_where_it_stopped(site: FlaskClient, at: str) -> None:
    whole = site.get(f"{at}/tradegraph.sqlite")
    tag = whole.headers["ETag"]
    rest = site.get(f"{at}/tradegraph.sqlite", headers={"Range": "bytes=5000-", "If-Range": tag})
    assert (rest.status_code, rest.data) == (206, whole.data[5000:])
    other = site.get(f"{at}/tradegraph.sqlite", headers={"Range": "bytes=5000-", "If-Range": '"of-another-release"'})
    assert (other.status_code, other.data) == (200, whole.data)


def test_a_part_past_the_end_is_refused_with_the_size(site: FlaskClient, at: str) -> None:
    size = len(site.get(f"{at}/README.txt").data)
    response = site.get(f"{at}/README.txt", headers={"Range": f"bytes={size}-"})
    assert (response.status_code, response.headers["Content-Range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "lines=1-2", "bytes=x"])
def test_a_range_that_is_not_one_part_is_passed_over(asked: str, site: FlaskClient, at: str) -> None:
    assert site.get(f"{at}/README.txt", headers={"Range": asked}).status_code == 200


def test_a_client_that_has_the_file_gets_304(site: FlaskClient, at: str) -> None:
    tag = site.get(f"{at}/README.txt").headers["ETag"]
    response = site.get(f"{at}/README.txt", headers={"If-None-Match": tag})
    assert (response.status_code, response.data) == (304, b"")


def test_a_head_request_tells_the_size_and_that_parts_can_be_had(site: FlaskClient, at: str) -> None:
    response = site.head(f"{at}/tradegraph.sqlite")
    assert int(response.headers["Content-Length"]) == len(site.get(f"{at}/tradegraph.sqlite").data)
    assert (response.headers["Accept-Ranges"], response.data) == ("bytes", b"")


def test_scripts_of_other_sites_may_ask_for_parts(site: FlaskClient, at: str) -> None:
    fields = site.options(f"{at}/README.txt").headers
    assert fields["Access-Control-Allow-Origin"] == "*"
    assert "Range" in fields["Access-Control-Allow-Headers"]
    assert "Content-Range" in site.get(f"{at}/README.txt").headers["Access-Control-Expose-Headers"]


def test_latest_leads_to_the_release_that_is_served(site: FlaskClient, newer: str) -> None:
    for path in ("", "csv/mission.csv"):
        response = site.get(f"/dump/latest/{path}")
        assert (response.status_code, response.headers["Location"]) == (302, f"/dump/{newer}/{path}")


@pytest.mark.parametrize("path", ["../release.json", "csv/../../x", "/etc/passwd", "csv", "csv/", "nonsense.csv"])
def test_nothing_but_the_files_of_the_release_can_be_had(path: str, site: FlaskClient, at: str) -> None:
    assert site.get(f"{at}/{path}").status_code == 404


def test_an_older_release_without_files_says_how_they_are_made(site: FlaskClient, older: str) -> None:
    for path in ("", "README.txt"):
        problem = site.get(f"/dump/{older}/{path}")
        assert problem.status_code == 404
        assert f"tradegraph export --release {older}" in members(problem)["remedy"]


def test_an_unknown_release_is_refused_with_those_that_there_are(site: FlaskClient, older: str, newer: str) -> None:
    problem = site.get("/dump/2020.1/")
    assert problem.status_code == 404
    assert members(problem)["remedy"] == f"There are: {newer}, {older}."


def test_a_parameter_that_is_none_is_refused(site: FlaskClient, at: str) -> None:
    assert site.get(f"{at}/README.txt?download=1").status_code == 400
    assert site.get("/dump/?format=xml").status_code == 400
    assert site.get("/dump/", headers={"Accept": "image/png"}).status_code == 406


def test_a_browser_is_led_to_the_page_in_its_language(site: FlaskClient, newer: str) -> None:
    for language in ("nl", "en"):
        fields = HTML | {"Accept-Language": language}
        assert site.get("/dump/", headers=fields).headers["Location"] == f"/{language}/data#releases"
        assert site.get(f"/dump/{newer}/", headers=fields).headers["Location"] == f"/{language}/data/{newer}"


def test_export_puts_the_files_where_the_server_finds_them(folder: ReleaseFolder) -> None:
    release = put(folder, OLDER)
    command = ["export", "--releases", str(folder.root)]
    assert CliRunner().invoke(main, command).exit_code == 0
    place = folder.downloads(release.identifier)
    assert (place / "SHA256SUMS").is_file()
    again = CliRunner().invoke(main, command)
    assert (again.exit_code, "already" in again.output) == (0, True)
    assert [path.name for path in place.parent.iterdir()] == [release.identifier]


def test_files_beside_a_release_are_all_or_none(folder: ReleaseFolder) -> None:
    put(folder, OLDER)
    result = CliRunner().invoke(main, ["export", "--releases", str(folder.root), "--format", "csv"])
    assert result.exit_code == 2
    assert "--format goes with --to" in result.output


def test_the_list_of_files_is_json_that_programs_can_follow(site: FlaskClient, at: str) -> None:
    listed = members(site.get(f"{at}/"))
    assert listed["licence"] == "http://creativecommons.org/publicdomain/zero/1.0/"
    assert all(site.head(listed[name]).status_code == 200 for name in ("catalogue", "checksums"))
