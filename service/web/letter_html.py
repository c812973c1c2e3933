"""A mail as HTML: one column, readable at every width, in the dark, and where a mail program drops the style.

It is made here and not by a page's template, because mail programs know no style sheets of other addresses; every
word is escaped on its way in.
"""

from collections.abc import Iterable
from html import escape

from service.web.letter import Letter, Part, Piece

STYLE = """
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;background:#f3f1ec;color:#1f2328;
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
.sheet{max-width:600px;margin:0 auto;padding:24px 16px}
.card{background:#fff;border:1px solid #d9d5cb;border-radius:8px;padding:24px;overflow-wrap:anywhere}
.house{margin:0 0 16px;font-weight:600;color:#1d4f91}
h1{font-size:22px;line-height:1.3;margin:0 0 16px}
h2{font-size:18px;line-height:1.35;margin:28px 0 12px;padding-top:20px;border-top:1px solid #d9d5cb}
p{margin:0 0 14px}
blockquote{margin:0 0 14px;padding:2px 0 2px 14px;border-inline-start:4px solid #b9c7da;white-space:pre-wrap}
ul{margin:0 0 14px;padding-inline-start:22px}
li{margin:0 0 6px}
a{color:#1d4f91}
.button{display:inline-block;padding:10px 18px;border-radius:6px;background:#1d4f91;color:#fff;
text-decoration:none;font-weight:600}
.small{font-size:14px;color:#57606a;padding:16px 8px 0}
.small p{margin:0 0 8px}
@media (max-width:400px){.sheet{padding:12px 8px}.card{padding:16px}}
@media (prefers-color-scheme:dark){
body{background:#14171b;color:#e6e8eb}
.card{background:#1d2126;border-color:#3a4048}
h2{border-color:#3a4048}
.house,a{color:#9cc2f5}
blockquote{border-color:#4a6a94}
.button{background:#9cc2f5;color:#10233c}
.small{color:#a3abb5}
}
""".strip()


def html_of(letter: Letter, footer: Iterable[Piece], house: str) -> str:
    """Return a mail as an HTML document; `house` is what its first line names as where it comes from."""
    language = letter.language
    body = "\n".join(_piece(piece) for piece in letter.pieces)
    small = "\n".join(_small(piece) for piece in footer)
    return (
        f'<!doctype html>\n<html lang="{escape(language.tag)}" dir="{escape(language.direction)}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(letter.title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n"
        f'<div class="sheet">\n<div class="card">\n<p class="house">{escape(house)}</p>\n'
        f"<h1>{escape(letter.title)}</h1>\n{body}\n</div>\n"
        f'<div class="small">\n{small}\n</div>\n</div>\n</body>\n</html>\n'
    )


def _piece(piece: Piece) -> str:
    words = escape(piece.text)
    match piece.part:
        case Part.HEADING:
            return f"<h2>{words}</h2>"
        case Part.QUOTATION:
            return f"<blockquote>{words}</blockquote>"
        case Part.CHANGES:
            return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in piece.lines) + "</ul>"
        case Part.LINK | Part.SECRET:
            return f'<p><a class="button" href="{escape(piece.address)}">{words}</a></p>'
        case Part.PARAGRAPH:
            return f"<p>{words}</p>"


def _small(piece: Piece) -> str:
    words = escape(piece.text)
    return f'<p><a href="{escape(piece.address)}">{words}</a></p>' if piece.address else f"<p>{words}</p>"
