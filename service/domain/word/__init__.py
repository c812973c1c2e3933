"""Texts that go out as documents for a word processor and come back: which paragraphs stand there, what became of each.

Pure: what a document looks like in a file is the adapter's. The same paragraphs are written and read, so what goes out
unchanged comes back as exactly the text that it was.
"""

from service.domain.word import remarks
from service.domain.word.reading import Reading, read
from service.domain.word.remarks import Ignored, Remark, RemarkKind
from service.domain.word.tracked import Change, Paper, Paragraph, Run, Sheet, Stamp, bookmark, too_large
from service.domain.word.writing import written

__all__ = [
    "Change",
    "Ignored",
    "Paper",
    "Paragraph",
    "Reading",
    "Remark",
    "RemarkKind",
    "Run",
    "Sheet",
    "Stamp",
    "bookmark",
    "read",
    "remarks",
    "too_large",
    "written",
]
