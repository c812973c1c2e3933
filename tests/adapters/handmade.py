"""Increments written by hand, byte by byte, each with an archive timestamp: what no library would, anybody can."""

import asyncio
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from asn1crypto import cms

from service.adapters.permitted import archive_field
from service.adapters.signing import Seal
from service.adapters.streamed import StreamedReader
from service.domain.verification import Finding
from tests.adapters.forgeries import Forgery

_RANGE = b"[0 0000000000 0000000000 0000000000]"
_LENGTH = 12_000
_PLACE = b"<" + b"0" * _LENGTH + b">"
_WORDS = b"(THIS PAPER WAS REVOKED) " * 1_000


@dataclass
class ByHand:
    """An archive timestamp behind a paper, written by hand as a library would, until something in it is changed."""

    pdf: bytes
    seal: Seal
    objects: dict[int, bytes] = field(default_factory=dict)
    named: str = ""
    size: bytes = b""
    keys: bytes = b""
    """What the table says beside what it has to."""
    without: str = ""
    skipped: int = 1
    between: bytes = b""
    """What stands behind the first object."""
    before_the_table: bytes = b""
    end: bytes = b"\nstartxref\n%d\n%%%%EOF\n"
    plain: bytes | None = None
    """What stands behind the dictionary of a table in letters, if it is one."""
    in_the_plain: bytes = b""
    meddled: Callable[[cms.ContentInfo], cms.ContentInfo] = lambda token: token
    """What is done to the timestamp once it is made."""
    loosely: bool = False
    """Whether the table in its stream takes more room than it needs."""

    def __post_init__(self) -> None:
        reader = StreamedReader(self.pdf)
        form, seals = reader.root.raw_get("/AcroForm").idnum, reader.root["/AcroForm"]["/Fields"][0]
        page, self.next = seals.raw_get("/P").idnum, int(reader.trailer["/Size"]) + self.skipped
        stamps = len(reader.embedded_timestamp_signatures)
        named = (self.named or archive_field(stamps)).encode("utf-16-be").hex().encode()
        more = rb"\g<0>%d 0 R " % self.next
        self.objects = {
            page: re.sub(rb"/Annots \[[^\]]*", more, _newest(self.pdf, page)),
            form: re.sub(rb"/Fields \[[^\]]*", more, _newest(self.pdf, form)),
            self.next: b"<< /FT /Sig /T <FEFF%s> /Type /Annot /Subtype /Widget /F 132 /P %d 0 R /TU (Timestamp) "
            b"/V %d 0 R /Rect [ -9999 -9999 -9999 -9999 ] >>" % (named, page, self.next + 1),
            self.next + 1: b"<< /Contents %s /ByteRange %s /Type /DocTimeStamp /Filter /Adobe.PPKLite "
            b"/SubFilter /ETSI.RFC3161 >>" % (_PLACE, _RANGE),
            **self.objects,
        }
        first = bytes(reader.trailer["/ID"][0].original_bytes).hex().encode()
        said = {
            "Size": self.size or b"%d" % (self.next + (2 if self.plain is not None else 3)),
            "Root": b"%d 0 R" % reader.trailer.raw_get("/Root").idnum,
            "Info": b"%d 0 R" % reader.trailer.raw_get("/Info").idnum,
            "ID": b"[ <%s> <%s> ]" % (first, b"07" * 16),
            "Prev": self.pdf[self.pdf.rindex(b"startxref") :].split()[1],
        }
        said.pop(self.without, None)
        self._said = b" ".join(b"/%s %s" % (key.encode(), value) for key, value in said.items()) + self.keys

    def stamped(self) -> bytes:
        """Return the paper with the increment and its timestamp, which covers every byte."""
        written, places = bytearray(self.pdf), dict[int, int]()
        for number, body in self.objects.items():
            places[number] = len(written)
            written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
            written += self.between if len(places) == 1 else b""
        written += self.before_the_table
        at = len(written)
        written += self._in_letters(places) if self.plain is not None else self._in_a_stream(places, at)
        written += self.end % at
        start = written.index(_PLACE, len(self.pdf))
        resume = start + len(_PLACE)
        numbers = b"[0 %d %d %d]" % (start, resume, len(written) - resume)
        written = written.replace(_RANGE, numbers.ljust(len(_RANGE)))
        digest = sha256(written[:start] + written[resume:]).digest()
        made = asyncio.run(self.seal.timestamper().async_timestamp(digest, "sha256"))
        token = self.meddled(made).dump(force=True).hex().upper()
        return bytes(written[:start] + b"<" + token.encode().ljust(_LENGTH, b"0") + b">" + written[resume:])

    def _in_letters(self, places: dict[int, int]) -> bytes:
        rows = b"".join(b"%d 1\n%010d 00000 n \n" % one for one in sorted(places.items()))
        table = b"xref\n0 1\n0000000000 65535 f \n" + self.in_the_plain + rows
        return b"%strailer\n<< %s >>%s" % (table, self._said, self.plain)

    def _in_a_stream(self, places: dict[int, int], at: int) -> bytes:
        number = self.next + 2
        listed = sorted({**places, number: at}.items())
        runs = b"0 1 " + b" ".join(b"%d 1" % one for one, _ in listed)
        rows = bytes(9) + b"\xff\xff" + b"".join(b"\x01%s\0\0" % one.to_bytes(8, "big") for _, one in listed)
        packed = zlib.compress(rows)
        if self.loosely:
            length = len(rows).to_bytes(2, "little") + (len(rows) ^ 0xFFFF).to_bytes(2, "little")
            nothing = b"\0\0\0\xff\xff" * 60
            packed = b"\x78\x01%s\x01%s%s%s" % (nothing, length, rows, zlib.adler32(rows).to_bytes(4, "big"))
        head = b"/Type /XRef /W [ 1 8 2 ] /Index [ %s ] /Filter /FlateDecode /Length %d" % (runs, len(packed))
        return b"%d 0 obj\n<< %s %s >>\nstream\n%s\nendstream\nendobj\n" % (number, head, self._said, packed)


