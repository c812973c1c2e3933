"""What may be written behind a seal, object by object: whatever is not listed here is a change, shown or not.

Renewals bring data to check the seal, and an archive timestamp in a field of its own; signatories whom the sealed paper
names fill the field that is theirs. Each increment may hold the objects of these, and nothing beside them.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import cast

from asn1crypto import core, crl, ocsp, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import XRefSectionType
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from service.adapters import accounted
from service.adapters.accounted import written
from service.domain.publication import Signatory
from service.domain.verification import Finding

ARCHIVE_FIELD = "ArchiveTimestamp"
ARCHIVE_IN_WORDS = "Timestamp"
_DATE = re.compile(r"D:\d{14}(?:Z|[+-]\d\d'\d\d'?)?")
_KINDS: Mapping[str, type[core.Asn1Value]] = {
    "/Certs": x509.Certificate,
    "/CRLs": crl.CertificateList,
    "/OCSPs": ocsp.OCSPResponse,
}
_OF_ITS_OWN = {"/T", "/TU", "/V"}
_OF_THE_TABLE = {"/Size", "/Prev", "/ID"}
_KEYS_OF_THE_TABLE = {
    *_OF_THE_TABLE,
    *("/Type", "/W", "/Index", "/Filter", "/Length", "/Root", "/Info"),
}
_SKIPPED = 1
"""How many numbers an increment may leave out; the library leaves out one."""
_ID_LENGTH = 16
_STAMP = {"/Type": "/DocTimeStamp", "/Filter": "/Adobe.PPKLite", "/SubFilter": "/ETSI.RFC3161"}
_SIGNATURE = {"/Type": "/Sig", "/Filter": "/Adobe.PPKLite", "/SubFilter": "/ETSI.CAdES.detached"}
_SIGNED = {"/Contents", "/ByteRange"}
_SHOWN = {"/Reason", "/Location", "/ContactInfo"}
_CLAIMS = {"/Version", "/Extensions"}
_PARTS = {
    "/Catalog": Finding.ALTERED,
    "/EmbeddedFile": Finding.DATA_EXCHANGED,
    "/Filespec": Finding.DATA_EXCHANGED,
    "/Metadata": Finding.METADATA_CHANGED,
    "/StructTreeRoot": Finding.HEARD_CHANGED,
    "/StructElem": Finding.HEARD_CHANGED,
    "/Sig": Finding.CHANGED,
    "/DocTimeStamp": Finding.CHANGED,
    "/Page": Finding.PAGES_CHANGED,
    "/Pages": Finding.PAGES_CHANGED,
}
"""Of an object that nothing may replace: what its kind makes of it."""


class _ForeignError(Exception):
    """Something stands behind the seal that none of those who may write there have written."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def foreign(
    pdf: bytes, reader: PdfFileReader, seal: EmbeddedPdfSignature, named: Mapping[str, Signatory]
) -> Finding | None:
    """Return what was written behind a seal by none of those who may; None where everything there is theirs.

    `named` are the signatories whom the sealed paper names, by the name of their field.
    """
    first, last = seal.signed_revision + 1, reader.xrefs.total_revisions
    try:
        for number in range(first, last):
            _Increment(reader, seal, number, named).demand_permitted()
    except _ForeignError as found:
        return found.finding
    _, _, resume, rest = (int(number) for number in seal.byte_range)
    return None if accounted.is_all(pdf, resume + rest, reader, first) else Finding.HIDDEN


