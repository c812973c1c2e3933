"""Every setting, with its meaning and its default; read from the environment, prefix SYMPOLITY_."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "SYMPOLITY_"
SHORTEST_KEY = 32
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
KEY_SOURCES: Mapping[str, tuple[str, ...]] = {
    "signing_pkcs12": (),
    "signing_pkcs11_module": ("signing_pkcs11_token", "signing_pkcs11_label", "signing_pkcs11_pin"),
    "signing_csc_url": ("signing_csc_credential",),
}
"""Each setting that names a key, and those that it needs beside it."""
OF_CLIENT = ("signing_csc_client", "signing_csc_secret", "signing_csc_oauth_url")
"""What asks a signing service for short-lived tokens, where it gives none that lasts."""
BESIDE: Mapping[str, str] = {
    "signing_passphrase": "signing_pkcs12",
    **dict.fromkeys(
        ("signing_csc_pin", "signing_csc_token", "signing_csc_version", *OF_CLIENT), "signing_csc_url"
    ),
    **{one: source for source, needed in KEY_SOURCES.items() for one in needed},
}
"""Each setting that means nothing without another, and that other."""


class SettingError(ValueError):
    """A setting that cannot be used; the message says which, and what to do."""


def _setting(default: str, meaning: str) -> str:
    value: str = field(default=default, metadata={"meaning": meaning})
    return value


def _secret(meaning: str) -> str:
    value: str = field(default="", repr=False, metadata={"meaning": meaning})
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """How this instance runs."""

    data: str = _setting(
        "./data", "Directory for the database, the keys of the demonstration, and what is kept."
    )
    database_url: str = _setting(
        "", "Database: empty for SQLite in the data directory, or postgresql://user:password@host/name."
    )
    base_url: str = _setting(
        "http://127.0.0.1:8000", "The address that people see; links and cookies follow from it."
    )
    demo: str = _setting(
        "auto", "Sign-in as a demo person: on, off, or auto (on where the address is local)."
    )
    workers: str = _setting(
        "1", "Background workers inside `serve`; 0 where `sympolity worker` runs beside it."
    )
    signing_pkcs12: str = _setting(
        "", "File with the seal's key and certificates; empty for the demonstration's own."
    )
    signing_passphrase: str = _secret("Passphrase of that file.")
    signing_roots: str = _setting(
        "",
        "File with the trusted roots in PEM, also those of keys and authorities that were used before; "
        "empty for the demonstration's own.",
    )
    signing_signer: str = _setting(
        "",
        "Whose seal the facility's papers bear, also those of before: names (CN) or SHA-256 fingerprints of the "
        "certificates, separated by commas; empty for the name on the key.",
    )
    signing_demo: str = _setting(
        "auto",
        "Whether the demonstration's keys may seal papers: allow, refuse, or auto (where the address is local).",
    )
    signing_pkcs11_module: str = _setting(
        "",
        "Library of a device that holds the seal's key (PKCS#11), such as /usr/lib/softhsm/libsofthsm2.so.",
    )
    signing_pkcs11_token: str = _setting("", "Label of the token in that device.")
    signing_pkcs11_label: str = _setting("", "Label that key and certificate have in that token.")
    signing_pkcs11_pin: str = _secret("PIN that opens that token.")
    signing_csc_url: str = _setting(
        "",
        "Address of a remote signing service (CSC) that holds the seal's key, up to /csc: https://sign.example.org.",
    )
    signing_csc_version: str = _setting(
        "",
        "Version of the protocol that the service speaks: 1 (/csc/v1), as where nothing is set, or 2 (/csc/v2).",
    )
    signing_csc_credential: str = _setting("", "What that service knows the key by.")
    signing_csc_token: str = _secret(
        "Token that the service gave you, sent as a bearer token; it has to last, or name a client instead."
    )
    signing_csc_client: str = _setting(
        "",
        "What that service knows you by, where it gives short-lived tokens (OAuth 2.0, client credentials).",
    )
    signing_csc_secret: str = _secret("Secret of that client.")
    signing_csc_oauth_url: str = _setting(
        "", "Address at which that client is given its tokens: https://sign.example.org/oauth2/token."
    )
    signing_csc_pin: str = _secret("PIN of the key at that service, where it asks for one.")
    signing_signatories: str = _setting(
        "",
        "Directory with the signatories' keys and certificates, a PKCS#12 file for each that is called by their "
        "address (`ada@city.example.p12`). Who has none signs by their account: the paper says so.",
    )
    signing_signatories_passphrase: str = _secret("Passphrase of each of those files.")
    signing_signatories_keys: str = _setting(
        "",
        "File (TOML) that says who signs with which key, in a device (PKCS#11), at a signing service (CSC) or in a "
        "file; instead of that directory.",
    )
    tsa_url: str = _setting(
        "", "Address of the timestamp authority (RFC 3161); empty for the demonstration's own."
    )
    licence: str = _setting(
        "This text may be reproduced with its source.",
        "How papers may be used, in a sentence of the imprint: such as the name of a licence.",
    )
    smtp_url: str = _setting(
        "",
        "Mail server: smtp://user:password@host:587?starttls=yes or smtps://user:password@host; "
        "empty keeps mails, to be read on the facility's page.",
    )
    mail_from: str = _setting(
        "", "The address that mails come from; empty for no-reply at the host of the base URL."
    )
    signing_record_key: str = _setting(
        "",
        "File with the Ed25519 key, in PEM, that signs the record's checkpoints; empty for one that is made "
        "at the first start and kept in the data directory.",
    )
    writes_per_minute: str = _setting(
        "60", "How many changes a person may ask for in a minute, on pages and by the API; 0 for no limit."
    )
    oidc_issuer: str = _setting(
        "", "Issuer of an OpenID Connect provider with whose accounts people may sign in; empty for none."
    )
    oidc_client_id: str = _setting("", "What that provider knows this service by.")
    oidc_client_secret: str = _setting("", "The secret that it gave this service.")
    oidc_name: str = _setting("", "What people call that provider; its host unless told otherwise.")
    webhook_key: str = _setting(
        "",
        "Key from which the secrets of webhooks are made, 32 or more random characters; empty for a file in the "
        "data directory.",
    )
    webhooks_local: str = _setting(
        "off",
        "For tests and the demonstration: on lets webhooks call this machine and its network, without https.",
    )
    failpoint: str = _setting(
        "", "For tests of crashes: the point of the publishing job at which the process dies."
    )

    @property
    def data_directory(self) -> Path:
        """The data directory as a path."""
        return Path(self.data)

    @property
    def demo_sign_in(self) -> bool:
        """Whether visitors may sign in as a demo person."""
        return self.demo == "on" or (self.demo == "auto" and self.is_local)

    @property
    def is_local(self) -> bool:
        """Whether the address leads to this machine only."""
        return urlsplit(self.base_url).hostname in LOCAL_HOSTS

    @property
    def demo_seals(self) -> bool:
        """Whether papers may be sealed with the demonstration's keys, where there are no others."""
        return self.signing_demo == "allow" or (self.signing_demo == "auto" and self.is_local)

    @property
    def mail_host(self) -> str:
        """The host that mails name as their origin."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def provider_name(self) -> str:
        """What people call the provider of accounts."""
        return self.oidc_name or urlsplit(self.oidc_issuer).hostname or ""

    @property
    def is_https(self) -> bool:
        """Whether people come by https."""
        return urlsplit(self.base_url).scheme == "https"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings from environment variables.

    Raises:
        SettingError: a value cannot be used, a variable is unknown, or the demo would be open to the world.
    """
    known = {f"{PREFIX}{f.name.upper()}": f.name for f in fields(Settings)}
    unknown = sorted(n for n in environment if n.startswith(PREFIX) and n not in known)
    if unknown:
        raise SettingError(f"{unknown[0]} is not a setting. Known are: {', '.join(sorted(known))}.")
    settings = Settings(**{name: environment[key] for key, name in known.items() if key in environment})
    for name in (f.name for f in fields(Settings) if f.name.startswith("signing_") or f.name == "tsa_url"):
        variable = f"{PREFIX}{name.upper()}"
        # A key that was meant to be named: going on with the demonstration's instead would be no favour.
        if variable in environment and not environment[variable].strip():
            raise SettingError(f"{variable} is set, but empty; give it a value, or do not set it.")
    if fault := next(_faults(settings), None):
        raise SettingError(f"{PREFIX}{fault}")
    return settings


