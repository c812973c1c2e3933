"""The front matter: cover, imprint, the asks on one page, contents, mandate and method."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from service.adapters.pdf import compact, design, fonts, wording
from service.adapters.pdf.data import Data
from service.adapters.pdf.pages import EXTRA, TIGHT, Chapter
from service.adapters.pdf.paragraphs import Paragraph, Style
from service.adapters.pdf.pieces import BODY_HEIGHT, Hanging, Piece, Space, Stack
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import PAGE_HEIGHT, PAGE_WIDTH, Heading, Surface
from service.adapters.pdf.symbols import QrCode
from service.adapters.pdf.tables import Grid, Row, Table
from service.domain.figures import Statistics, statistics
from service.domain.paper_codes import code_of
from service.domain.publication import Approval, Recommendation, Snapshot

BAND = 604.0
TITLE_FROM, TITLE_TO = 212.0, 424.0
SMALLEST_TITLE = 1.0
SUMMARY_HEIGHT = 608.0
MOST_ON_COVER = 4
QR_SIDE = 72.0
LISTED = replace(design.BODY, after=0, divides=False)
"""A title in a list: its words are divided nowhere, also not at their dashes."""
ACCESSIBILITY = (
    "This file is tagged for screen readers (PDF/UA-1) and made for long keeping (PDF/A-3a). "
    "It can be read in order, searched and enlarged; nothing is told by colour alone."
)
CHARACTERS = (
    f"{fonts.REPLACEMENT} stands for a character that no typeface of this paper has. "
    "Searching, copying and reading aloud give the character itself."
)
NOT_SIGNED = "DRAFT – not signed: it proves nothing, and may still change"
DATA = (
    "The file agenda.json, attached to this one, holds everything printed here in a form that programs read."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: where it leads, how it is called, and the colour of its label."""

    anchor: str
    label: str
    title: str
    colour: str = design.ACCENT


def chapter_head(
    sect: Element, kicker: str, title: str, anchor: str, *, level: int = 0, colour: str = design.ACCENT
) -> list[Piece]:
    """Return a chapter's opening: the line above its title, and the title, read as one heading."""
    heading = sect.add("H2")
    outline = f"{kicker}: {title}" if kicker.startswith("Recommendation") else title
    return [
        Paragraph(
            f"{kicker} ",
            replace(design.KICKER, colour=colour),
            heading,
            anchor=anchor,
            heading=Heading(level, outline, anchor),
            opens=True,
        ),
        Paragraph(title, design.TITLE, heading, opens=True),
    ]


class PageNumber(Piece):
    """The number of the page where an anchor is; it is looked up when it is drawn."""

    def __init__(self, pages: Mapping[str, int], anchor: str, style: Style, element: Element) -> None:
        self._pages, self._anchor, self._style, self._element = pages, anchor, style, element

    def height(self, width: float) -> float:  # noqa: ARG002  a number is narrow
        """Return the height of a line."""
        return self._style.leading

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:
        """Write the number."""
        Paragraph(str(self._pages[self._anchor]), self._style, self._element).draw(surface, x, y, width)


