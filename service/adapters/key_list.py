"""The list of who signs with which key: a file in TOML, made by whoever runs the service.

    [tokens.signatories]                  # the label of a token in a device (PKCS#11)
    module = "/usr/lib/softhsm/libsofthsm2.so"
    pin = "…"

    [services.trust]                      # a signing service (CSC), by a name that you choose
    url = "https://sign.example.org"
    access_token = "…"                    # or client, secret and oauth_url

    [signatories."ada@city.example"]
    token = "signatories"                 # with the label "ada@city.example", or label = "…"

    [signatories."bo@city.example"]
    service = "trust"
    credential = "bo-1"
    pin = "…"

Whatever in it cannot be meant is refused when the service starts; no secret is repeated.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from service.adapters.key_sources import (
    VERSIONS,
    CannotSealError,
    KeyFile,
    KeySource,
    NamedKey,
    RemoteKey,
    Token,
)

SECTIONS = ("tokens", "services", "signatories")
SECRETS = frozenset({"pin", "access_token", "secret", "passphrase"})
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_OF_CLIENT = ("client", "secret", "oauth_url")
_KNOWN: Mapping[str, frozenset[str]] = {
    "token": frozenset({"token", "label", "fingerprint"}),
    "service": frozenset({"service", "credential", "pin", "fingerprint"}),
    "file": frozenset({"file", "passphrase", "fingerprint"}),
}
_TOKEN = frozenset({"module", "pin"})
_SERVICE = frozenset({"url", "version", "access_token", "pin", *_OF_CLIENT})
_EVERYONE = 0o004
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class KeyListError(CannotSealError):
    """The list cannot be used; the message says what to do."""


def read_keys(path: Path) -> Mapping[str, NamedKey]:
    """Return the key of each signatory, by their address of e-mail in small letters.

    Raises:
        KeyListError: the list cannot be read, or something in it cannot be meant.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KeyListError(
            f"The list of signatories' keys {path.name} cannot be read; name a file that the service may read."
        ) from error
    except ValueError as error:
        # Of a secret that is not written as it should be, the place is told and no more.
        raise KeyListError(f"The list of signatories' keys {path.name} is not TOML: {error}.") from error
    try:
        found = _List(path.parent, told).read()
    except KeyListError as error:
        raise KeyListError(f"The list of signatories' keys {path.name}: {error}") from error
    if path.stat().st_mode & _EVERYONE and _has_secrets(told):
        raise KeyListError(
            f"The list of signatories' keys {path.name} holds secrets, and everyone on this machine may read it; "
            f"let its owner alone read it: chmod 600 {path.name}."
        )
    return found


class _List:
    """What stands in a list, checked as it is read."""

    def __init__(self, directory: Path, told: Mapping[str, Any]) -> None:
        _demand_known(told, frozenset(SECTIONS), "it")
        self._directory = directory
        self._tokens, self._services, self._people = (_tables(told, section) for section in SECTIONS)

    def read(self) -> Mapping[str, NamedKey]:
        """Return the key of each signatory."""
        for name, one in self._tokens.items():
            _check_token(f"[tokens.{name}]", one)
        for name, one in self._services.items():
            _check_service(f"[services.{name}]", one)
        if not self._people:
            raise KeyListError('it names nobody; begin with [signatories."ada@city.example"].')
        found: dict[str, NamedKey] = {}
        for written, one in self._people.items():
            address = written.strip().lower()
            if "@" not in address:
                raise KeyListError(f"[signatories.{written}] is no address of e-mail; write it in quotes.")
            if address in found:
                raise KeyListError(f"it names {address} twice; a person signs with one key.")
            found[address] = self._key_of(address, one)
        _demand_one_owner(found)
        return found

    def _key_of(self, address: str, told: Mapping[str, str]) -> NamedKey:
        kinds = [kind for kind in _KNOWN if kind in told]
        if len(kinds) != 1:
            raise KeyListError(f"{address} needs one of token, service and file, and no other.")
        _demand_known(told, _KNOWN[kinds[0]], address)
        open_by = {"token": self._in_token, "service": self._at_service, "file": self._in_file}
        return NamedKey(open_by[kinds[0]](address, told), _fingerprint(address, told))

    def _in_token(self, address: str, told: Mapping[str, str]) -> KeySource:
        token = self._tokens.get(told["token"])
        if token is None:
            raise KeyListError(f"{address} is in the token “{told['token']}”; add [tokens.{told['token']}].")
        return Token(token["module"], told["token"], told.get("label", address), token["pin"])

    def _at_service(self, address: str, told: Mapping[str, str]) -> KeySource:
        service = self._services.get(told["service"])
        if service is None:
            raise KeyListError(
                f"{address} is at the service “{told['service']}”; add [services.{told['service']}]."
            )
        if "credential" not in told:
            raise KeyListError(f"{address} needs a credential: what the service knows the key by.")
        return RemoteKey(
            service["url"],
            told["credential"],
            service.get("access_token", ""),
            told.get("pin", service.get("pin", "")),
            client=service.get("client", ""),
            secret=service.get("secret", ""),
            oauth_url=service.get("oauth_url", ""),
            version=service.get("version", "1"),
        )

    def _in_file(self, address: str, told: Mapping[str, str]) -> KeySource:
        path = self._directory / told["file"]
        if not path.is_file():
            raise KeyListError(f"{address} is in the file {told['file']}, which is not there; put it there.")
        return KeyFile(str(path), told.get("passphrase", ""))


