"""Changes to a sealed paper that are written behind it, each with the finding that has to tell of it."""

from collections.abc import Callable

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from service.domain.verification import Finding

Change = Callable[[IncrementalPdfFileWriter], None]


def name(text: str) -> generic.NameObject:
    """Return a name as PDF writes it."""
    return generic.NameObject(f"/{text}")


def a_dictionary(**entries: object) -> generic.DictionaryObject:
    made = {name(key): value for key, value in entries.items()}
    return generic.DictionaryObject(made)  # type: ignore[no-untyped-call]  # pyHanko's own


def a_number(value: int) -> generic.NumberObject:
    return generic.NumberObject(value)  # type: ignore[no-untyped-call]  # pyHanko's own


def a_stream(content: bytes, **entries: object) -> generic.StreamObject:
    return generic.StreamObject(a_dictionary(**entries), stream_data=content)


def page_of(writer: IncrementalPdfFileWriter, number: int) -> generic.DictionaryObject:
    found: generic.DictionaryObject = writer.root["/Pages"]["/Kids"][number]
    return found


def _kids(writer: IncrementalPdfFileWriter) -> generic.ArrayObject:
    found: generic.ArrayObject = writer.root["/Pages"]["/Kids"]
    writer.update_container(writer.root["/Pages"])
    return found


def set_root(writer: IncrementalPdfFileWriter, key: str, value: object) -> None:
    writer.root[name(key)] = value
    writer.mark_update(writer.root_ref)


# Pages: swapped, added, hidden, moved. ------------------------------------------------------------------------------


def _replace_words(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer, 2)
    page[name("Contents")] = writer.add_object(a_stream(b"0 0 m S"))
    writer.update_container(page)


def _replace_in_place(writer: IncrementalPdfFileWriter) -> None:
    old = page_of(writer, 1).raw_get("/Contents")
    old = old if isinstance(old, generic.IndirectObject) else old[0]
    writer.objects[old.generation, old.idnum] = a_stream(b"0 0 m S")


def _swap_two(writer: IncrementalPdfFileWriter) -> None:
    kids = _kids(writer)
    kids[1], kids[2] = kids.raw_get(2), kids.raw_get(1)


def _drop_one(writer: IncrementalPdfFileWriter) -> None:
    kids = _kids(writer)
    del kids[-1]
    writer.root["/Pages"][name("Count")] = a_number(len(kids))


def _add_one(writer: IncrementalPdfFileWriter) -> None:
    kids = _kids(writer)
    box = generic.ArrayObject(a_number(edge) for edge in (0, 0, 595, 842))
    page = a_dictionary(Type=name("Page"), MediaBox=box, Parent=writer.root.raw_get("/Pages"))
    kids.append(writer.add_object(page))
    writer.root["/Pages"][name("Count")] = a_number(len(kids))


def _crop(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer, 2)
    page[name("CropBox")] = generic.ArrayObject(a_number(edge) for edge in (0, 0, 10, 10))
    writer.update_container(page)


def _turn(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer, 0)
    page[name("Rotate")] = a_number(180)
    writer.update_container(page)


def _swap_fonts(writer: IncrementalPdfFileWriter) -> None:
    """Hide and replace: the words stay as they are, and other letters are shown for them."""
    page = page_of(writer, 1)
    page[name("Resources")] = a_dictionary(Font=a_dictionary())
    writer.update_container(page)


def _hide_by_layer(writer: IncrementalPdfFileWriter) -> None:
    group = writer.add_object(a_dictionary(Type=name("OCG"), Name=generic.TextStringObject("x")))
    shown = a_dictionary(OFF=generic.ArrayObject([group]))
    set_root(writer, "OCProperties", a_dictionary(OCGs=generic.ArrayObject([group]), D=shown))


def _other_tree(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.add_object(a_dictionary(Type=name("Pages"), Kids=generic.ArrayObject(), Count=a_number(0)))
    set_root(writer, "Pages", pages)


# Things laid on pages. ----------------------------------------------------------------------------------------------


def _lay_on(subtype: str, **entries: object) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer, 1)
        box = generic.ArrayObject(a_number(edge) for edge in (50, 50, 500, 800))
        note = writer.add_object(a_dictionary(Type=name("Annot"), Subtype=name(subtype), Rect=box, **entries))
        there = page.get("/Annots", generic.ArrayObject())
        page[name("Annots")] = generic.ArrayObject([*there, note])
        writer.update_container(page)

    return change


def _cover_by_picture(writer: IncrementalPdfFileWriter) -> None:
    """Hide: a white picture over the words, as a field that looks like a form's."""
    look = writer.add_object(a_stream(b"1 g 0 0 450 750 re f", Type=name("XObject"), Subtype=name("Form")))
    _lay_on("Widget", FT=name("Btn"), AP=a_dictionary(N=look))(writer)


