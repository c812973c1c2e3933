from dataclasses import fields, replace
from pathlib import Path

import pytest

from service.settings import PREFIX, SettingError, Settings, read_settings

ROOT = Path(__file__).parents[2]


UNDER = {"signing_roots": "roots.pem", "tsa_url": "https://tsa.example"}
FILE = {"signing_pkcs12": "seal.p12", **UNDER}
TOKEN = {
    "signing_pkcs11_module": "libsofthsm2.so",
    "signing_pkcs11_token": "facility",
    "signing_pkcs11_label": "seal",
    "signing_pkcs11_pin": "4711",
    **UNDER,
}
SERVICE = {
    "signing_csc_url": "https://sign.example",
    "signing_csc_credential": "seal-1",
    "signing_csc_token": "hush",
    **UNDER,
}
CLIENT = {
    **{name: value for name, value in SERVICE.items() if name != "signing_csc_token"},
    "signing_csc_client": "facility",
    "signing_csc_secret": "hush",
    "signing_csc_oauth_url": "https://sign.example/oauth2/token",
}
NEEDED = {
    **{name: TOKEN for name in TOKEN if name.startswith("signing_pkcs11")},
    **{
        name: SERVICE
        for name in (*SERVICE, "signing_csc_pin", "signing_csc_version")
        if name.startswith("signing_csc")
    },
    **{name: CLIENT for name in CLIENT if name not in SERVICE},
    **dict.fromkeys(("signing_pkcs12", "signing_passphrase", "tsa_url"), FILE),
    **dict.fromkeys(("signing_signatories", "signing_signatories_keys"), FILE),
    "signing_signatories_passphrase": {**FILE, "signing_signatories": "keys"},
}
"""What a setting needs beside itself."""


def read(**environment: str) -> Settings:
    return read_settings({f"{PREFIX}{name.upper()}": value for name, value in environment.items()})


def test_nothing_has_to_be_set() -> None:
    assert read() == Settings()
    assert (read().data_directory, read().demo_sign_in, read().is_https) == (Path("./data"), True, False)


def test_what_is_not_the_services_own_is_passed_over() -> None:
    assert read_settings({"PATH": "/bin", "HOME": "/root"}) == Settings()


@pytest.mark.parametrize("name", [f.name for f in fields(Settings)])
def test_every_setting_says_what_it_means(name: str) -> None:
    (setting,) = (f for f in fields(Settings) if f.name == name)
    assert setting.metadata["meaning"].endswith(".")


@pytest.mark.parametrize("name", [f.name for f in fields(Settings)])
def test_every_setting_is_read(name: str) -> None:
    others = {
        "base_url": "https://agenda.example",
        "demo": "off",
        "workers": "3",
        "writes_per_minute": "9",
        "oidc_issuer": "",
        "smtp_url": "smtps://mail.example",
        "signing_demo": "allow",
        "signing_csc_url": "https://sign.example",
        "signing_csc_oauth_url": "https://sign.example/oauth2/token",
        "signing_csc_version": "2",
        "tsa_url": "https://tsa.example",
        "webhooks_local": "off",
        "webhook_key": "k" * 32,
    }
    value = others.get(name, "some value")
    given = {**NEEDED.get(name, {}), name: value}
    assert read(**given) == replace(Settings(), **given)


def test_a_setting_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(
        SettingError, match=r"SYMPOLITY_DATTABASE is not a setting\. Known are: SYMPOLITY_BASE_URL"
    ):
        read(dattabase="x")


@pytest.mark.parametrize(
    ("demo", "address", "open_to_visitors"),
    [
        ("auto", "http://127.0.0.1:8000", True),
        ("auto", "http://localhost", True),
        ("auto", "http://[::1]:8000", True),
        ("auto", "https://agenda.example", False),
        ("auto", "http://127.0.0.1.example", False),
        ("off", "http://127.0.0.1:8000", False),
        ("off", "https://agenda.example", False),
        ("on", "http://127.0.0.1:8000", True),
    ],
)
def test_visitors_sign_in_as_demo_people_on_this_machine_alone(
    demo: str, address: str, *, open_to_visitors: bool
) -> None:
    assert read(demo=demo, base_url=address).demo_sign_in is open_to_visitors