class _Cover(Piece):
    """The cover: a deep blue page above a pale band; without an address where it is checked, it is that of a draft."""

    def __init__(self, snapshot: Snapshot, approval: Approval, sect: Element, verify_url: str) -> None:
        self._title = Paragraph(
            snapshot.title,
            title_style(snapshot.title),
            sect.add("H1"),
            anchor="cover",
            heading=Heading(0, snapshot.title, "cover"),
        )
        self._programme = Paragraph(
            f"{snapshot.programme} · {snapshot.meeting.name}", design.COVER_PROGRAMME, sect.add("P")
        )
        meeting = snapshot.meeting
        self._meeting = Stack(
            [
                Paragraph(snapshot.subtitle, design.COVER_MEETING, sect.add("P")),
                Paragraph(
                    f"{meeting.place}, {wording.days(meeting.starts, meeting.ends)}",
                    design.COVER_MEETING,
                    sect.add("P"),
                ),
            ]
        )
        note = design.COVER_NOTE
        edition = f"Edition {snapshot.edition}" if verify_url else f"Draft of edition {snapshot.edition}"
        status = [
            design.COVER_STATUS.strong(edition),
            design.COVER_STATUS.words(f", {snapshot.status}"),
        ]
        lines: list[Piece] = [Paragraph(status, design.COVER_STATUS, sect.add("P"))]
        if snapshot.corrigendum is not None:
            replaced = wording.replaces(snapshot.corrigendum)
            lines.append(Paragraph(replaced, design.COVER_STATUS, sect.add("P")))
        if approval.signatories:
            lines.append(Paragraph(_signed_by(approval), note, sect.add("P")))
        if not verify_url:
            lines.append(Paragraph(f"{NOT_SIGNED}.", design.COVER_STATUS, sect.add("P")))
        elif not approval.approved_by:
            lines.append(Paragraph("Not yet approved: for reading only.", design.COVER_STATUS, sect.add("P")))
        lines.append(
            Paragraph(
                f"Authentic in {wording.language(snapshot.language)}. Editor: {snapshot.editor}.",
                note,
                sect.add("P"),
            )
        )
        if verify_url:
            verify = [note.words("Verify this paper: "), note.words(verify_url, target=verify_url)]
            lines.append(Paragraph(verify, note, sect.add("P")))
        if snapshot.demo:
            lines.append(
                Paragraph(
                    [
                        note.strong("Demonstration. "),
                        note.words("Organisations, persons and evidence are invented."),
                    ],
                    replace(note, before=8),
                    sect.add("P"),
                )
            )
        self._band = Stack(lines)

    def height(self, width: float) -> float:  # noqa: ARG002  the whole page
        """Return the height of a page."""
        return PAGE_HEIGHT

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:  # noqa: ARG002  as above
        """Draw the cover."""
        draw_cover(surface, (x, width), self._title, self._programme, self._meeting, self._band)


def draw_cover(surface: Surface, column: tuple[float, float], *parts: Piece) -> None:
    """Draw the two fields, then title, programme, meeting and band, each in its place of the column (left, width)."""
    with surface.artifact():
        surface.box(0, 0, PAGE_WIDTH, BAND, fill=design.BLUE)
        surface.box(0, BAND, PAGE_WIDTH, PAGE_HEIGHT - BAND, fill=design.SAND)
    left, width = column
    for part, top in zip(parts, (TITLE_FROM, 84, BAND - 155, BAND + 44), strict=True):
        part.draw(surface, left, top, width)


def _signed_by(approval: Approval) -> str:
    """Return who signed, as far as the cover has room for them."""
    if len(approval.signatories) > MOST_ON_COVER:
        return f"Signed by {len(approval.signatories)} signatories, whom the last page names."
    names = wording.listed([f"{one.name} ({one.organisation})" for one in approval.signatories])
    return f"Signed by {names}."


def title_style(title: str) -> Style:
    """Return the largest type in which the title fits on the cover, or nearly so."""
    style = design.COVER_TITLE
    while style.size > SMALLEST_TITLE:
        height = Paragraph(title, style, Element("H1")).height(design.COLUMN)
        if height <= TITLE_TO - TITLE_FROM:
            break
        scale = min(0.92, ((TITLE_TO - TITLE_FROM) / height) ** 0.5)
        style = replace(style, size=style.size * scale, leading=style.leading * scale)
    return style


def cover(snapshot: Snapshot, approval: Approval, tree: Element, verify_url: str) -> Chapter:
    """Return the cover."""
    return Chapter((_Cover(snapshot, approval, tree.add("Sect"), verify_url),), bleed=True)


