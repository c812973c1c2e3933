"""The list of who signs with which key: what it says, and what in it cannot be meant."""

from pathlib import Path

import pytest

from service.adapters.key_list import KeyListError, read_keys
from service.adapters.key_sources import KeyFile, NamedKey, RemoteKey, Token

TOKEN = '[tokens.people]\nmodule = "libsofthsm2.so"\npin = "hush-4711"\n'
SERVICE = '[services.trust]\nurl = "https://sign.example"\naccess_token = "hush-access"\n'
ADA = '[signatories."ada@city.example"]\n'
IN_TOKEN = f'{TOKEN}{ADA}token = "people"\n'


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "keys.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_each_signatory_has_a_key_in_a_token_at_a_service_or_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "cy.p12").write_bytes(b"")
    fingerprint = "AB:" * 31 + "AB"
    text = f"""
{TOKEN}
{SERVICE}pin = "hush-pin"
[services.other]
url = "http://127.0.0.1:9"
client = "us"
secret = "hush-secret"
oauth_url = "https://sign.example/token"
version = "2"
{ADA}token = "people"
[signatories."Bo@City.example"]
token = "people"
label = "bo"
fingerprint = "{fingerprint}"
[signatories."cy@city.example"]
file = "cy.p12"
passphrase = "hush"
[signatories."di@city.example"]
service = "trust"
credential = "di-1"
[signatories."ed@city.example"]
service = "other"
credential = "ed-1"
pin = "hush-own"
"""
    found = read_keys(written(tmp_path, text))
    given = "https://sign.example/token"
    client = RemoteKey("http://127.0.0.1:9", "ed-1", "", "hush-own", "us", "hush-secret", given, "2")
    assert found == {
        "ada@city.example": NamedKey(Token("libsofthsm2.so", "people", "ada@city.example", "hush-4711")),
        "bo@city.example": NamedKey(Token("libsofthsm2.so", "people", "bo", "hush-4711"), "ab" * 32),
        "cy@city.example": NamedKey(KeyFile(str(tmp_path / "cy.p12"), "hush")),
        "di@city.example": NamedKey(RemoteKey("https://sign.example", "di-1", "hush-access", "hush-pin")),
        "ed@city.example": NamedKey(client),
    }
    assert "hush" not in repr(found)


WRONG = {
    "is not TOML": "[signatories",
    "it names nobody; begin with": TOKEN,
    "it has “people”, which is not known there. Known are: services, signatories, tokens": "[people]",
    "signatories is no table of tables; write [signatories.name]": 'signatories = "ada@city.example"',
    "label of [signatories.ada@city.example] is no text": f'{TOKEN}{ADA}token = "people"\nlabel = 7',
    "[signatories.ada] is no address of e-mail": f'{TOKEN}[signatories.ada]\ntoken = "people"',
    "it names ada@city.example twice": f'{IN_TOKEN}[signatories."ADA@city.example"]\ntoken = "people"',
    "is not TOML: Cannot declare": f"{IN_TOKEN}{ADA}",
    "ada@city.example needs one of token, service and file": ADA,
    "and no other": f'{IN_TOKEN}service = "trust"',
    "ada@city.example has “lebal”, which is not known there. Known are: fingerprint, label, token": (
        f'{IN_TOKEN}lebal = "ada"'
    ),
    "ada@city.example is in the token “other”; add [tokens.other]": f'{TOKEN}{ADA}token = "other"',
    "[tokens.people] needs pin": f'[tokens.people]\nmodule = "x"\n{ADA}token = "people"',
    "[tokens.people] has “slot”": f'{TOKEN}slot = "1"\n{ADA}token = "people"',
    "[tokens.people] names the library /nowhere/lib.so, which is not there; install it": (
        f'[tokens.people]\nmodule = "/nowhere/lib.so"\npin = "hush"\n{ADA}token = "people"'
    ),
    "ada@city.example is at the service “other”; add [services.other]": f'{ADA}service = "other"',
    "needs a credential: what the service knows the key by": f'{SERVICE}{ADA}service = "trust"',
    "[services.trust] needs url": f'[services.trust]\naccess_token = "hush"\n{ADA}service = "trust"',
    "[services.trust] needs access_token, or else all of client": (
        f'[services.trust]\nurl = "https://sign.example"\nclient = "us"\n{ADA}service = "trust"'
    ),
    "needs access_token, or else": f'{SERVICE}client = "us"\n{ADA}service = "trust"',
    "url of [services.trust] is no address by https": (
        f'[services.trust]\nurl = "http://sign.example"\naccess_token = "hush"\n{ADA}service = "trust"'
    ),
    "url of [services.trust] is no address": (
        f'[services.trust]\nurl = "https://[sign"\naccess_token = "hush"\n{ADA}service = "trust"'
    ),
    "version of [services.trust] is not known; write": f'{SERVICE}version = "v2"\n{ADA}service = "trust"',
    "is in the file ada.p12, which is not there; put it there": f'{ADA}file = "ada.p12"',
    "fingerprint of ada@city.example is no SHA-256": f'{IN_TOKEN}fingerprint = "ab,cd"',
    "ada@city.example and bo@city.example are given the same key": (
        f'{IN_TOKEN}label = "one"\n[signatories."bo@city.example"]\ntoken = "people"\nlabel = "one"'
    ),
}


@pytest.mark.parametrize("said", WRONG)
def test_what_cannot_be_meant_is_refused_with_what_to_do_and_no_secret(tmp_path: Path, said: str) -> None:
    with pytest.raises(KeyListError) as refused:
        read_keys(written(tmp_path, WRONG[said]))
    told = str(refused.value)
    assert told.startswith("The list of signatories' keys keys.toml")
    assert (said in told, "hush" in told) == (True, False)


def test_list_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeyListError, match=r"nothing\.toml cannot be read; name a file"):
        read_keys(tmp_path / "nothing.toml")


def test_list_with_secrets_that_everyone_may_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyListError, match=r"everyone on this machine may read it.*chmod 600 keys\.toml"):
        read_keys(written(tmp_path, IN_TOKEN, 0o644))
    (tmp_path / "ada.p12").write_bytes(b"")
    assert len(read_keys(written(tmp_path, f'{ADA}file = "ada.p12"', 0o644))) == 1
