"""Documents for word processors (Office Open XML): written with python-docx, read with lxml and nothing else."""

from service.adapters.word import reading_apart
from service.domain.word import Paper, Sheet


class FileWord:
    """Writes documents here, and reads those of strangers in a process of its own."""

    @staticmethod
    def write(sheet: Sheet) -> bytes:
        """Return a document, the same bytes for the same sheet."""
        # Its library is large, and needed here alone.
        from service.adapters.word.writing import docx_of  # noqa: PLC0415 - see above

        return docx_of(sheet)

    @staticmethod
    def read(content: bytes) -> Paper:
        """Return what stands in a document.

        Raises:
            Invalid: it is no such document, damaged, or larger than any text with its changes.
        """
        return reading_apart.read_apart(content)


__all__ = ["FileWord"]
