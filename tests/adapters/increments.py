"""Changes to a sealed paper that are written behind it, each with the finding that has to tell of it."""

from collections.abc import Callable

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from service.domain.verification import Finding

Change = Callable[[IncrementalPdfFileWriter], None]


def name(text: str) -> generic.NameObject:
    """Return a name as PDF writes it."""
    return generic.NameObject(f"/{text}")


def _dictionary(**entries: object) -> generic.DictionaryObject:
    made = {name(key): value for key, value in entries.items()}
    return generic.DictionaryObject(made)  # type: ignore[no-untyped-call]  # pyHanko's own


def _number(value: int) -> generic.NumberObject:
    return generic.NumberObject(value)  # type: ignore[no-untyped-call]  # pyHanko's own


def _stream(content: bytes, **entries: object) -> generic.StreamObject:
    return generic.StreamObject(_dictionary(**entries), stream_data=content)


def _page(writer: IncrementalPdfFileWriter, number: int) -> generic.DictionaryObject:
    found: generic.DictionaryObject = writer.root["/Pages"]["/Kids"][number]
    return found


def _kids(writer: IncrementalPdfFileWriter) -> generic.ArrayObject:
    found: generic.ArrayObject = writer.root["/Pages"]["/Kids"]
    writer.update_container(writer.root["/Pages"])
    return found


def _root(writer: IncrementalPdfFileWriter, key: str, value: object) -> None:
    writer.root[name(key)] = value
    writer.mark_update(writer.root_ref)


# Pages: swapped, added, hidden, moved. ------------------------------------------------------------------------------


def _replace_words(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer, 2)
    page[name("Contents")] = writer.add_object(_stream(b"0 0 m S"))
    writer.update_container(page)


def _replace_in_place(writer: IncrementalPdfFileWriter) -> None:
    old = _page(writer, 1).raw_get("/Contents")
    old = old if isinstance(old, generic.IndirectObject) else old[0]
    writer.objects[old.generation, old.idnum] = _stream(b"0 0 m S")


def _swap_two(writer: IncrementalPdfFileWriter) -> None:
    kids = _kids(writer)
    kids[1], kids[2] = kids.raw_get(2), kids.raw_get(1)


def _drop_one(writer: IncrementalPdfFileWriter) -> None:
    kids = _kids(writer)
    del kids[-1]
    writer.root["/Pages"][name("Count")] = _number(len(kids))


def _add_one(writer: IncrementalPdfFileWriter) -> None:
    kids = _kids(writer)
    box = generic.ArrayObject(_number(edge) for edge in (0, 0, 595, 842))
    page = _dictionary(Type=name("Page"), MediaBox=box, Parent=writer.root.raw_get("/Pages"))
    kids.append(writer.add_object(page))
    writer.root["/Pages"][name("Count")] = _number(len(kids))


def _crop(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer, 2)
    page[name("CropBox")] = generic.ArrayObject(_number(edge) for edge in (0, 0, 10, 10))
    writer.update_container(page)


def _turn(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer, 0)
    page[name("Rotate")] = _number(180)
    writer.update_container(page)


def _swap_fonts(writer: IncrementalPdfFileWriter) -> None:
    """Hide and replace: the words stay as they are, and other letters are shown for them."""
    page = _page(writer, 1)
    page[name("Resources")] = _dictionary(Font=_dictionary())
    writer.update_container(page)


def _hide_by_layer(writer: IncrementalPdfFileWriter) -> None:
    group = writer.add_object(_dictionary(Type=name("OCG"), Name=generic.TextStringObject("x")))
    shown = _dictionary(OFF=generic.ArrayObject([group]))
    _root(writer, "OCProperties", _dictionary(OCGs=generic.ArrayObject([group]), D=shown))