def _newest(pdf: bytes, number: int) -> bytes:
    found = list(re.finditer(rb"(?<!\d)%d 0 obj\n(.*?)\nendobj" % number, pdf, re.DOTALL))
    return found[-1][1]


def by_hand(pdf: bytes, seal: Seal) -> Iterator[Forgery]:
    """Yield papers behind which something was written beside a timestamp that covers it."""
    size = int(StreamedReader(pdf).trailer["/Size"])
    for what, (said, make) in _forged(size).items():
        yield Forgery(f"by hand: {what}", make(pdf, seal), said)


def _made(**changes: object) -> Callable[[bytes, Seal], bytes]:
    return lambda pdf, seal: ByHand(pdf, seal, **changes).stamped()  # type: ignore[arg-type]  # each is told by name


def _forged(size: int) -> dict[str, tuple[Finding | None, Callable[[bytes, Seal], bytes]]]:
    plain, counted = Finding.HIDDEN, Finding.ALTERED
    right = size + 4
    tails = {"": b"", "words": _WORDS, "a dictionary": b"<< /Words (x) >>", "a remark": b"% void\n"}
    return {
        **{f"plain table, {what or 'alone'}": (plain, _made(plain=tail)) for what, tail in tails.items()},
        "plain table, words between its rows": (None, _made(plain=b"", in_the_plain=b"(void)\n")),
        "plain table, a remark between its rows": (None, _made(plain=b"", in_the_plain=b"% void\n")),
        "plain table, rows of nothing": (plain, _made(plain=b"", in_the_plain=b"1 0\n" * 9)),
        "plain table, words before it": (plain, _made(plain=b"", before_the_table=_WORDS)),
        "plain table that leads to a stream": (None, _made(plain=b"", keys=b" /XRefStm 17")),
        "table that leads to a stream": (counted, _made(keys=b" /XRefStm 17")),
        "table with words for a stream": (counted, _made(keys=b" /XRefStm (void)")),
        "table with words": (None, _made(keys=b" /Words (void)")),
        "table with a file elsewhere": (None, _made(keys=b" /F (other.pdf)")),
        "table that is locked": (None, _made(keys=b" /Encrypt << /V 1 >>")),
        "table without root": (counted, _made(without="Root")),
        "table without information": (Finding.METADATA_CHANGED, _made(without="Info")),
        "table without identity": (counted, _made(without="ID")),
        "table without size": (None, _made(without="Size")),
        "table without those before": (None, _made(without="Prev")),
        "table in more room than it needs": (Finding.HIDDEN, _made(loosely=True)),
        "far number": (counted, _made(skipped=900_000_000)),
        "two numbers left out": (counted, _made(skipped=2)),
        **{
            f"size {told.decode()}": (said, _made(size=told))
            for told, said in {
                b"1000000000": counted,
                b"%d" % (right + 1): counted,
                b"%d" % (right - 1): counted,
                b"10": None,
                b"-1": None,
                b"%d.0" % right: None,
                b"/Many": None,
                b"(many)": None,
                b"1 0 R": None,
                b"null": None,
            }.items()
        },
        **{f"{what} between objects": (None, _made(between=tail)) for what, tail in tails.items() if what},
        "end between objects": (Finding.HIDDEN, _made(between=b"startxref\n123456789012\n%%EOF\n")),
        **{
            f"{what} before the table": (None, _made(before_the_table=tail))
            for what, tail in tails.items()
            if what
        },
        "two ends": (Finding.HIDDEN, _made(end=b"\nstartxref\n123456\n%%%%EOF\nstartxref\n%d\n%%%%EOF\n")),
        "end and words": (None, _made(end=b"\n(void)\nstartxref\n%d\n%%%%EOF\n")),
        "end and a remark": (None, _made(end=b"\nstartxref\n%d\n%%%%EOF\n%% void\n")),
        "end and another number": (None, _made(end=b"\nstartxref\n%d 7\n%%%%EOF\n")),
        **{
            f"named {named}": (Finding.STAMP_MISNAMED, _made(named=named))
            for named in (
                "ArchiveTimestamp",
                "ArchiveTimestamp1",
                "ArchiveTimestamp3",
                "ArchiveTimestamp999",
                "ArchiveTimestamp\u0662",
                "ArchiveTimestamp\u00b2",
                "ArchiveTimestamp2\n",
                "ArchiveTimestamp 2",
            )
        },
    }
