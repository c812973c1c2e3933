"""Where the settings say that the key is that seals papers."""

from service.adapters.key_sources import KeyFile, KeySource, RemoteKey, Token
from service.settings import Settings


def key_source(settings: Settings) -> KeySource | None:
    """Return where the operator's own key is; None where there is none."""
    if settings.signing_pkcs12:
        return KeyFile(settings.signing_pkcs12, settings.signing_passphrase)
    if settings.signing_pkcs11_module:
        return Token(
            settings.signing_pkcs11_module,
            settings.signing_pkcs11_token,
            settings.signing_pkcs11_label,
            settings.signing_pkcs11_pin,
        )
    if settings.signing_csc_url:
        return RemoteKey(
            settings.signing_csc_url,
            settings.signing_csc_credential,
            settings.signing_csc_token,
            settings.signing_csc_pin,
            client=settings.signing_csc_client,
            secret=settings.signing_csc_secret,
            oauth_url=settings.signing_csc_oauth_url,
            version=settings.signing_csc_version or "1",
        )
    return None
