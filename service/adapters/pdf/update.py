"""Objects written behind a file as text, the way that PDF itself is brought up to date.

A tagged paper has a hundred objects for each page. Made one by one through the library they take longer than the
pages take to be drawn; as text the library reads them all in one go.
"""

import io

import pikepdf
from pikepdf import String


class Update:
    """What is written behind a file; an object is named by its reference, such as `12 0 R`."""

    def __init__(self, file: bytes) -> None:
        with pikepdf.open(io.BytesIO(file)) as pdf:
            self.pages = [reference(page.obj) for page in pdf.pages]
            self._trailer = " ".join(
                f"{key} {value.unparse().decode('latin-1')}"
                for key, value in pdf.trailer.items()
                if key not in {"/Size", "/Prev"}
            )
            self.before = range(1, len(pdf.objects) + 1)
        self._file = file
        self._bodies: list[str] = []

    @property
    def behind(self) -> range:
        """The numbers of the objects behind the file; `before` are those in it."""
        return range(self.before.stop, self.before.stop + len(self._bodies))

    def add(self, body: str = "") -> str:
        """Add an object, which may be written later, and return its reference."""
        self._bodies.append(body)
        return f"{self.behind.stop - 1} 0 R"

    def put(self, named: str, body: str) -> None:
        """Write an object that was added before."""
        self._bodies[number_of(named) - self.before.stop] = body

    def written(self) -> bytes:
        """Return the file with the objects behind it."""
        parts = [self._file if self._file.endswith(b"\n") else self._file + b"\n"]
        at, places = len(parts[0]), []
        for number, body in enumerate(self._bodies, self.before.stop):
            part = f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
            places.append(b"%010d 00000 n \n" % at)
            parts.append(part)
            at += len(part)
        before = self._file[self._file.rindex(b"startxref") :].split()[1]
        trailer = b"%s /Size %d /Prev %s" % (self._trailer.encode("latin-1"), self.behind.stop, before)
        parts += [b"xref\n%d %d\n" % (self.before.stop, len(self._bodies)), *places]
        parts.append(b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, at))
        return b"".join(parts)


def reference(indirect: pikepdf.Object) -> str:
    """Return the reference that names an object."""
    return "{} {} R".format(*indirect.objgen)


def number_of(named: str) -> int:
    """Return the number of the object that a reference names."""
    return int(named.partition(" ")[0])


def string(text: str) -> str:
    """Return a string as an object."""
    return f"<{bytes(String(text)).hex()}>"


def number(value: float) -> str:
    """Return a measure as an object, to a hundredth."""
    return f"{round(value, 2):.2f}".rstrip("0").rstrip(".")
