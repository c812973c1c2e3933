"""Too much of something: parts, headers, parameters, bytes. Refused without trouble for anybody else."""

import http.client
from urllib.parse import urlsplit

import httpx
import pytest

from tests.acceptance.people import API
from tests.hostile.measuring import quickly
from tests.hostile.pages import read, refused, untold
from tests.serving import Server

BOUNDARY = "part"
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
PART = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a{{n}}"\r\n\r\n1\r\n'
END = f"--{BOUNDARY}--\r\n"
BODIES = {
    "20,000 parts": ("".join(PART.format(n=n) for n in range(20_000)) + END).encode(),
    "long preamble": b"\r\n" * 2_500_000 + (PART.format(n=1) + END).encode(),
    "long epilogue": (PART.format(n=1) + END).encode() + b"\r\n" * 2_500_000,
    "never ended": PART.format(n=1).encode(),
    "long name of a part": PART.format(n="a" * 1_000_000).encode() + END.encode(),
    "half of a character": (PART + END).format(n=1).encode().replace(b"\r\n1\r\n", b"\r\n\xff\xfe\r\n"),
    "null characters": b"\0" * 1_000_000,
    "empty": b"",
}


@pytest.mark.parametrize("path", ["/verify", "/sign-in"])
@pytest.mark.parametrize("name", BODIES)
def test_flooded_form_of_a_page_is_refused(modest: Server, name: str, path: str) -> None:
    with modest.client() as visitor:
        with quickly(modest, name):
            answer = visitor.post(path, content=BODIES[name], headers=FORM)
        assert 400 <= answer.status_code < 500
        read(answer)
        assert visitor.get("/healthz").is_success


@pytest.mark.parametrize("name", BODIES)
def test_flooded_upload_is_refused(modest: Server, name: str) -> None:
    with modest.client() as visitor:
        with quickly(modest, name):
            answer = visitor.post(f"{API}/verifications", content=BODIES[name], headers=FORM)
        refused(answer)


def test_upload_without_a_boundary_is_refused(target: Server) -> None:
    with target.client() as visitor:
        kind = {"Content-Type": "multipart/form-data"}
        refused(visitor.post(f"{API}/verifications", content=BODIES["20,000 parts"], headers=kind))
        read(visitor.post("/verify", content=BODIES["20,000 parts"], headers=kind))


def test_file_beyond_the_limit_is_refused(target: Server) -> None:
    with target.client() as visitor:
        kind = {"Content-Type": "application/pdf"}
        answer = visitor.post(f"{API}/verifications", content=b"%PDF-" + b"0" * 31 * 2**20, headers=kind)
        refused(answer)
        assert answer.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE


def test_file_that_is_no_paper_is_told_so(target: Server) -> None:
    files = [
        b"",
        b"%PDF-",
        b"%PDF-1.7\n<script>alert(1)</script>",
        b"\0" * 1_000,
        b"PK\x03\x04" + b"\0" * 100,
    ]
    with target.client() as visitor:
        kind = {"Content-Type": "application/pdf"}
        verdicts = [visitor.post(f"{API}/verifications", content=file, headers=kind).json() for file in files]
    assert [report["verdict"] for report in verdicts] == ["unknown"] * len(files)


@pytest.mark.parametrize("path", ["/", f"{API}/agendas"])
def test_flood_of_headers_is_refused(modest: Server, path: str) -> None:
    headers = {f"X-Flood-{n}": "x" * 100 for n in range(2_000)}
    connection = http.client.HTTPConnection(urlsplit(modest.address).netloc, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        assert answer.status in {400, 431}
    except (ConnectionError, http.client.RemoteDisconnected):
        pass  # hanging up is an answer to a flood, too
    finally:
        connection.close()
    assert httpx.get(f"{modest.address}/healthz").is_success


@pytest.mark.parametrize("path", ["/", "/sign-in", "/agendas/{agenda}/amendments", f"{API}/agendas"])
def test_flood_of_parameters_is_survived(modest: Server, agenda: str, path: str) -> None:
    query = "a=1&" * 5_000
    with modest.client() as visitor:
        with quickly(modest, path):
            answer = visitor.get(f"{path.format(agenda=agenda)}?{query}")
        assert answer.status_code < 500
        assert untold(answer) == []


@pytest.mark.parametrize(
    "part", ["%ff%fe", "%00", "%c0%af", "..%2f..%2fetc", "%ed%a0%80", "a" * 5_000, "%", "{x}"]
)
def test_broken_address_is_answered_with_not_found(target: Server, part: str) -> None:
    with target.client() as visitor:
        for path in ("/agendas/", "/recommendations/", "/amendments/", "/editions/", "/static/", "/"):
            answer = visitor.get(path + part)
            assert answer.status_code in {400, 404}, path
            assert untold(answer) == []
        for path in ("agendas/", "recommendations/", "versions/", "amendments/", "comments/", "editions/"):
            refused(visitor.get(f"{API}/{path}{part}"))


@pytest.mark.parametrize("value", ["%ff%fe", "%00", "1000000", "-1", "0", "1e9", "<script>", "%ed%a0%80", ""])
def test_broken_parameters_are_refused_by_name(target: Server, agenda: str, value: str) -> None:
    with target.client() as visitor:
        assert refused(visitor.get(f"{API}/agendas/{agenda}/amendments?limit={value}")) == ["limit"]
        assert refused(visitor.get(f"{API}/agendas/{agenda}/amendments?state={value}")) != []
        answers = [
            visitor.get(f"/agendas/{agenda}/{path}={value}")
            for path in ("amendments?cursor", "amendments?state", "amendments?organisation", "record?cursor")
        ]
        answers += [visitor.get(f"/sign-in?then={value}"), visitor.get(f"/sign-in?q={value}")]
        for answer in answers:
            assert answer.status_code < 500, answer.url
            read(answer)
