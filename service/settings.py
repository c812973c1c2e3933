"""Every setting, with its meaning and its default; read from the environment, prefix SYMPOLITY_."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "SYMPOLITY_"
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingError(ValueError):
    """A setting that cannot be used; the message says which, and what to do."""


def _setting(default: str, meaning: str) -> str:
    value: str = field(default=default, metadata={"meaning": meaning})
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
    signing_passphrase: str = _setting("", "Passphrase of that file.")
    signing_roots: str = _setting(
        "", "File with the trusted roots in PEM; empty for the demonstration's own."
    )
    tsa_url: str = _setting(
        "", "Address of the timestamp authority (RFC 3161); empty for the demonstration's own."
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
    def mail_host(self) -> str:
        """The host that mails name as their origin."""
        return urlsplit(self.base_url).hostname or "localhost"

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
    if not _is_address(settings.base_url):
        raise SettingError(
            f"{PREFIX}BASE_URL is “{settings.base_url}”; give an address such as https://example.org."
        )
    if settings.demo not in {"on", "off", "auto"}:
        raise SettingError(f"{PREFIX}DEMO is “{settings.demo}”; say on, off or auto.")
    if settings.demo == "on" and not settings.is_local:
        raise SettingError(
            f"{PREFIX}DEMO is on, but {settings.base_url} is open to the world: anyone could act as anyone. "
            f"Set {PREFIX}DEMO=off, or a local {PREFIX}BASE_URL."
        )
    if not settings.workers.isdecimal():
        raise SettingError(f"{PREFIX}WORKERS is “{settings.workers}”; give a number, such as 1.")
    if settings.smtp_url and not _is_address(settings.smtp_url, {"smtp", "smtps"}):
        # It may hold a password, so it is not repeated.
        raise SettingError(
            f"{PREFIX}SMTP_URL is no address of a mail server; write it as smtp://user:password@host:587."
        )
    return settings


def _is_address(url: str, schemes: Collection[str] = ("http", "https")) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