def test_the_demonstrations_sign_in_is_never_open_to_the_world() -> None:
    with pytest.raises(SettingError, match="is open to the world: anyone could act as anyone"):
        read(demo="on", base_url="https://agenda.example")


@pytest.mark.parametrize("demo", ["", "yes", "ON"])
def test_the_demonstration_is_on_off_or_auto(demo: str) -> None:
    with pytest.raises(SettingError, match="say on, off or auto"):
        read(demo=demo)


@pytest.mark.parametrize(
    "address", ["", "agenda.example", "ftp://agenda.example", "https://", "http://[", "http://a:port"]
)
def test_an_address_is_one_that_people_can_open(address: str) -> None:
    with pytest.raises(SettingError, match="SYMPOLITY_BASE_URL is"):
        read(base_url=address)


@pytest.mark.parametrize("workers", ["", "-1", "1.5", "two", "²"])
def test_workers_are_a_number(workers: str) -> None:
    with pytest.raises(SettingError, match="SYMPOLITY_WORKERS is"):
        read(workers=workers)


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"oidc_issuer": "id.example", "oidc_client_id": "us"}, "OIDC_ISSUER is"),
        ({"oidc_issuer": "https://id.example"}, "OIDC_CLIENT_ID is missing"),
    ],
)
def test_a_provider_is_named_with_what_it_knows_us_by(values: dict[str, str], missing: str) -> None:
    with pytest.raises(SettingError, match=missing):
        read(**values)


def test_a_provider_is_called_by_its_host_unless_told_otherwise() -> None:
    provider = {"oidc_issuer": "https://id.example/tenant", "oidc_client_id": "us"}
    assert read(**provider).provider_name == "id.example"
    assert read(**provider, oidc_name="EU Login").provider_name == "EU Login"


@pytest.mark.parametrize("count", ["", "-1", "1.5", "many"])
def test_writes_per_minute_are_a_number(count: str) -> None:
    with pytest.raises(SettingError, match="SYMPOLITY_WRITES_PER_MINUTE is"):
        read(writes_per_minute=count)


def test_the_address_says_whether_it_is_https() -> None:
    assert read(base_url="https://agenda.example").is_https


@pytest.mark.parametrize(
    "url", ["mail.example", "https://mail.example", "smtp://", "smtp://ada:pw@host:none"]
)
def test_mail_server_without_a_usable_address_is_refused_and_its_password_not_told(url: str) -> None:
    with pytest.raises(SettingError, match="SMTP_URL is no address") as told:
        read(smtp_url=url)
    assert "pw" not in str(told.value)


def test_mails_come_from_the_host_that_people_see() -> None:
    assert read(base_url="https://agenda.example:8443", demo="off").mail_host == "agenda.example"


def test_webhooks_call_local_addresses_on_a_local_instance_alone() -> None:
    assert read(webhooks_local="on").webhooks_local == "on"
    with pytest.raises(SettingError, match="a way into your own network"):
        read(webhooks_local="on", base_url="https://agenda.example")
    with pytest.raises(SettingError, match="say on or off"):
        read(webhooks_local="maybe")


def test_short_key_of_webhooks_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingError, match="32 random characters") as refused:
        read(webhook_key="hunter2")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("signing_demo", "address", "seals"),
    [
        ("auto", "http://127.0.0.1:8000", True),
        ("auto", "https://agenda.example", False),
        ("allow", "https://agenda.example", True),
        ("refuse", "http://127.0.0.1:8000", False),
    ],
)
def test_demonstrations_key_seals_on_this_machine_or_where_it_is_allowed(
    signing_demo: str, address: str, *, seals: bool
) -> None:
    assert read(signing_demo=signing_demo, base_url=address).demo_seals is seals


