"""What a browser would make of an answer, beyond showing its words."""

import re
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

import httpx

TRACES: Final = ("Traceback", 'File "/', "sqlalchemy", "litestar.", "psycopg")
LEADING: Final = frozenset({"href", "src", "action", "formaction", "srcset", "poster", "data"})
SCHEMES: Final = frozenset({"", "http", "https", "mailto"})


class Reading(HTMLParser):
    """Reads a page: `words` are its text, `dangers` what would run or load."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.dangers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Find what would run, or fetch something from elsewhere."""
        names = [name for name, _ in attrs]
        if tag in {"iframe", "object", "embed", "base", "svg", "style"} or (
            tag == "script" and "src" not in names
        ):
            self.dangers.append(tag)
        for name, value in attrs:
            address = (value or "").strip()
            if name.startswith("on") or name == "style":
                self.dangers.append(f"{tag} {name}={address}")
            if (
                name in LEADING
                and re.sub(r"[\x00-\x20]", "", address).partition(":")[0].lower() == "javascript"
            ):
                self.dangers.append(f"{tag} {name}={address}")
            if name in LEADING and scheme(address) not in SCHEMES:
                self.dangers.append(f"{tag} {name}={address}")
            if name == "src" and "//" in address:
                self.dangers.append(f"{tag} {name}={address}")

    def handle_data(self, data: str) -> None:
        """Gather the words."""
        self.words.append(data)


def scheme(address: str) -> str:
    """Return the scheme of an address, or what a browser would make of a broken one."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return "broken"


def read(answer: httpx.Response) -> str:
    """Return the words of a page on which nothing runs, loads or tells of the inside of the service."""
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert untold(answer) == []
    reading = Reading()
    reading.feed(answer.text)
    reading.close()
    assert reading.dangers == [], answer.url
    return " ".join("".join(reading.words).split())


def untold(answer: httpx.Response) -> list[str]:
    """Return what an answer tells of the inside of the service."""
    return [trace for trace in TRACES if trace in answer.text]


def refused(answer: httpx.Response) -> list[str]:
    """Return the fields that a refusal names; it has to be a problem, and no fault of the service."""
    assert 400 <= answer.status_code < 500, answer.text[:500]
    assert answer.headers["content-type"] == "application/problem+json"
    assert untold(answer) == []
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["code"]
    assert problem["detail"]
    assert all(error["message"] for error in problem["errors"])
    return [error["field"] for error in problem["errors"]]