def _other_tree(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.add_object(_dictionary(Type=name("Pages"), Kids=generic.ArrayObject(), Count=_number(0)))
    _root(writer, "Pages", pages)


# Things laid on pages. ----------------------------------------------------------------------------------------------


def _lay_on(subtype: str, **entries: object) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _page(writer, 1)
        box = generic.ArrayObject(_number(edge) for edge in (50, 50, 500, 800))
        note = writer.add_object(_dictionary(Type=name("Annot"), Subtype=name(subtype), Rect=box, **entries))
        there = page.get("/Annots", generic.ArrayObject())
        page[name("Annots")] = generic.ArrayObject([*there, note])
        writer.update_container(page)

    return change


def _cover_by_picture(writer: IncrementalPdfFileWriter) -> None:
    """Hide: a white picture over the words, as a field that looks like a form's."""
    look = writer.add_object(_stream(b"1 g 0 0 450 750 re f", Type=name("XObject"), Subtype=name("Form")))
    _lay_on("Widget", FT=name("Btn"), AP=_dictionary(N=look))(writer)


def _script(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    del writer
    return _dictionary(S=name("JavaScript"), JS=generic.TextStringObject("app.alert(1)"))


def _act_when_opened(writer: IncrementalPdfFileWriter) -> None:
    _root(writer, "OpenAction", _script(writer))


def _act_when_closed(writer: IncrementalPdfFileWriter) -> None:
    _root(writer, "AA", _dictionary(WC=_script(writer)))


def _run_script(writer: IncrementalPdfFileWriter) -> None:
    named = generic.ArrayObject([generic.TextStringObject("x"), writer.add_object(_script(writer))])
    writer.root["/Names"][name("JavaScript")] = _dictionary(Names=named)
    writer.update_container(writer.root["/Names"])
    writer.mark_update(writer.root_ref)


# What a reader does not see. ----------------------------------------------------------------------------------------


def _change_attachment(writer: IncrementalPdfFileWriter) -> None:
    files = writer.root["/AF"][0]["/EF"]
    files[name("F")] = writer.add_object(_stream(b'{"title":"Other","edition":1}'))
    writer.update_container(files)


def _add_attachment(writer: IncrementalPdfFileWriter) -> None:
    content = writer.add_object(_stream(b"x", Type=name("EmbeddedFile")))
    called = generic.TextStringObject("more.exe")
    added = writer.add_object(
        _dictionary(Type=name("Filespec"), F=called, UF=called, EF=_dictionary(F=content))
    )
    _root(writer, "AF", generic.ArrayObject([*writer.root["/AF"], added]))


def _change_metadata(writer: IncrementalPdfFileWriter) -> None:
    written = writer.root["/Metadata"].data.replace(b"</dc:title>", b"!</dc:title>")
    _root(writer, "Metadata", writer.add_object(_stream(written, Type=name("Metadata"), Subtype=name("XML"))))


def _change_info(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(_dictionary(Title=generic.TextStringObject("Another agenda")))


def _change_language(writer: IncrementalPdfFileWriter) -> None:
    _root(writer, "Lang", generic.TextStringObject("xx"))


def _change_outline(writer: IncrementalPdfFileWriter) -> None:
    first = writer.root["/Outlines"]["/First"]
    first[name("Title")] = generic.TextStringObject("Another chapter")
    writer.update_container(first)


def _change_structure(writer: IncrementalPdfFileWriter) -> None:
    """Let those who hear the paper hear something else than others see."""
    tree = writer.root["/StructTreeRoot"]
    tree[name("K")] = generic.ArrayObject()
    writer.update_container(tree)


def _drop_validation_data(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/DSS"]
    writer.mark_update(writer.root_ref)


def _drop_seal(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    form[name("Fields")] = generic.ArrayObject(form["/Fields"].raw_get(at) for at in (1,))
    writer.update_container(form)
    writer.mark_update(writer.root_ref)


def _drop_form(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.mark_update(writer.root_ref)


def _empty_seal(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    del field["/V"]
    writer.update_container(field)


NOTE = {"Contents": generic.TextStringObject("The facility no longer asks for this.")}
BY_INCREMENT: dict[str, tuple[Change, Finding]] = {
    "words replaced": (_replace_words, Finding.PAGES_CHANGED),
    "words replaced in place": (_replace_in_place, Finding.PAGES_CHANGED),
    "pages swapped": (_swap_two, Finding.PAGES_CHANGED),
    "page left out": (_drop_one, Finding.PAGES_CHANGED),
    "page added": (_add_one, Finding.PAGES_CHANGED),
    "page cropped": (_crop, Finding.PAGES_CHANGED),
    "page turned": (_turn, Finding.PAGES_CHANGED),
    "letters replaced": (_swap_fonts, Finding.PAGES_CHANGED),
    "layer that hides": (_hide_by_layer, Finding.PAGES_CHANGED),
    "other root of pages": (_other_tree, Finding.PAGES_CHANGED),
    "note": (_lay_on("Text", **NOTE), Finding.LAID_ON),
    "text over the words": (_lay_on("FreeText", **NOTE), Finding.LAID_ON),
    "stamp over the words": (_lay_on("Stamp"), Finding.LAID_ON),
    "redaction": (_lay_on("Redact"), Finding.LAID_ON),
    "field": (_lay_on("Widget", FT=name("Tx")), Finding.LAID_ON),
    "words covered by a button": (_cover_by_picture, Finding.LAID_ON),
    "act when opened": (_act_when_opened, Finding.LAID_ON),
    "act when closed": (_act_when_closed, Finding.LAID_ON),
    "script": (_run_script, Finding.LAID_ON),
    "attachment changed": (_change_attachment, Finding.ADDED),
    "attachment added": (_add_attachment, Finding.ADDED),
    "metadata changed": (_change_metadata, Finding.ADDED),
    "title changed": (_change_info, Finding.ADDED),
    "language changed": (_change_language, Finding.ADDED),
    "outline changed": (_change_outline, Finding.TRAILING),
    "structure changed": (_change_structure, Finding.TRAILING),
    "validation data removed": (_drop_validation_data, Finding.TRAILING),
    "seal removed": (_drop_seal, Finding.SEAL_REMOVED),
    "form removed": (_drop_form, Finding.SEAL_REMOVED),
    "seal emptied": (_empty_seal, Finding.SEAL_REMOVED),
}
STAMPED_AGAIN = (
    "words replaced",
    "page left out",
    "words covered by a button",
    "act when opened",
    "attachment changed",
    "metadata changed",
    "title changed",
    "language changed",
    "seal removed",
)