@pytest.mark.parametrize("given", [FILE, TOKEN, SERVICE, CLIENT])
def test_key_of_ones_own_is_named_with_all_that_it_needs(given: dict[str, str]) -> None:
    assert read(**given) == replace(Settings(), **given)
    needed = [
        name for name in given if name not in {"signing_pkcs12", "signing_pkcs11_module", "signing_csc_url"}
    ]
    for name in needed:
        with pytest.raises(SettingError, match=f"{name.upper()} is missing"):
            read(**{other: value for other, value in given.items() if other != name})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({**FILE, **TOKEN}, "SIGNING_PKCS12 and SYMPOLITY_SIGNING_PKCS11_MODULE are both set"),
        ({**SERVICE, **TOKEN}, "SIGNING_PKCS11_MODULE and SYMPOLITY_SIGNING_CSC_URL are both set"),
        ({"signing_passphrase": "hush"}, "SIGNING_PASSPHRASE is set, but not SYMPOLITY_SIGNING_PKCS12"),
        ({"signing_csc_token": "hush"}, "SIGNING_CSC_TOKEN is set, but not SYMPOLITY_SIGNING_CSC_URL"),
        (
            {**FILE, "signing_pkcs11_pin": "4711"},
            "SIGNING_PKCS11_PIN is set, but not SYMPOLITY_SIGNING_PKCS11",
        ),
        ({"tsa_url": "https://tsa.example"}, "TSA_URL is set, but no key to seal with"),
        ({**FILE, "tsa_url": "tsa.example"}, "TSA_URL is “tsa.example”; give an address"),
        ({**SERVICE, "signing_csc_url": "http://sign.example"}, "SIGNING_CSC_URL is no address by https"),
        (
            {**CLIENT, "signing_csc_token": "hush"},
            "SIGNING_CSC_TOKEN and SYMPOLITY_SIGNING_CSC_CLIENT are both",
        ),
        ({**SERVICE, "signing_csc_version": "v2"}, "SIGNING_CSC_VERSION is “v2”; say 1 or 2"),
        ({"signing_csc_secret": "hush"}, "SIGNING_CSC_SECRET is set, but not SYMPOLITY_SIGNING_CSC_URL"),
        (
            {**CLIENT, "signing_csc_oauth_url": "http://sign.example"},
            "SIGNING_CSC_OAUTH_URL is no address by",
        ),
        (
            {**FILE, "signing_signatories": "keys", "signing_signatories_keys": "keys.toml"},
            "SIGNING_SIGNATORIES and SYMPOLITY_SIGNING_SIGNATORIES_KEYS are both set; name a directory or a list",
        ),
        (
            {"signing_signatories_passphrase": "hush"},
            "SIGNING_SIGNATORIES_PASSPHRASE is set, but not SYMPOLITY_SIGNING_SIGNATORIES, to",
        ),
        (
            {"signing_signatories_keys": "keys.toml"},
            "SIGNING_SIGNATORIES_KEYS is set, but no key to seal with",
        ),
        ({"signing_demo": "yes"}, "SIGNING_DEMO is “yes”; say allow, refuse or auto"),
    ],
)
def test_half_a_key_or_two_are_refused_and_no_secret_repeated(given: dict[str, str], said: str) -> None:
    with pytest.raises(SettingError, match=said) as refused:
        read(**given)
    assert [secret in str(refused.value) for secret in ("hush", "4711")] == [False, False]


@pytest.mark.parametrize(
    "name", [f.name for f in fields(Settings) if f.name.startswith("signing_") or f.name == "tsa_url"]
)
@pytest.mark.parametrize("value", ["", " ", "\t\n"])
def test_key_that_is_set_but_empty_is_not_passed_over(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"SYMPOLITY_{name.upper()} is set, but empty"):
        read(**{**NEEDED.get(name, {}), name: value})


def test_secrets_of_keys_are_not_shown_with_the_settings() -> None:
    shown = repr(
        [
            read(**TOKEN),
            read(**SERVICE, signing_csc_pin="4712"),
            read(**CLIENT),
            read(**FILE, signing_passphrase="hush"),
        ]
    )
    assert [secret in shown for secret in ("4711", "4712", "hush")] == [False, False, False]


def test_remote_key_on_this_machine_needs_no_https() -> None:
    here = {**SERVICE, "signing_csc_url": "http://127.0.0.1:8090"}
    assert read(**here).signing_csc_url == "http://127.0.0.1:8090"