class _Increment:
    """One increment behind the seal: the objects it writes, each of which has to be reached as what it may be."""

    def __init__(
        self, reader: PdfFileReader, seal: EmbeddedPdfSignature, number: int, named: Mapping[str, Signatory]
    ) -> None:
        self._reader, self._number, self._named = reader, number, named
        self._sealed = _as_dictionary(
            _at_revision(reader, seal.sig_field.container_ref, seal.signed_revision)
        )
        self._catalog = reader.trailer.raw_get("/Root").idnum
        self._own = {one.idnum for one in reader.xrefs.explicit_refs_in_revision(number)}
        self._new = {one for one in self._own if reader.xrefs.get_introducing_revision(_at(one)) == number}
        self._reached: set[int] = set()
        self._gained: dict[str, list[int]] = {"/Fields": [], "/Annots": []}
        self._stamps = sum(map(self._is_stamp, _numbers(self._form(), "/Fields")))

    def demand_permitted(self) -> None:
        """Refuse an increment that writes anything but what it may.

        Raises:
            _ForeignError: it does.
        """
        self._demand_plain_table()
        for number in sorted(self._own - self._new, key=lambda one: one != self._catalog):
            self._demand_permitted_update(number, self._before(number), self._now(number))
        if self._gained["/Fields"] != self._gained["/Annots"]:
            raise _ForeignError(Finding.FORM_CHANGED)
        if self._own - self._reached:
            raise _ForeignError(Finding.HIDDEN)

    def _form(self) -> generic.DictionaryObject:
        """Return the form as it was before this increment; an empty one where it is no object of its own."""
        number = _reference(_as_dictionary(self._before(self._catalog)), "/AcroForm")
        return _as_dictionary(self._before(number)) if number is not None else _empty()

    def _is_stamp(self, field: int | None) -> bool:
        """Tell whether a field held a timestamp before this increment."""
        held = _as_dictionary(self._before(field)) if field is not None else _empty()
        number = _reference(held, "/V")
        return number is not None and _as_dictionary(self._before(number)).get("/Type") == _STAMP["/Type"]

    def _before(self, number: int) -> generic.PdfObject:
        return _at_revision(self._reader, _at(number, self._reader), self._number - 1)

    def _now(self, number: int) -> generic.PdfObject:
        return _at_revision(self._reader, _at(number, self._reader), self._number)

    def _demand_plain_table(self) -> None:
        """Refuse a table of objects that frees, hides or renames something, or that says more than where they are."""
        xrefs, number = self._reader.xrefs, self._number
        table = xrefs.get_xref_container_info(number)
        generations = {one.generation for one in xrefs.explicit_refs_in_revision(number)}
        if (
            table.xref_section_type is not XRefSectionType.STREAM
            or table.stream_ref is None
            or xrefs.get_xref_data(number).freed.keys() - {0}
            or xrefs.get_xref_data(number).obj_streams_used
            or generations - {0}
        ):
            raise _ForeignError(Finding.HIDDEN)
        self._reached.add(table.stream_ref.idnum)
        self._demand_numbered(self._now(table.stream_ref.idnum))
        before, now = (self._reader.trailer.flatten(one) for one in (number - 1, number))
        for key in before.keys() | now.keys():
            if key not in _OF_THE_TABLE and _differs(before, now, key):
                raise _ForeignError(Finding.METADATA_CHANGED if key == "/Info" else Finding.ALTERED)
        if [len(_bytes(one)) for one in now["/ID"]] != [_ID_LENGTH] * 2 or written(now["/ID"][0]) != written(
            before["/ID"][0]
        ):
            raise _ForeignError(Finding.ALTERED)

    def _demand_numbered(self, table: generic.PdfObject) -> None:
        """Refuse a table without all its keys or with others, or that counts otherwise than its objects are numbered.

        Readers make room for as many objects as it says, or give up, and then show nothing of a file that is intact.
        """
        if not isinstance(table, generic.DictionaryObject) or table.keys() != _KEYS_OF_THE_TABLE:
            raise _ForeignError(Finding.ALTERED)
        before, now = self._reader.trailer.flatten(self._number - 1)["/Size"], table.raw_get("/Size")
        if not isinstance(now, generic.NumberObject) or now != max(self._own) + 1:
            raise _ForeignError(Finding.ALTERED)
        if self._new - set(range(before, before + len(self._new) + _SKIPPED)):
            raise _ForeignError(Finding.ALTERED)

    def _demand_permitted_update(
        self, number: int, before: generic.PdfObject, now: generic.PdfObject
    ) -> None:
        """Refuse another state of an object that was there before, unless it only gained what it may."""
        self._reached.add(number)
        catalog = _as_dictionary(self._before(self._catalog))
        if not (isinstance(before, generic.DictionaryObject) and isinstance(now, generic.DictionaryObject)):
            raise _ForeignError(Finding.ALTERED)
        if number == self._catalog:
            self._demand_permitted_catalog(before, now)
        elif number == _reference(catalog, "/DSS"):
            self._demand_validation_data(before, now)
        elif number == _reference(catalog, "/AcroForm"):
            self._demand_only_more(before, now, "/Fields", Finding.FORM_CHANGED)
        elif number == _reference(self._sealed, "/P"):
            self._demand_only_more(before, now, "/Annots", Finding.PAGES_CHANGED)
        elif before.get("/FT") == "/Sig":
            self._demand_signed(before, now)
        else:
            raise _ForeignError(_part(before))

    def _demand_permitted_catalog(
        self, before: generic.DictionaryObject, now: generic.DictionaryObject
    ) -> None:
        for key in sorted(before.keys() | now.keys()):
            if key != "/DSS" and _differs(before, now, key):
                raise _ForeignError(Finding.FORMAT_CHANGED if key in _CLAIMS else Finding.ALTERED)
        if "/DSS" in before:
            if _differs(before, now, "/DSS"):
                raise _ForeignError(Finding.CHECK_DATA_CHANGED)
        elif "/DSS" in now:
            held = self._reach(now, "/DSS", Finding.CHECK_DATA_CHANGED)
            self._demand_validation_data(_empty(), held)

    def _demand_validation_data(
        self, before: generic.DictionaryObject, now: generic.DictionaryObject
    ) -> None:
        """Refuse validation data that lost anything, or that gained what is no certificate, list or answer."""
        if not before.keys() <= now.keys() <= before.keys() | _KINDS.keys():
            raise _ForeignError(Finding.CHECK_DATA_CHANGED)
        for key in now:
            if key not in _KINDS:
                if _differs(before, now, key):
                    raise _ForeignError(Finding.CHECK_DATA_CHANGED)
                continue
            there, here = _numbers(before, key), _numbers(now, key)
            if not set(there) <= set(here) or len(set(here)) < len(here):
                raise _ForeignError(Finding.CHECK_DATA_CHANGED)
            for number in here:
                if number not in there:
                    self._demand_datum(number, _KINDS[key])

    def _demand_datum(self, number: int | None, kind: type[core.Asn1Value]) -> None:
        stream = self._now(number) if number is not None and number in self._new else None
        if number is None or not isinstance(stream, generic.StreamObject) or not accounted.is_plain(stream):
            raise _ForeignError(Finding.CHECK_DATA_CHANGED)
        try:
            _ = kind.load(stream.data, strict=True).native
        except (ValueError, TypeError) as fault:
            raise _ForeignError(Finding.CHECK_DATA_CHANGED) from fault
        self._reached.add(number)

    def _demand_only_more(
        self, before: generic.DictionaryObject, now: generic.DictionaryObject, key: str, finding: Finding
    ) -> None:
        """Refuse a list that gained anything but fields of archive timestamps, or a change of what is around it."""
        if any(_differs(before, now, other) for other in (before.keys() | now.keys()) - {key}):
            raise _ForeignError(finding)
        there, here = _numbers(before, key), _numbers(now, key)
        if here[: len(there)] != there:
            raise _ForeignError(finding)
        for number in here[len(there) :]:
            if number is None or number not in self._new:
                raise _ForeignError(Finding.ADDED)
            self._gained[key].append(number)
            if number not in self._reached:
                self._demand_archive_field(number)

    def _demand_archive_field(self, number: int) -> None:
        """Refuse a new field that is not like the seal's, without a place on any page, and of an archive timestamp."""
        field = self._now(number)
        if not isinstance(field, generic.DictionaryObject) or "/V" not in field:
            raise _ForeignError(Finding.ADDED)
        self._reached.add(number)
        stamp = self._reach(field, "/V", Finding.ADDED)
        if stamp.get("/Type") != _STAMP["/Type"]:
            raise _ForeignError(Finding.ADDED)
        if field.get("/T") != archive_field(self._stamps):
            raise _ForeignError(Finding.STAMP_MISNAMED)
        self._stamps += 1
        keys = (field.keys() | self._sealed.keys()) - _OF_ITS_OWN
        if any(_differs(self._sealed, field, key) for key in keys) or field.get("/TU") != ARCHIVE_IN_WORDS:
            raise _ForeignError(Finding.FORM_CHANGED)
        _demand_like(stamp, _STAMP)

    def _demand_signed(self, before: generic.DictionaryObject, now: generic.DictionaryObject) -> None:
        """Refuse a change of a field, unless a named signatory filled the one that is theirs."""
        if any(_differs(before, now, key) for key in (before.keys() | now.keys()) - {"/V"}):
            raise _ForeignError(Finding.FORM_CHANGED)
        one = self._named.get(str(before["/T"]))
        if one is None or "/V" in before or "/V" not in now:
            raise _ForeignError(Finding.FORM_CHANGED)
        signature = self._reach(now, "/V", Finding.FORM_CHANGED)
        # Viewers show it, and of whom the sealed paper speaks, it alone tells.
        if _SHOWN & signature.keys() or signature.get("/Name", one.name) != one.name:
            raise _ForeignError(Finding.SIGNATURE_SAYS_OTHERWISE)
        said = {key: signature.get(key) for key in ("/Name", "/M") if key in signature}
        if not all(isinstance(one, generic.TextStringObject) for one in said.values()):
            raise _ForeignError(Finding.FORM_CHANGED)
        if "/M" in said and not _DATE.fullmatch(str(said["/M"])):
            raise _ForeignError(Finding.FORM_CHANGED)
        _demand_like(signature, _SIGNATURE, also=said.keys())

    def _reach(self, one: generic.DictionaryObject, key: str, finding: Finding) -> generic.DictionaryObject:
        """Return the new dictionary to which a key leads."""
        number = _reference(one, key)
        found = self._now(number) if number in self._new and number not in self._reached else None
        if number is None or not isinstance(found, generic.DictionaryObject):
            raise _ForeignError(finding)
        self._reached.add(number)
        return found