def _faults(it: Settings) -> Iterator[str]:
    """Yield what cannot be used, each beginning with the setting's name; a secret is not repeated."""
    if not _is_address(it.base_url):
        yield f"BASE_URL is “{it.base_url}”; give an address such as https://example.org."
    if it.demo not in {"on", "off", "auto"}:
        yield f"DEMO is “{it.demo}”; say on, off or auto."
    if it.demo == "on" and not it.is_local:
        yield (
            f"DEMO is on, but {it.base_url} is open to the world: anyone could act as anyone. "
            f"Set {PREFIX}DEMO=off, or a local {PREFIX}BASE_URL."
        )
    for name, example in (("workers", 1), ("writes_per_minute", 60)):
        if not getattr(it, name).isdecimal():
            yield f"{name.upper()} is “{getattr(it, name)}”; give a number, such as {example}."
    if it.smtp_url and not _is_address(it.smtp_url, {"smtp", "smtps"}):
        yield "SMTP_URL is no address of a mail server; write it as smtp://user:password@host:587."
    yield from _faults_of_keys(it)
    yield from _faults_of_neighbours(it)


def _faults_of_keys(it: Settings) -> Iterator[str]:
    """Yield what cannot be used of the settings of the seal: half of a key, or more than one."""
    if it.signing_demo not in {"allow", "refuse", "auto"}:
        yield f"SIGNING_DEMO is “{it.signing_demo}”; say allow, refuse or auto."
    named = [source for source in KEY_SOURCES if getattr(it, source)]
    if len(named) > 1:
        yield f"{named[0].upper()} and {PREFIX}{named[1].upper()} are both set; name one key, and no other."
    for one, source in BESIDE.items():
        if getattr(it, one) and source not in named:
            yield f"{one.upper()} is set, but not {PREFIX}{source.upper()}, to which it belongs."
    for source, one in ((s, one) for s in named for one in (*KEY_SOURCES[s], "signing_roots", "tsa_url")):
        if not getattr(it, one):
            yield f"{one.upper()} is missing; a key named by {PREFIX}{source.upper()} needs it."
    yield from _faults_of_access(it)
    yield from _faults_of_places(it, named=bool(named))
    yield from _faults_of_signatories(it, named=bool(named))


