"""Use cases around authenticator apps: setting one up, and confirming by its codes (TOTP) or a recovery code."""

import base64
from dataclasses import dataclass
from datetime import datetime

import pyotp

from service.domain.access import CODES_OF_PERSON, Means
from service.domain.errors import Invalid, SignInNeeded, Unknown
from service.domain.events import CodesChanged
from service.domain.permissions import Act, Permission, Subject, require, visible_to
from service.store import codes
from service.store.uow import UnitOfWork
from service.workflows import limits
from service.workflows.confirmations import confirmed, given, renewed
from service.workflows.context import Context
from service.workflows.secret_digests import digest_of

STEP = 30
AROUND = (-1, 0, 1)
RECOVERY_CODES = 10
RECOVERY_LENGTH = 16
NAME = "Sympolity"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What an authenticator app takes in: by its secret, or by an address that a phone reads as a picture."""

    secret: str
    address: str


@dataclass(frozen=True, slots=True)
class CodesView:
    """Whether the reader has an app in use, and how many recovery codes are left."""

    in_use: bool
    left: int


@dataclass(frozen=True, slots=True)
class Given:
    """A confirmation by a code: the secret by which the session goes on, and until when the confirmation is good."""

    secret: str
    until: datetime


def act_of(person_id: str) -> Act:
    """Return what has to be confirmed before one's app or recovery codes change."""
    return Act(Permission.CODES_CHANGE, person_id, "codes")


def mine(ctx: Context) -> CodesView:
    """Return whether the reader has an app in use.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        person_id = reader.actor.person_id
        if person_id is None:
            raise SignInNeeded
        in_use = codes.salt_of(reader.connection, person_id, proven=True) is not None
        return CodesView(in_use, codes.left(reader.connection, person_id))


def set_up(ctx: Context) -> SetUp:
    """A person begins to set an app up, in the place of the one before; it counts once it has shown a code."""
    with ctx.transaction() as work:
        person_id = _may_change(work)
        salt = digest_of(ctx.new_secret())
        codes.begin(work.connection, person_id, salt, work.now)
        work.record(CodesChanged(person_id, "begun"))
        secret = _secret(ctx, salt)
        name = work.persons.get(person_id).email
        return SetUp(secret, pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=NAME))


def prove(ctx: Context, code: str) -> tuple[str, ...]:
    """A person shows the first code of a new app; returns recovery codes, which are shown once and not kept.

    Raises:
        Invalid: the code is wrong.
        TooManyRequests: too many wrong ones were tried.
    """
    limits.spend(ctx, (CODES_OF_PERSON, ctx.identity.person_id or ""))
    with ctx.transaction() as work:
        require(work.actor, Permission.CONFIRMATION_GIVE, Subject())
        person_id = work.actor.person_id or ""
        salt = codes.salt_of(work.connection, person_id, proven=False)
        if salt is None or not _used(ctx, work, person_id, salt, code):
            raise _wrong()
        limits.forgive(work, CODES_OF_PERSON, person_id)
        work.record(CodesChanged(person_id, "proven"))
        return _fresh(ctx, work, person_id)


def renew_recovery(ctx: Context) -> tuple[str, ...]:
    """A person has new recovery codes made; those before are worth nothing any more."""
    with ctx.transaction() as work:
        person_id = _may_change(work)
        if codes.salt_of(work.connection, person_id, proven=True) is None:
            raise Unknown(thing="authenticator app")
        work.record(CodesChanged(person_id, "recovery"))
        return _fresh(ctx, work, person_id)


def remove(ctx: Context) -> None:
    """A person removes their app, and the recovery codes with it."""
    with ctx.transaction() as work:
        person_id = _may_change(work)
        codes.forget(work.connection, person_id)
        work.record(CodesChanged(person_id, "removed"))


def confirm(ctx: Context, act: Act, code: str) -> Given:
    """A person confirms an act by a code of their app, or a recovery code.

    Raises:
        Invalid: the code is wrong, or was used before.
        TooManyRequests: too many wrong ones were tried.
    """
    limits.spend(ctx, (CODES_OF_PERSON, ctx.identity.person_id or ""))
    with ctx.transaction() as work:
        require(work.actor, Permission.CONFIRMATION_GIVE, Subject())
        person_id = work.actor.person_id or ""
        salt = codes.salt_of(work.connection, person_id, proven=True)
        if salt is None or not (
            _used(ctx, work, person_id, salt, code)
            or codes.use_recovery(work.connection, person_id, digest_of(_plain(code)))
        ):
            raise _wrong()
        limits.forgive(work, CODES_OF_PERSON, person_id)
        until = given(ctx, work, act, Means.CODE)
        return Given(renewed(ctx, work), until)


def _may_change(work: UnitOfWork) -> str:
    act = act_of(work.actor.person_id or "")
    require(work.actor, act.action, confirmed(work, act, Subject()))
    return act.object_id


def _used(ctx: Context, work: UnitOfWork, person_id: str, salt: str, code: str) -> bool:
    app, step = pyotp.TOTP(_secret(ctx, salt)), _step(work.now)
    matching = [
        step + n for n in AROUND if pyotp.utils.strings_equal(app.generate_otp(step + n), _plain(code))
    ]
    return bool(matching) and codes.use(work.connection, person_id, salt, matching[-1])


def _fresh(ctx: Context, work: UnitOfWork, person_id: str) -> tuple[str, ...]:
    made = tuple(_recovery_code(ctx.new_secret()) for _ in range(RECOVERY_CODES))
    codes.keep_recovery(work.connection, person_id, [digest_of(code) for code in made])
    return tuple("-".join(code[at : at + 4] for at in range(0, RECOVERY_LENGTH, 4)) for code in made)


def _recovery_code(secret: str) -> str:
    """Return 16 letters that are not mistaken for each other, made of a secret of 256 bits."""
    number = int(digest_of(secret), 16)
    letters = []
    for _ in range(RECOVERY_LENGTH):
        number, at = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[at])
    return "".join(letters)


def _secret(ctx: Context, salt: str) -> str:
    if ctx.doors.secret_of is None:
        raise Unknown(thing="door")
    return base64.b32encode(ctx.doors.secret_of(f"totp:{salt}")[:20]).decode()


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def _plain(code: str) -> str:
    return code.replace(" ", "").replace("-", "").lower()


def _wrong() -> Invalid:
    return Invalid.field("code", "This code is wrong, or was used already. Type the one that is shown now.")
