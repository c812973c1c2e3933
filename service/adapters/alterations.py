"""What was done to a sealed file by writing behind it: what a reader saw then, held against what is seen now."""

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from service.domain.verification import Finding, Sentence

# What the timestamps and their data may change, and what is compared by itself or by the library in every detail.
_APART = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Pages", "/Outlines", "/StructTreeRoot", "/Perms"})
_ACTS = frozenset({"/OpenAction", "/AA"})
_DATA = frozenset({"/AF", "/Names"})
_ABOUT = "/Metadata"
_INHERITED = ("/Rotate", "/MediaBox", "/CropBox", "/Resources")
_LEADS_AWAY = frozenset({"/Parent", "/P", "/Annots", "/StructParents", "/StructParent", "/B", "/Dest", "/D"})
_DEEPEST = 60
_OF_TOOLS = frozenset({"/ModDate", "/Producer"})


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a file shows: its pages in their order, what lies on them or acts by itself, its seals, and all else.

    `links` are where its links lead, `data` the files inside by their names, `about` what it says of itself.
    """

    pages: tuple[bytes, ...]
    laid_on: frozenset[bytes]
    links: tuple[bytes, ...]
    seals: int
    sealed: bool
    data: Mapping[str, bytes]
    about: bytes
    rest: bytes


def alteration(sealed: bytes, now: bytes) -> Finding | None:
    """Return what the bytes behind a sealed file do to it; None where nothing that it shows differs.

    It explains a file that is refused already, so what cannot be read counts as no difference.
    """
    try:
        return difference(sealed, now)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a hostile file makes the libraries raise anything at all
        return None


def elsewhere(finding: Finding | None, sealed: bytes, now: bytes) -> tuple[Sentence, ...]:
    """Return that a paper may have been renewed by another tool, if it says that it was written after it was made.

    Such tools write when, and by which of them, a file was written last, and leave its title and all else.
    """
    if finding is not Finding.METADATA_CHANGED:
        return ()
    before, after = (_information(one) for one in (sealed, now))
    dated = after.get("/ModDate") != after.get("/CreationDate")
    kept = all(before.get(key) == after.get(key) for key in (before.keys() | after.keys()) - _OF_TOOLS)
    return (Sentence(Finding.RENEWED_ELSEWHERE),) if dated and kept else ()


def _information(pdf: bytes) -> dict[str, bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        held = opened.trailer.get("/Info", Dictionary())
        return {key: value.unparse() for key, value in held.items()}


def difference(sealed: bytes, now: bytes) -> Finding | None:
    """Return the first difference between what a file showed when it was sealed and what it shows now.

    Raises:
        Exception: whatever the libraries say of a file that they cannot read.
    """
    before, after = _seen(sealed), _seen(now)
    if after.seals < before.seals:
        return Finding.SEAL_REMOVED if after.sealed < before.sealed else Finding.SIGNATURE_REMOVED
    return next((finding for finding, differs in _compared(before, after) if differs), None)


def _compared(before: _Seen, after: _Seen) -> Iterator[tuple[Finding, bool]]:
    """Yield whether they differ in what each finding tells of, what weighs most first."""
    kept = {name: content for name, content in after.data.items() if name in before.data}
    yield Finding.PAGES_CHANGED, after.pages != before.pages
    yield Finding.LAID_ON, after.laid_on != before.laid_on
    yield Finding.LINKS_CHANGED, after.links != before.links
    yield Finding.DATA_EXCHANGED, kept != before.data
    yield Finding.METADATA_CHANGED, after.about != before.about
    yield Finding.ADDED, (after.rest, after.data) != (before.rest, before.data)


def _seen(pdf: bytes) -> _Seen:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        digests = _Digests()
        laid_on = {digests.laid_on(one) for page in opened.pages for one in _laid_on(page)}
        root, names = opened.Root, opened.Root.get("/Names", Dictionary())
        acting = [root[key] for key in _ACTS if key in root]
        acting += [names[key] for key in ("/JavaScript",) if key in names]
        laid_on |= {digests.of(one) for one in acting}
        layers = digests.of(root.get("/OCProperties", Dictionary()))
        pages = tuple(digests.of(page.obj) + digests.inherited(page.obj) for page in opened.pages)
        others = [(key, digests.of(value)) for key, value in sorted(root.items()) if key not in _APART]
        info = digests.of(opened.trailer.get("/Info", Dictionary()))
        return _Seen(
            pages=(layers, *pages),
            laid_on=frozenset(laid_on),
            links=tuple(digests.target(one) for page in opened.pages for one in _links(page)),
            seals=_seals(opened),
            sealed=_sealed(opened),
            data={name: digests.of(one.obj) for name, one in opened.attachments.items()},
            about=digests.of(root.get(_ABOUT, Dictionary())) + info,
            rest=hashlib.sha256(repr(others).encode()).digest(),
        )


def _laid_on(page: Page) -> list[Object]:
    """Return the notes, links, buttons and fields of a page; a seal without a picture shows nothing."""
    return [one for one in page.get("/Annots", Array()) if one.get("/FT") != Name.Sig or "/AP" in one]


def _links(page: Page) -> list[Object]:
    return [one for one in page.get("/Annots", Array()) if one.get("/Subtype") == Name.Link]


def _seals(pdf: Pdf) -> int:
    fields = pdf.Root.get("/AcroForm", Dictionary()).get("/Fields", Array())
    return sum("/V" in one and "/ByteRange" in one.V for one in fields if one.get("/FT") == Name.Sig)


def _sealed(pdf: Pdf) -> bool:
    """Tell whether a signature in a field still certifies the file."""
    certifying = pdf.Root.get("/Perms", Dictionary()).get("/DocMDP")
    fields = pdf.Root.get("/AcroForm", Dictionary()).get("/Fields", Array())
    return certifying is not None and any(
        one.get("/V") is not None and one.V.objgen == certifying.objgen
        for one in fields
        if one.get("/FT") == Name.Sig
    )


class _Digests:
    """The digest of everything that an object leads to, save its way back to the rest of the file."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def of(self, one: object, depth: int = 0) -> bytes:
        """Return the digest of an object's content.

        Raises:
            RecursionError: it is nested deeper than any paper of ours.
        """
        if depth > _DEEPEST:
            raise RecursionError
        if not isinstance(one, Object):
            return repr(one).encode()
        if not one.is_indirect:
            return self._made(one, depth)
        if one.objgen not in self._known:
            self._known[one.objgen] = b"on the way"
            self._known[one.objgen] = self._made(one, depth)
        return self._known[one.objgen]

    def laid_on(self, one: Object) -> bytes:
        """Return the digest of what lies on a page, save where a link leads."""
        apart = _LEADS_AWAY | {"/A"} if one.get("/Subtype") == Name.Link else _LEADS_AWAY
        return repr(
            [(key, self.of(value)) for key, value in sorted(one.items()) if key not in apart]
        ).encode()

    def target(self, link: Object) -> bytes:
        """Return where a link leads; a place in the file is told by the number of its page."""
        return self.of(link.get("/A", Dictionary())) + link.get("/Dest", Array()).unparse()

    def inherited(self, page: Object) -> bytes:
        """Return what a page has from those above it: which way it is turned, and what it is cut to."""
        found = b""
        for key in _INHERITED:
            above = page
            for _ in range(_DEEPEST):
                if key in above or "/Parent" not in above:
                    break
                above = above.Parent
            found += self.of(above.get(key, Dictionary()))
        return found

    def _made(self, one: Object, depth: int) -> bytes:
        found = hashlib.sha256()
        if isinstance(one, Array):
            for item in one:
                found.update(b"[" + self.of(item, depth + 1))
        elif isinstance(one, Dictionary | Stream):
            for key, value in sorted(one.items()):
                if key not in _LEADS_AWAY:
                    found.update(key.encode() + b":" + self.of(value, depth + 1))
            if isinstance(one, Stream):
                found.update(b"=" + one.read_raw_bytes())
        else:
            found.update(one.unparse())
        return found.digest()
