"""/persons and /me: who has an account, and who asks."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.lists import Id
from service.api.organisations import Mandate
from service.api.schemas import LanguageTag, Request, TimeZone, refuses, shown
from service.domain.errors import Invalid, SignInNeeded
from service.workflows import erasure, library, people

TAGS = ["People"]


class Me(Struct, frozen=True):
    """The person who asks, with the mandates that can be used now."""

    id: str
    name: str
    email: str
    language: str
    time_zone: str
    mandates: tuple[Mandate, ...]


class NewPerson(Request, frozen=True):
    """Someone to give an account; addresses are used once, in lower case."""

    email: Annotated[str, Meta(max_length=320, examples=["ada@city.example"])]
    name: Annotated[str, Meta(description="Up to 200 characters.")]
    language: LanguageTag = "en"
    time_zone: TimeZone = "Europe/Brussels"


class Account(Struct, frozen=True):
    """An account that was made; what is known of a person is shown to that person alone."""

    id: str


_me = shown(Me)


@get("/me", tags=TAGS, opt=refuses(SignInNeeded), sync_to_thread=True)
def read_me(ctx: Asking) -> Me:
    """Read who you are to the service, and what your mandates allow."""
    view = library.me(ctx)
    if view is None:
        raise SignInNeeded
    return _me(view)


@post("/persons", tags=TAGS, opt=refuses(Invalid), sync_to_thread=True)
def enter_person(
    data: JSONBody[NewPerson], ctx: Asking, attempt: NamedDependency[Attempt]
) -> Response[Account]:
    """Give a person an account, as the coordination facility."""
    command = people.EnterPerson(data.email, data.name, data.language, data.time_zone)
    return attempt.create(lambda: people.enter_person(ctx, command), Account)


@post("/persons/{person_id:str}/erasure", tags=TAGS, opt=refuses(), status_code=204, sync_to_thread=True)
def erase_person(person_id: Id, ctx: Asking) -> None:
    """Erase what is known of a person, as the coordination facility. What they did for organisations stays."""
    erasure.erase(ctx, person_id)


ROUTES = [read_me, enter_person, erase_person]
