"""Changes to a sealed paper that no page shows, each with the finding that has to tell of it once it is stamped again.

Unless the file is stamped again, all of them are told as bytes behind the seal.
"""

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from service.domain.verification import Finding
from tests.adapters.increments import (
    Change,
    a_dictionary,
    a_number,
    a_stream,
    change_outline,
    change_structure,
    drop_validation_data,
    name,
    of_all_pages,
    set_root,
)


def _yes() -> generic.BooleanObject:
    return generic.BooleanObject(value=True)  # type: ignore[no-untyped-call]  # pyHanko's own


def _hide(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(a_stream(b"%PDF-1.7 another paper " * 5000))


def _form(key: str, value: object) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form[name(key)] = value
        writer.update_container(form)

    return change


def _seals_field(**entries: object) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = next(one for one in _fields(writer) if one["/T"] == "FacilitySeal")
        field.update({name(key): value for key, value in entries.items()})
        writer.update_container(field)

    return change


def _fields(writer: IncrementalPdfFileWriter) -> list[generic.DictionaryObject]:
    return [one.get_object() for one in writer.root["/AcroForm"]["/Fields"]]


def _extend(writer: IncrementalPdfFileWriter) -> None:
    set_root(
        writer,
        "Extensions",
        a_dictionary(EVIL=a_dictionary(BaseVersion=name("1.7"), ExtensionLevel=a_number(9))),
    )


def _all_of_these(writer: IncrementalPdfFileWriter) -> None:
    for change in (_hide, _form("NeedAppearances", _yes()), _extend):
        change(writer)
    _seals_field(F=a_number(4), Ff=a_number(1))(writer)


def _change_words_for_the_ear(writer: IncrementalPdfFileWriter) -> None:
    waiting = [writer.root["/StructTreeRoot"]["/K"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, generic.ArrayObject):
            waiting += [one.raw_get(place) for place in range(len(one))]
        elif isinstance(one, generic.DictionaryObject) and "/Alt" in one:
            one[name("Alt")] = generic.TextStringObject("objection")
            writer.update_container(one)
            return
        elif isinstance(one, generic.DictionaryObject) and "/K" in one:
            waiting.append(one.raw_get("/K"))
    raise LookupError


def _empty_validation_data(writer: IncrementalPdfFileWriter) -> None:
    set_root(writer, "DSS", writer.add_object(a_dictionary(Certs=generic.ArrayObject())))


def _forget_validation_data(writer: IncrementalPdfFileWriter) -> None:
    held = writer.root["/DSS"]
    held[name("Certs")] = generic.ArrayObject()
    writer.update_container(held)


def _among_validation_data(content: bytes, **entries: object) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        held = writer.root["/DSS"]
        there = held["/Certs"]
        more = [there.raw_get(place) for place in range(len(there))]
        more.append(writer.add_object(a_stream(content or bytes(there[0].data), **entries)))
        held[name("Certs")] = generic.ArrayObject(more)
        writer.update_container(held)

    return change


UNSHOWN: dict[str, tuple[Change, Finding]] = {
    "hidden": (_hide, Finding.HIDDEN),
    "form that asks for new looks": (
        _form("NeedAppearances", _yes()),
        Finding.FORM_CHANGED,
    ),
    "form with other letters": (_form("DR", a_dictionary(Font=a_dictionary())), Finding.FORM_CHANGED),
    "form with a way of writing": (_form("DA", generic.TextStringObject("/x 1 Tf")), Finding.FORM_CHANGED),
    "form without its flags": (_form("SigFlags", a_number(0)), Finding.FORM_CHANGED),
    "extensions replaced": (_extend, Finding.FORMAT_CHANGED),
    "flags of the seal's field": (_seals_field(F=a_number(4)), Finding.FORM_CHANGED),
    "seal's field not to be filled": (_seals_field(Ff=a_number(1)), Finding.FORM_CHANGED),
    "seal's field written anew": (
        _seals_field(DA=generic.TextStringObject("/Helv 12 Tf")),
        Finding.FORM_CHANGED,
    ),
    "seal's field in another state": (_seals_field(AS=name("Off")), Finding.FORM_CHANGED),
    "seal's field to the right": (_seals_field(Q=a_number(2)), Finding.FORM_CHANGED),
    "words for the seal's field": (
        _seals_field(TU=generic.TextStringObject("This paper was withdrawn")),
        Finding.FORM_CHANGED,
    ),
    "all pages turned": (of_all_pages("Rotate", a_number(90)), Finding.PAGES_CHANGED),
    "several at once": (_all_of_these, Finding.FORMAT_CHANGED),
    "other words for the ear": (_change_words_for_the_ear, Finding.HEARD_CHANGED),
    "outline changed": (change_outline, Finding.ALTERED),
    "structure changed": (change_structure, Finding.HEARD_CHANGED),
    "validation data removed": (drop_validation_data, Finding.CHECK_DATA_CHANGED),
    "validation data emptied": (_empty_validation_data, Finding.CHECK_DATA_CHANGED),
    "validation data forgotten": (_forget_validation_data, Finding.CHECK_DATA_CHANGED),
    "a stranger among the validation data": (
        _among_validation_data(b"hello, I am a payload"),
        Finding.CHECK_DATA_CHANGED,
    ),
    "validation data with words": (
        _among_validation_data(b"", Desc=generic.TextStringObject("void")),
        Finding.CHECK_DATA_CHANGED,
    ),
}