def _tables(told: Mapping[str, Any], section: str) -> Mapping[str, Mapping[str, str]]:
    """Return the tables of a section, by their names."""
    tables = told.get(section, {})
    if not isinstance(tables, dict) or not all(isinstance(one, dict) for one in tables.values()):
        raise KeyListError(
            f"{section} is no table of tables; write [{section}.name] above what belongs to it."
        )
    for name, one in tables.items():
        for field, value in one.items():
            if not isinstance(value, str) or not value.strip():
                raise KeyListError(f"{field} of [{section}.{name}] is no text; write it in quotes.")
    return tables


def _check_token(name: str, told: Mapping[str, str]) -> None:
    _demand_known(told, _TOKEN, name)
    for field in sorted(_TOKEN):
        if field not in told:
            raise KeyListError(f"{name} needs {field}.")
    if "/" in told["module"] and not Path(told["module"]).exists():
        raise KeyListError(f"{name} names the library {told['module']}, which is not there; install it.")


def _check_service(name: str, told: Mapping[str, str]) -> None:
    _demand_known(told, _SERVICE, name)
    if "url" not in told:
        raise KeyListError(f"{name} needs url.")
    if told.get("version", "1") not in VERSIONS:
        raise KeyListError(f'version of {name} is not known; write "1" or "2", for /csc/v1 or /csc/v2.')
    of_client = [one for one in _OF_CLIENT if one in told]
    if bool(of_client) is ("access_token" in told) or len(of_client) not in {0, len(_OF_CLIENT)}:
        raise KeyListError(f"{name} needs access_token, or else all of client, secret and oauth_url.")
    for field in ("url", "oauth_url"):
        if field in told and not _is_private(told[field]):
            raise KeyListError(
                f"{field} of {name} is no address by https; secrets would be sent in the clear."
            )


def _fingerprint(address: str, told: Mapping[str, str]) -> str:
    spelled = told.get("fingerprint", "").replace(":", "").replace(" ", "").lower()
    if spelled and not _FINGERPRINT.fullmatch(spelled):
        raise KeyListError(f"fingerprint of {address} is no SHA-256 of a certificate: 64 digits from 0 to f.")
    return spelled


def _demand_known(told: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    for field in told:
        if field not in known:
            raise KeyListError(
                f"{where} has “{field}”, which is not known there. Known are: {', '.join(sorted(known))}."
            )


def _demand_one_owner(found: Mapping[str, NamedKey]) -> None:
    owners: dict[tuple[str, str], str] = {}
    for address, one in found.items():
        source = one.source
        key = (source.holder, source.label if isinstance(source, Token) else "")
        if key in owners:
            raise KeyListError(f"{owners[key]} and {address} are given the same key; each needs their own.")
        owners[key] = address


def _has_secrets(told: Any) -> bool:  # noqa: ANN401 - whatever TOML can hold
    return isinstance(told, dict) and any(
        one in SECRETS or _has_secrets(value) for one, value in told.items()
    )


def _is_private(url: str) -> bool:
    """Tell whether nobody on the way reads what is sent there."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
        )
    except ValueError:
        return False
