"""Opens what claims to be a Word document: within limits, and without believing anything that it says of itself."""

import posixpath
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from service.domain.word.tracked import LARGEST, damaged, not_a_document, too_large

_ZIP: Final = b"PK\x03\x04"
# A long text with its changes takes one megabyte; the rest is room for pictures, which are never unpacked.
_PARTS: Final = 1_000
_UNPACKED: Final = 100 * 1024 * 1024
_PART: Final = 16 * 1024 * 1024
_RATIO: Final = 200
_SMALL: Final = 1024 * 1024
_HEAD: Final = 1024
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# What a damaged archive makes the library raise; the last but one for a kind of packing that it does not know.
_BROKEN: Final = (BadZipFile, RuntimeError, OSError, EOFError, ValueError, NotImplementedError, zlib.error)


class Package:
    """The parts of a document, each unpacked when it is asked for."""

    def __init__(self, content: bytes) -> None:
        """Look at a document from outside.

        Raises:
            Invalid: it is no archive, damaged, or larger than any text.
        """
        if len(content) > LARGEST:
            raise too_large()
        if not content.startswith(_ZIP):
            raise not_a_document()
        try:
            self._archive = ZipFile(BytesIO(content))
            self._parts = {part.filename: part for part in self._archive.infolist()}
        except _BROKEN:
            raise damaged() from None
        self._check()

    def _check(self) -> None:
        parts = self._parts.values()
        if len(self._archive.infolist()) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
            raise too_large()
        if any(_is_bomb(part) for part in parts):
            raise too_large()
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in self._head(part):
                raise damaged()

    def _head(self, part: ZipInfo) -> bytes:
        try:
            with self._archive.open(part) as opened:
                return opened.read(_HEAD)
        except _BROKEN:
            raise damaged() from None

    def tree(self, name: str) -> etree._Element | None:
        """Return a part as a tree, or None where the document has none of this name.

        Raises:
            Invalid: it is too large, or not well-formed, or it declares entities.
        """
        part = self._parts.get(name)
        if part is None:
            return None
        if part.file_size > _PART:
            raise too_large()
        try:
            # No more is ever unpacked of a part than it says.
            return _parsed(self._archive.read(part))
        except _BROKEN:
            raise damaged() from None

    def related(self, to: str = "") -> Mapping[str, tuple[str, str]]:
        """Return what a part points to, by id: the last word of its kind, and where it is; inside, that is a path."""
        folder, name = posixpath.split(to)
        tree = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for one in tree.iter(_RELATIONS) if tree is not None else ():
            target = one.get("Target", "")
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target)
        return found


def _is_bomb(part: ZipInfo) -> bool:
    return part.file_size > _SMALL and part.file_size > _RATIO * max(part.compress_size, 1)


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise damaged() from None
    if tree.getroottree().docinfo.internalDTD is not None:
        raise damaged()
    return tree