def archive_field(so_far: int) -> str:
    """Return the name of the next archive timestamp: the first has none but its own, the second ends in 2."""
    return f"{ARCHIVE_FIELD}{so_far + 1}" if so_far else ARCHIVE_FIELD


def _empty() -> generic.DictionaryObject:
    return generic.DictionaryObject()  # type: ignore[no-untyped-call]  # pyHanko's own


def _at_revision(reader: PdfFileReader, one: object, revision: int) -> generic.PdfObject:
    found: generic.PdfObject = reader.get_object(one, revision=revision)  # type: ignore[no-untyped-call]  # pyHanko's
    return found


def _as_dictionary(one: generic.PdfObject) -> generic.DictionaryObject:
    if not isinstance(one, generic.DictionaryObject):
        raise _ForeignError(Finding.ALTERED)
    return one


def _at(number: int, reader: PdfFileReader | None = None) -> generic.Reference:
    return generic.Reference(number, 0, reader)


def _reference(one: generic.DictionaryObject, key: str) -> int | None:
    """Return the number of the object to which a key leads; None where it leads to none."""
    found = one.raw_get(key) if key in one else None
    return found.idnum if isinstance(found, generic.IndirectObject) else None


def _numbers(one: generic.DictionaryObject, key: str) -> list[int | None]:
    """Return the numbers of the objects that a list names in place, None for each that is no object of its own."""
    if key not in one:
        return []
    held = one.raw_get(key)
    if not isinstance(held, generic.ArrayObject):
        return [None]
    found = (held.raw_get(place) for place in range(len(held)))
    return [each.idnum if isinstance(each, generic.IndirectObject) else None for each in found]


