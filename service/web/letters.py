"""Mails in their readers' languages: each template says its pieces once, from which text and HTML are made.

A template of `templates/mails` holds no markup: it calls `letter`, so the two halves of a mail cannot tell different
things.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.domain.mails import DIGEST, Envelope, LinkPurpose, Mail, may_turn_off
from service.web import dates, words
from service.web.engine import FOLDER
from service.web.languages import Language, choose, known
from service.web.letter import Letter, Part, Piece
from service.web.letter_html import html_of
from service.web.letter_text import text_of

SENDER = "Sympolity"
# Where the secret link of each purpose leads.
DOORS: Mapping[LinkPurpose, str] = {
    LinkPurpose.SIGN_IN: "/sign-in/link/",
    LinkPurpose.INVITATION: "/invitations/",
}
UNSUBSCRIBE = "/unsubscribe/"
WISHES = "/me/notifications"


@cache
def _environment(tag: str) -> Environment:
    """Return the environment of a language; what it makes is plain text, which is escaped where it becomes HTML."""
    language = known()[tag]
    made = Environment(
        loader=FileSystemLoader(FOLDER / "mails"),
        autoescape=False,  # noqa: S701 - its templates hold no markup, and a text half must not show any
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_translations(language.catalogue, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    made.filters.update(
        when=lambda written, zone: _when(written, zone, language),
        said=lambda code, kind: language.say(words.named(kind, code)),
    )
    return made


def _when(written: str, zone: str, language: Language) -> str:
    """Return a moment with its weekday, in the reader's zone, which is named."""
    told = dates.clock(datetime.fromisoformat(written), language, zone)
    return f"{told} ({dates.place(zone, language)})"


def compose(
    mail: Mail, *, language: Language, zone: str = "UTC", name: str = "", base_url: str = "", secret: str = ""
) -> Letter:
    """Write a mail: its subject, its pieces and why the reader gets it.

    Args:
        mail: what to write.
        language: in which language.
        zone: of the reader's clock.
        name: the reader's.
        base_url: what addresses begin with; empty for a page of this service.
        secret: of the link that it carries; without one the link has no address.
    """
    door = f"{base_url}{DOORS[mail.link]}{secret}" if mail.link is not None and secret else ""
    letter = Letter(base_url, language, door)
    if mail.template == DIGEST:
        _write(DIGEST, letter, mail.values, zone, name)
        for item in _items(mail.values):
            part = Letter(base_url, language)
            _write(str(item["template"]), part, _facts(item), zone, name)
            letter.enclose(part)
    else:
        _write(mail.template, letter, mail.values, zone, name)
    return letter


def _write(template: str, letter: Letter, values: Mapping[str, object], zone: str, name: str) -> None:
    given = {"letter": letter, "values": values, "zone": zone, "name": name}
    _environment(letter.language.tag).get_template(f"{template}.html").render(given)


def _items(values: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    items = values["items"]
    if isinstance(items, list):
        yield from items


def _facts(item: Mapping[str, object]) -> Mapping[str, object]:
    facts = item["values"]
    return facts if isinstance(facts, Mapping) else {}


@dataclass(frozen=True, slots=True)
class HouseLetters:
    """Writes the mails of one house."""

    base_url: str
    sender: str

    def subject(self, mail: Mail) -> str:
        """Return what a mail is about, in one line."""
        return compose(mail, language=choose([mail.language], "")).title

    def message(self, envelope: Envelope) -> EmailMessage:
        """Return a mail as it goes out, the same for the same envelope."""
        posted = envelope.posted
        letter = compose(
            posted.mail,
            language=choose([posted.mail.language], ""),
            zone=posted.zone,
            name=posted.name,
            base_url=self.base_url,
            secret=envelope.secret,
        )
        footer = tuple(self._footer(letter, envelope))
        message = EmailMessage(policy=SMTP)
        self._address(message, envelope, letter)
        message.set_content(text_of(letter, footer), cte="quoted-printable")
        message.add_alternative(html_of(letter, footer, SENDER), subtype="html", cte="quoted-printable")
        message.set_boundary(f"=_{posted.id}")
        return message

    def _address(self, message: EmailMessage, envelope: Envelope, letter: Letter) -> None:
        posted = envelope.posted
        message["From"] = Address(SENDER, addr_spec=self.sender)
        message["To"] = Address(" ".join(posted.name.split()), addr_spec=posted.mail.to)
        message["Subject"] = letter.title
        message["Date"] = posted.made_at
        message["Message-ID"] = posted.message_id
        if posted.mail.thread is not None:
            # The first line of descent names the thing itself, so that a thread holds together when a mail is lost.
            root = f"<{posted.mail.thread}.thread@{posted.message_id.partition('@')[2]}"
            message["References"] = " ".join((root, *envelope.earlier))
            if envelope.earlier:
                message["In-Reply-To"] = envelope.earlier[-1]
        message["Content-Language"] = letter.language.tag
        # No answer of a machine, such as "I am away", is wanted.
        message["Auto-Submitted"] = "auto-generated"
        if envelope.unsubscribe:
            message["List-Unsubscribe"] = f"<{self.base_url}{UNSUBSCRIBE}{envelope.unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"

    def _footer(self, letter: Letter, envelope: Envelope) -> Iterator[Piece]:
        say, mail = letter.language.say, envelope.posted.mail
        yield Piece(Part.PARAGRAPH, letter.because)
        if mail.kind is not None and not may_turn_off(mail.kind):
            yield Piece(Part.PARAGRAPH, say("Mails of this kind cannot be turned off."))
        if envelope.unsubscribe:
            turn_off = say("Turn mails of this kind off")
            yield Piece(Part.LINK, turn_off, address=f"{self.base_url}{UNSUBSCRIBE}{envelope.unsubscribe}")
        if mail.person_id is not None and (mail.kind is not None or mail.template == DIGEST):
            choose_how = say("Choose how you are told")
            yield Piece(Part.LINK, choose_how, address=f"{self.base_url}{WISHES}")
