"""Pages of translations: which there are, reading one beside the text that counts, and writing one block by block."""

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.errors import StaleState
from service.domain.permissions import Permission
from service.domain.translations import TEXT, Translated, TranslationAction, typed
from service.domain.views.translations import TranslationView
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.web.remembering import remembered
from service.workflows import originals, reading, translations
from service.workflows.context import Context
from service.workflows.translations import BeginTranslation, WriteTranslation

# What is offered first; the API takes any. Languages of the Union and of its partner countries.
_TONGUES = (
    "am ar az bg bn bs ca cs da de el en es et fa fi fr ga ha he hi hr hu hy id it ka kk km ky lo lt lv mg mk mn ms "
    "mt my ne nl pl ps pt pt-BR ro ru rw sk sl sn so sq sr st sv sw ta tg th ti tk tl tr uk ur uz vi wo xh yo zh zu"
)
TONGUES = tuple(_TONGUES.split())


@get("/recommendations/{recommendation_id:str}/translations", sync_to_thread=True, include_in_schema=False)
@remembered
def listed(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show into which languages a recommendation is translated, and how far each translation has come."""
    with ctx.reading():
        return _list(request, ctx, Translated.RECOMMENDATION, recommendation_id, Form())


@get("/lessons/{lesson_id:str}/translations", sync_to_thread=True, include_in_schema=False)
@remembered
def listed_of_lesson(request: Asked, lesson_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show into which languages a lesson is translated, and how far each translation has come."""
    with ctx.reading():
        return _list(request, ctx, Translated.LESSON, lesson_id, Form())


@get("/recommendations/{recommendation_id:str}/translate", sync_to_thread=True, include_in_schema=False)
def begin_one(
    request: Asked, recommendation_id: FromPath[str], ctx: Asking
) -> Response[str] | Response[None]:
    """Show the text beside empty fields, to begin a translation."""
    with ctx.reading():
        return _beginning(request, ctx, Translated.RECOMMENDATION, recommendation_id)


@get("/lessons/{lesson_id:str}/translate", sync_to_thread=True, include_in_schema=False)
def begin_one_of_lesson(
    request: Asked, lesson_id: FromPath[str], ctx: Asking
) -> Response[str] | Response[None]:
    """Show a lesson beside an empty field, to begin a translation."""
    with ctx.reading():
        return _beginning(request, ctx, Translated.LESSON, lesson_id)


def _beginning(
    request: Asked, ctx: Context, of: Translated, subject_id: str
) -> Response[str] | Response[None]:
    written = str(request.query_params.get("language", ""))
    form = Form({"language": (written,)})
    language = form.submit(lambda: translations.language_of(ctx, subject_id, written, of))
    if language is None:
        return _list(request, ctx, of, subject_id, form)
    there = [one for one in translations.listed(ctx, subject_id, of) if one.language == language]
    if there:
        return see_other(f"/translations/{there[0].id}/edit")
    return _editor(request, ctx, (of, subject_id), Form({"language": (language,)}))


@post("/recommendations/{recommendation_id:str}/translate", sync_to_thread=True, include_in_schema=False)
def begin(
    request: Asked, recommendation_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Save a translation for the first time."""
    return _begun(request, ctx, Translated.RECOMMENDATION, recommendation_id, form)


@post("/lessons/{lesson_id:str}/translate", sync_to_thread=True, include_in_schema=False)
def begin_of_lesson(
    request: Asked, lesson_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Save a translation of a lesson for the first time."""
    return _begun(request, ctx, Translated.LESSON, lesson_id, form)


def _begun(
    request: Asked, ctx: Context, of: Translated, subject_id: str, form: Form
) -> Response[str] | Response[None]:
    command = BeginTranslation(
        subject_id,
        form.text("organisation_id"),
        form.text("language"),
        form.text("version_id"),
        _texts(form),
        machine=form.has("machine"),
        of=of,
    )
    made = form.submit(lambda: translations.begin(ctx, command))
    if made is None:
        return _editor(request, ctx, (of, subject_id), form)
    return see_other(f"/translations/{made}", Done.TRANSLATION_SAVED)


@get("/translations/{translation_id:str}", sync_to_thread=True, include_in_schema=False)
@remembered
def translation(request: Asked, translation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show a translation beside the text that counts."""
    with ctx.reading():
        return _reading(request, ctx, translation_id, Form())


@get("/translations/{translation_id:str}/edit", sync_to_thread=True, include_in_schema=False)
def edit(request: Asked, translation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the text beside the translated words, to write them anew."""
    with ctx.reading():
        view = translations.translation(ctx, translation_id)
        return _editor(request, ctx, (view.of, view.subject_id), Form(), view)


@post("/translations/{translation_id:str}/edit", sync_to_thread=True, include_in_schema=False)
def write(
    request: Asked, translation_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Save a translation anew."""
    command = WriteTranslation(
        translation_id,
        form.text("organisation_id"),
        form.text("version_id"),
        _texts(form),
        machine=form.has("machine"),
        revision=_number(form.text("revision")),
    )
    form.submit(lambda: translations.write(ctx, command))
    if form.refusal is None:
        return see_other(f"/translations/{translation_id}", Done.TRANSLATION_SAVED)
    view = translations.translation(ctx, translation_id)
    return _editor(request, ctx, (view.of, view.subject_id), form, view)


@post("/translations/{translation_id:str}/approval", sync_to_thread=True, include_in_schema=False)
def approve(
    request: Asked, translation_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Approve exactly the words that were shown, or open them to others again."""
    done = Done.TRANSLATION_APPROVED
    if form.text("action") == TranslationAction.REOPEN:
        done = Done.TRANSLATION_REOPENED
        form.submit(lambda: translations.reopen(ctx, translation_id))
    else:
        form.submit(lambda: translations.approve(ctx, translation_id, _number(form.text("revision"))))
    if form.refusal is None:
        return see_other(f"/translations/{translation_id}", done)
    return _reading(request, ctx, translation_id, form)


def _texts(form: Form) -> Mapping[str, str]:
    return {name.removeprefix(TEXT): form.text(name) for name in form.values if name.startswith(TEXT)}


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 9 else 0  # noqa: PLR2004 - far more than anyone saves


def _list(request: Asked, ctx: Context, of: Translated, subject_id: str, form: Form) -> Response[str]:
    view = originals.read(ctx, of, subject_id)
    return page(
        request, ctx, "translations.html", status=form.status, form=form, original=view,
        agenda=reading.agenda(ctx, view.agenda_id), abilities=reading.abilities(ctx, view.agenda_id),
        translations=translations.listed(ctx, subject_id, of), tongues=TONGUES,
    )  # fmt: skip


def _reading(request: Asked, ctx: Context, translation_id: str, form: Form) -> Response[str]:
    view = translations.translation(ctx, translation_id)
    abilities = reading.abilities(ctx, view.agenda_id)
    return page(
        request, ctx, "translation.html", status=form.status, form=form, translation=view,
        original=originals.read(ctx, view.of, view.subject_id),
        agenda=reading.agenda(ctx, view.agenda_id), abilities=abilities,
        words={block.id: block for block in view.blocks}, standing={block.id: block for block in view.now},
        own=abilities.actor.person_id == view.writer_id,
        may_approve=abilities.may(Permission.TRANSLATION_APPROVE),
    )  # fmt: skip


def _editor(
    request: Asked, ctx: Context, it: tuple[Translated, str], form: Form, view: TranslationView | None = None
) -> Response[str]:
    original = originals.read(ctx, *it)
    return page(
        request, ctx, "translation_edit.html", status=form.status, private=True, form=form, translation=view,
        original=original, agenda=reading.agenda(ctx, original.agenda_id),
        abilities=reading.abilities(ctx, original.agenda_id),
        language=view.language if view is not None else form.text("language"),
        written=typed(view.blocks) if view is not None else {},
        source={block.id: block for block in view.source} if view is not None else {},
        crossed=isinstance(form.refusal, StaleState),
    )  # fmt: skip
