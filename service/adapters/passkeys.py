"""Passkeys (WebAuthn), as the service checks them: origin, challenge, user verification, signature and counter."""

import json
from dataclasses import dataclass
from typing import Any

from service.domain.access import Passkey
from service.domain.errors import PasskeyRefused

NAME = "Sympolity"
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class WebAuthn:
    """The rules for one address; the library is loaded when somebody first brings a passkey."""

    origin: str
    host: str

    def creation(self, *, handle: str, email: str, challenge: bytes, known: tuple[bytes, ...]) -> str:
        """Return what a browser needs to make a passkey, as JSON."""
        import webauthn  # noqa: PLC0415 - see above
        from webauthn.helpers import structs  # noqa: PLC0415 - see above

        options = webauthn.generate_registration_options(
            rp_id=self.host,
            rp_name=NAME,
            user_name=email,
            user_id=handle.encode(),
            challenge=challenge,
            authenticator_selection=structs.AuthenticatorSelectionCriteria(
                resident_key=structs.ResidentKeyRequirement.REQUIRED,
                user_verification=structs.UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=one) for one in known],
        )
        return webauthn.options_to_json(options)

    def request(self, *, challenge: bytes) -> str:
        """Return what a browser needs to ask for a passkey, whoever's it is, as JSON."""
        import webauthn  # noqa: PLC0415 - see above
        from webauthn.helpers import structs  # noqa: PLC0415 - see above

        options = webauthn.generate_authentication_options(
            rp_id=self.host,
            challenge=challenge,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        )
        return webauthn.options_to_json(options)

    def named(self, response: str) -> tuple[bytes, bytes]:
        """Return the id of the passkey and the challenge that a browser's answer names, neither of them checked yet.

        Raises:
            PasskeyRefused: it is no answer at all.
        """
        from webauthn import base64url_to_bytes  # noqa: PLC0415 - see above

        try:
            said: Any = json.loads(response) if len(response) <= LONGEST else {}
            client = json.loads(base64url_to_bytes(said["response"]["clientDataJSON"]))
            return base64url_to_bytes(said["rawId"]), base64url_to_bytes(client["challenge"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
            raise PasskeyRefused from wrong

    def registered(self, response: str, challenge: bytes) -> Passkey:
        """Return the passkey that a browser has made.

        Raises:
            PasskeyRefused: it was not made here, for this challenge, by a person who showed that it is they.
        """
        import webauthn  # noqa: PLC0415 - see above

        made: Any = self._checked(
            webauthn.verify_registration_response,
            credential=response,
            expected_challenge=challenge,
            require_user_verification=True,
        )
        return Passkey(made.credential_id, made.credential_public_key, made.sign_count)

    def asserted(self, response: str, challenge: bytes, passkey: Passkey) -> int:
        """Return the counter of a passkey that was shown.

        Raises:
            PasskeyRefused: it was not shown here, for this challenge, or its counter went back: it was copied.
        """
        import webauthn  # noqa: PLC0415 - see above

        shown: Any = self._checked(
            webauthn.verify_authentication_response,
            credential=response,
            expected_challenge=challenge,
            require_user_verification=True,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.count,
        )
        count: int = shown.new_sign_count
        return count

    def _checked(self, check: Any, **given: object) -> object:  # noqa: ANN401 - one of the library's two
        try:
            return check(expected_rp_id=self.host, expected_origin=self.origin, **given)
        except Exception as wrong:
            # Whatever a stranger sent that the library stumbles over is no passkey.
            raise PasskeyRefused from wrong