def _bytes(one: generic.PdfObject) -> bytes:
    """Return the bytes of a string, which the library takes for text where it can."""
    if isinstance(one, generic.TextStringObject):
        found: bytes = one.original_bytes
        return found
    return one if isinstance(one, generic.ByteStringObject) else b""


def _differs(one: generic.DictionaryObject, other: generic.DictionaryObject, key: str) -> bool:
    if (key in one) != (key in other):
        return True
    return bool(key in one and written(one.raw_get(key)) != written(other.raw_get(key)))


def _demand_like(
    signature: generic.DictionaryObject, model: Mapping[str, str], *, also: AbstractSet[str] = frozenset()
) -> None:
    """Refuse a signature that says more than such ones do."""
    if {*signature} - also != {*model, *_SIGNED} or any(
        signature.raw_get(key) != value for key, value in model.items()
    ):
        raise _ForeignError(Finding.FORM_CHANGED)


def _part(one: generic.DictionaryObject) -> Finding:
    """Return what it means that an object is another than when the file was sealed."""
    if one.get("/Subtype") == "/Link":
        return Finding.LINKS_CHANGED
    if "/S" in one and "/P" in one:
        return Finding.HEARD_CHANGED
    return _PARTS.get(cast("str", one.get("/Type")), Finding.ALTERED)