def imprint(snapshot: Snapshot, tree: Element, verify_url: str, data: Data) -> Chapter:
    """Return the imprint: who published what, how to cite it, how it can be read and checked."""
    sect = tree.add("Sect")
    style = design.IMPRINT
    year = snapshot.assembled_at.year
    cite = (
        f"{snapshot.editor} ({year}): {snapshot.title}. {snapshot.subtitle}. "
        f"{snapshot.meeting.name}, {snapshot.meeting.place}. Edition {snapshot.edition}."
    )
    entries = [
        ("Published by", snapshot.editor),
        ("How to cite", cite),
        ("Language", f"The text in {wording.language(snapshot.language)} is authentic."),
        ("Assembled", wording.moment(snapshot.assembled_at)),
        ("Accessibility", ACCESSIBILITY),
    ]
    if any(map(fonts.is_replaced, set(data.text))):
        entries.append(("Characters", CHARACTERS))
    entries.append(("Data", DATA) if verify_url else ("Status", f"{NOT_SIGNED}."))
    pieces: list[Piece] = [*chapter_head(sect, "Imprint", "About this paper", "imprint")]
    for label, text in entries:
        pieces.append(
            Hanging(
                Paragraph(label, replace(style, face=style.bold, colour=design.INK), sect.add("P")),
                Paragraph(text, style, sect.add("P")),
                92,
                after=6,
            )
        )
    if verify_url:
        verify = [style.words(verify_url, target=verify_url)]
        pieces.append(
            Hanging(
                Paragraph("Verification", replace(style, face=style.bold, colour=design.INK), sect.add("P")),
                Stack(
                    [
                        Paragraph(verify, style, sect.add("P")),
                        Paragraph(f"Code {code_of(data.digest)}", style, sect.add("P")),
                        Paragraph(f"sha-256 {data.digest}", style, sect.add("P")),
                        Space(6),
                        QrCode(verify_url, sect.add("Figure"), QR_SIDE),
                    ]
                ),
                92,
                after=6,
            )
        )
    pieces.append(Space(8))
    pieces += [Paragraph(line, style, sect.add("P")) for line in snapshot.imprint if line]
    return Chapter(tuple(pieces))


def summary(snapshot: Snapshot, tree: Element) -> Chapter:
    """Return the asks with their addressees: on one page where they fit, smaller or in two columns if they are many."""
    sect = tree.add("Sect")
    asks = snapshot.recommendations
    title = wording.asks(asks)
    for style, padding in ((LISTED, 6.5), (design.BRIEF, 3.4)):
        listed = Element("L", sect, numbering="Decimal")
        rows: list[Piece] = [_summary_row(ask, listed, style, padding) for ask in asks]
        one_page = Stack(rows).height(design.COLUMN) <= SUMMARY_HEIGHT
        if one_page:
            break
    else:
        listed, rows, one_page = compact.columns(asks, sect, SUMMARY_HEIGHT)
    pieces = chapter_head(sect, "In one page" if one_page else "In brief", title, "summary")
    sect.kids.append(listed)
    if not asks:
        pieces.append(Paragraph("This edition holds no recommendation.", design.BODY, sect.add("P")))
    return Chapter((*pieces, *rows))


def _summary_row(ask: Recommendation, listed: Element, style: Style, padding: float) -> Piece:
    item = listed.add("LI")
    missed = wording.missed(ask)
    number = replace(
        design.NUMBER, colour=design.colour_for(ask), size=style.size + 0.4, leading=style.leading
    )
    name, body = item.add("Lbl"), item.add("LBody")
    text = Paragraph([style.words(ask.title, target=f"#recommendation-{ask.number}")], style, body.add("P"))
    label = replace(design.LABEL, align="right", leading=style.leading)
    to = [ask.addressee, missed] if missed else [ask.addressee]
    cells = [
        Paragraph(str(ask.number), number, name),
        text,
        Stack([Paragraph(line, label, body.add("P")) for line in to]),
    ]
    grid = Grid((26, design.COLUMN - 26 - 92, 92 + 8), padding=padding, rule=design.HAIRLINE)
    return Table(grid, [Row.of(cells)])