def _faults_of_access(it: Settings) -> Iterator[str]:
    """Yield what cannot be used of what lets in at a signing service: a token that lasts, or a client for others."""
    of_client = [one for one in OF_CLIENT if getattr(it, one)]
    if not it.signing_csc_url:
        return
    if of_client and it.signing_csc_token:
        yield f"SIGNING_CSC_TOKEN and {PREFIX}{of_client[0].upper()} are both set; name a token or a client."
    elif of_client:
        for one in (one for one in OF_CLIENT if one not in of_client):
            yield f"{one.upper()} is missing; {PREFIX}{of_client[0].upper()} needs it."
        if it.signing_csc_oauth_url and not _is_private(it.signing_csc_oauth_url):
            yield "SIGNING_CSC_OAUTH_URL is no address by https; the secret would be sent in the clear."
    elif not it.signing_csc_token:
        yield (
            f"SIGNING_CSC_TOKEN is missing; a key named by {PREFIX}SIGNING_CSC_URL needs it, "
            f"or {PREFIX}SIGNING_CSC_CLIENT."
        )


def _faults_of_places(it: Settings, *, named: bool) -> Iterator[str]:
    """Yield what cannot be used of the addresses that sealing needs."""
    if it.tsa_url and not named:
        yield "TSA_URL is set, but no key to seal with; the demonstration's key has an authority of its own."
    if it.tsa_url and not _is_address(it.tsa_url):
        yield f"TSA_URL is “{it.tsa_url}”; give an address such as https://tsa.example.org."
    if it.signing_csc_version not in {"", "1", "2"}:
        yield f"SIGNING_CSC_VERSION is “{it.signing_csc_version}”; say 1 or 2."
    if it.signing_csc_url and not _is_private(it.signing_csc_url):
        yield "SIGNING_CSC_URL is no address by https; the token would be sent in the clear."


def _faults_of_signatories(it: Settings, *, named: bool) -> Iterator[str]:
    """Yield what cannot be used of the keys of signatories: two places at once, or no seal to stand beside."""
    if it.signing_signatories_keys and it.signing_signatories:
        yield (
            f"SIGNING_SIGNATORIES and {PREFIX}SIGNING_SIGNATORIES_KEYS are both set; name a directory or a list, and "
            "write into the list whose key is in a file."
        )
    if it.signing_signatories_passphrase and not it.signing_signatories:
        yield f"SIGNING_SIGNATORIES_PASSPHRASE is set, but not {PREFIX}SIGNING_SIGNATORIES, to which it belongs."
    for one in ("signing_signatories", "signing_signatories_keys"):
        if getattr(it, one) and not named:
            yield f"{one.upper()} is set, but no key to seal with; signatories sign beside the facility's own seal."


def _faults_of_neighbours(it: Settings) -> Iterator[str]:
    """Yield what cannot be used of the services beside this one: the provider of accounts, and webhooks."""
    if it.oidc_issuer and not _is_address(it.oidc_issuer):
        yield f"OIDC_ISSUER is “{it.oidc_issuer}”; give an address such as https://id.example.org."
    if it.oidc_issuer and not it.oidc_client_id:
        yield "OIDC_CLIENT_ID is missing; the provider gave it to you."
    if it.webhooks_local not in {"on", "off"}:
        yield f"WEBHOOKS_LOCAL is “{it.webhooks_local}”; say on or off."
    if it.webhooks_local == "on" and not it.is_local:
        yield (
            f"WEBHOOKS_LOCAL is on, but {it.base_url} is open to the world: a webhook would be a way "
            f"into your own network. Set {PREFIX}WEBHOOKS_LOCAL=off."
        )
    if it.webhook_key and len(it.webhook_key) < SHORTEST_KEY:
        yield f"WEBHOOK_KEY is too short; give {SHORTEST_KEY} random characters or more."


def _is_private(url: str) -> bool:
    """Tell whether nobody on the way reads what is sent there."""
    return _is_address(url, {"https"}) or (_is_address(url) and urlsplit(url).hostname in LOCAL_HOSTS)


def _is_address(url: str, schemes: Collection[str] = ("http", "https")) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