def _script(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    del writer
    return a_dictionary(S=name("JavaScript"), JS=generic.TextStringObject("app.alert(1)"))


def _act_when_opened(writer: IncrementalPdfFileWriter) -> None:
    set_root(writer, "OpenAction", _script(writer))


def _act_when_closed(writer: IncrementalPdfFileWriter) -> None:
    set_root(writer, "AA", a_dictionary(WC=_script(writer)))


def _run_script(writer: IncrementalPdfFileWriter) -> None:
    named = generic.ArrayObject([generic.TextStringObject("x"), writer.add_object(_script(writer))])
    writer.root["/Names"][name("JavaScript")] = a_dictionary(Names=named)
    writer.update_container(writer.root["/Names"])
    writer.mark_update(writer.root_ref)


# What a reader does not see. ----------------------------------------------------------------------------------------


def _change_attachment(writer: IncrementalPdfFileWriter) -> None:
    files = writer.root["/AF"][0]["/EF"]
    files[name("F")] = writer.add_object(a_stream(b'{"title":"Other","edition":1}'))
    writer.update_container(files)


def _add_attachment(writer: IncrementalPdfFileWriter) -> None:
    content = writer.add_object(a_stream(b"x", Type=name("EmbeddedFile")))
    called = generic.TextStringObject("more.exe")
    added = writer.add_object(
        a_dictionary(Type=name("Filespec"), F=called, UF=called, EF=a_dictionary(F=content))
    )
    set_root(writer, "AF", generic.ArrayObject([*writer.root["/AF"], added]))


def _change_metadata(writer: IncrementalPdfFileWriter) -> None:
    written = writer.root["/Metadata"].data.replace(b"</dc:title>", b"!</dc:title>")
    set_root(
        writer, "Metadata", writer.add_object(a_stream(written, Type=name("Metadata"), Subtype=name("XML")))
    )


def _change_info(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(a_dictionary(Title=generic.TextStringObject("Another agenda")))


def _change_language(writer: IncrementalPdfFileWriter) -> None:
    set_root(writer, "Lang", generic.TextStringObject("xx"))


def change_outline(writer: IncrementalPdfFileWriter) -> None:
    first = writer.root["/Outlines"]["/First"]
    first[name("Title")] = generic.TextStringObject("Another chapter")
    writer.update_container(first)


def change_structure(writer: IncrementalPdfFileWriter) -> None:
    """Let those who hear the paper hear something else than others see."""
    tree = writer.root["/StructTreeRoot"]
    tree[name("K")] = generic.ArrayObject()
    writer.update_container(tree)


def drop_validation_data(writer: IncrementalPdfFileWriter) -> None:
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


def _claim_another_version(writer: IncrementalPdfFileWriter) -> None:
    set_root(writer, "Version", name("1.4"))


def _link(**entries: object) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = [page_of(writer, number) for number in range(len(writer.root["/Pages"]["/Kids"]))]
        laid = [one for page in pages if "/Annots" in page for one in page["/Annots"]]
        link = next(one.get_object() for one in laid if set(map(name, entries)) & one.get_object().keys())
        link.update({name(key): value for key, value in entries.items()})
        writer.update_container(link)

    return change


def of_all_pages(key: str, value: object) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/Pages"][name(key)] = value
        writer.update_container(writer.root["/Pages"])

    return change


def _rewrite_metadata(writer: IncrementalPdfFileWriter) -> None:
    at = writer.root.raw_get("/Metadata")
    written = writer.root["/Metadata"].data.replace(b"</dc:title>", b"!</dc:title>")
    writer.objects[at.generation, at.idnum] = a_stream(written, Type=name("Metadata"), Subtype=name("XML"))


def _rewrite_attachment(writer: IncrementalPdfFileWriter) -> None:
    at = writer.root["/AF"][0]["/EF"].raw_get("/F")
    writer.objects[at.generation, at.idnum] = a_stream(b"{}", Type=name("EmbeddedFile"))


def _change_attachment_for_some(writer: IncrementalPdfFileWriter) -> None:
    files = writer.root["/AF"][0]["/EF"]
    files[name("UF")] = writer.add_object(a_stream(b"{}", Type=name("EmbeddedFile")))
    writer.update_container(files)


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
    "attachment changed": (_change_attachment, Finding.DATA_EXCHANGED),
    "attachment rewritten in place": (_rewrite_attachment, Finding.DATA_EXCHANGED),
    "attachment changed for some readers": (_change_attachment_for_some, Finding.DATA_EXCHANGED),
    "attachment added": (_add_attachment, Finding.ADDED),
    "metadata changed": (_change_metadata, Finding.METADATA_CHANGED),
    "metadata rewritten in place": (_rewrite_metadata, Finding.METADATA_CHANGED),
    "title changed": (_change_info, Finding.METADATA_CHANGED),
    "language changed": (_change_language, Finding.ADDED),
    "outline changed": (change_outline, Finding.TRAILING),
    "structure changed": (change_structure, Finding.TRAILING),
    "validation data removed": (drop_validation_data, Finding.TRAILING),
    "seal removed": (_drop_seal, Finding.SEAL_REMOVED),
    "form removed": (_drop_form, Finding.SEAL_REMOVED),
    "seal emptied": (_empty_seal, Finding.SEAL_REMOVED),
    "link that leads to another page": (_link(Dest=generic.ArrayObject()), Finding.LINKS_CHANGED),
    "link that leads to another address": (_link(A=a_dictionary(S=name("URI"))), Finding.LINKS_CHANGED),
    "all pages cropped": (
        of_all_pages("CropBox", generic.ArrayObject(a_number(edge) for edge in (0, 0, 10, 10))),
        Finding.PAGES_CHANGED,
    ),
    "another version claimed": (_claim_another_version, Finding.ADDED),
}
STAMPED_AGAIN = (
    "words replaced",
    "page left out",
    "words covered by a button",
    "act when opened",
    "attachment changed",
    "attachment rewritten in place",
    "attachment changed for some readers",
    "link that leads to another page",
    "link that leads to another address",
    "all pages cropped",
    "another version claimed",
    "metadata rewritten in place",
    "metadata changed",
    "title changed",
    "language changed",
    "seal removed",
)