def contents(
    entries: Sequence[Entry],
    pages: Mapping[str, int],
    tree: Element,
    *,
    kicker: str = "Contents",
    title: str = "What is where",
) -> Chapter:
    """Return the table of contents; `pages` holds the page number of each anchor, once all pages are known."""
    sect = tree.add("Sect")
    pieces = chapter_head(sect, kicker, title, "contents")
    for style, after in ((LISTED, 6.8), (design.BRIEF, 3.6)):
        toc = Element("TOC", sect)
        lines: list[Piece] = [_content(entry, pages, toc, style, after) for entry in entries]
        if Stack([*pieces, *lines], tight=TIGHT).height(design.COLUMN) <= BODY_HEIGHT + EXTRA:
            break
    sect.kids.append(toc)
    return Chapter((*pieces, *lines))


def _content(entry: Entry, pages: Mapping[str, int], toc: Element, style: Style, after: float) -> Piece:
    item = toc.add("TOCI")
    number = replace(design.NUMBER, size=style.size - 0.4, leading=style.leading, colour=entry.colour)
    label = Paragraph(entry.label, number, item.add("Lbl"))
    where = item.add("Reference")
    called = Paragraph([style.words(entry.title, target=f"#{entry.anchor}")], style, where.add("Span"))
    right = replace(style, align="right", colour=design.GREY)
    page = PageNumber(pages, entry.anchor, right, where.add("Span"))
    grid = Grid((26, design.COLUMN - 26 - 40, 48), padding=0)
    return Table(grid, [Row.of([label, called, page])], after=after)


def mandate(snapshot: Snapshot, tree: Element) -> Chapter:
    """Return why the paper exists and how it was made, with what changed since the last edition."""
    sect = tree.add("Sect")
    figures = statistics(snapshot)
    pieces = chapter_head(sect, "Mandate and method", "How this text came to be", "mandate")
    if snapshot.mandate:
        pieces.append(Paragraph(snapshot.mandate, design.BODY, sect.add("P")))
    listed = sect.add("L", numbering="Disc")
    for line in snapshot.method:
        item = listed.add("LI")
        bullet = Paragraph("–", design.BODY, item.add("Lbl"))
        pieces.append(Hanging(bullet, Paragraph(line, design.BODY, item.add("LBody")), 14, after=5))
    sentence = " ".join((*_invited(figures), *_printed(snapshot, figures)))
    pieces.append(Paragraph(sentence, replace(design.BODY, before=8), sect.add("P")))
    if snapshot.changes:
        pieces.append(Paragraph("What changed since the last edition", design.SUBHEADING, sect.add("H3")))
        pieces += [Paragraph(line, design.BODY, sect.add("P")) for line in snapshot.changes]
    return Chapter(tuple(pieces))


def _invited(figures: Statistics) -> Iterator[str]:
    if not figures.organisations:
        yield "No organisation is invited yet."
        return
    countries = (
        f" from {wording.count(figures.countries, 'country', 'countries')}" if figures.countries else ""
    )
    one = figures.organisations == 1
    partnerships = wording.count(figures.partnerships, "partnership")
    among = (
        f", {'a member' if one else 'among them members'} of {partnerships}" if figures.partnerships else ""
    )
    invited = wording.count(figures.organisations, "organisation")
    yield f"{invited}{countries} {'was' if one else 'were'} invited{among}."
    yield f"{figures.heard:,} of them tabled an amendment that is printed here, or took a position."


def _printed(snapshot: Snapshot, figures: Statistics) -> Iterator[str]:
    if figures.recommendations:
        counts = Counter(one.outcome.standing for one in snapshot.recommendations)
        told = ", ".join(f"{counts[one]:,} {what}" for one, what in wording.STANDINGS.items() if counts[one])
        verb = "is" if figures.recommendations == 1 else "are"
        yield f"{wording.count(figures.recommendations, 'recommendation')} {verb} printed here: {told}."
