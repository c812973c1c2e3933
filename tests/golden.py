"""Golden files: what is to stay as it is, in a form that a reader can check.

`REWRITE_GOLDEN=1 pytest …` writes them anew; whoever does that reads the difference before committing it.
"""

import os
from pathlib import Path


def assert_golden(file: Path, text: str) -> None:
    """Compare `text` with what is kept in `file`, to the letter."""
    if os.environ.get("REWRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text.splitlines() == file.read_text(encoding="utf-8").splitlines()
