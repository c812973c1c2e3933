"""What the paper says in many of its chapters around the words of its authors, in the language of its voice."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from service.adapters.pdf.linebreaking import Words
from service.adapters.pdf.paragraphs import Style
from service.adapters.pdf.voice import SOURCE, Voice, begun, plain
from service.domain.corrigenda import Corrigendum
from service.domain.publication import NO_RECORD, Evidence, Recommendation, Standing
from service.domain.renditions import tree
from service.domain.renditions.voice import woven


def stance(voice: Voice, word: str) -> str:
    """Return a stance in words, or that there is no record of one."""
    if word == NO_RECORD:
        return voice.say("no record")
    return voice.known(plain(word))


def missed(voice: Voice, ask: Recommendation) -> str:
    """Return “not adopted” or “not decided yet”; nothing of what was adopted."""
    if ask.outcome.standing is Standing.ADOPTED:
        return ""
    refused = ask.outcome.standing is Standing.NOT_ADOPTED
    return voice.say("not adopted") if refused else voice.say("not decided yet")


def asks(voice: Voice, listed: Iterable[Recommendation]) -> str:
    """Return how many recommendations there are: “Six asks”, or “Five asks adopted, one not adopted”."""
    counts = Counter(one.outcome.standing for one in listed)
    if not counts or set(counts) == {Standing.ADOPTED}:
        return voice.tell("%(count)s ask", "%(count)s asks", counts.total(), _spelled(voice, counts.total()))
    first, *others = [(standing, counts[standing]) for standing in Standing if counts[standing]]
    told = [_headline(voice, *first)]
    told += [decided(voice, standing, voice.spelled(number).lower(), number) for standing, number in others]
    return ", ".join(told)


def _headline(voice: Voice, standing: Standing, number: int) -> str:
    values = _spelled(voice, number)
    if standing is Standing.ADOPTED:
        return voice.tell("%(count)s ask adopted", "%(count)s asks adopted", number, values)
    if standing is Standing.NOT_ADOPTED:
        return voice.tell("%(count)s ask not adopted", "%(count)s asks not adopted", number, values)
    return voice.tell("%(count)s ask not decided yet", "%(count)s asks not decided yet", number, values)


def decided(voice: Voice, standing: Standing, told: str, number: int) -> str:
    """Return how many recommendations stand so: “5 adopted”; `told` is the number in words or figures."""
    values = {"count": told}
    if standing is Standing.ADOPTED:
        return voice.tell("%(count)s adopted", "%(count)s adopted", number, values)
    if standing is Standing.NOT_ADOPTED:
        return voice.tell("%(count)s not adopted", "%(count)s not adopted", number, values)
    return voice.tell("%(count)s not decided yet", "%(count)s not decided yet", number, values)


def lessons(voice: Voice, number: int) -> str:
    """Return how many lessons there are: “Three lessons”."""
    return voice.tell("%(count)s lesson", "%(count)s lessons", number, _spelled(voice, number))


def _spelled(voice: Voice, number: int) -> Mapping[str, object]:
    return {"count": voice.spelled(number)}


def recommendation(voice: Voice, number: int) -> str:
    """Return how a recommendation is called."""
    return voice.say("Recommendation %(number)s", {"number": str(number)})


def edition(voice: Voice, number: int) -> str:
    """Return how an edition is called."""
    return voice.say("Edition %(number)s", {"number": str(number)})


def organisations(voice: Voice, number: int) -> str:
    """Return a number of organisations."""
    return voice.tell("%(count)s organisation", "%(count)s organisations", number)


def counted(voice: Voice, number: str, what: str) -> str:
    """Return how many are what a word says: “3 endorsed”."""
    return voice.say("%(number)s %(what)s", {"number": number, "what": what})


def sentence(voice: Voice, code: str) -> str:
    """Return a state or kind in words, as a sentence begins."""
    return begun(voice.known(plain(code)))


def replaces(voice: Voice, corrigendum: Corrigendum) -> str:
    """Return what the cover says of the edition that is replaced."""
    values = {"number": str(corrigendum.edition), "date": voice.day(corrigendum.released_on)}
    if corrigendum.withdrawn:
        return voice.say(
            "Corrigendum: it replaces edition %(number)s of %(date)s, which was withdrawn. "
            "What has changed, and why, is told in an annex.",
            values,
        )
    return voice.say(
        "Corrigendum: it replaces edition %(number)s of %(date)s. What has changed, and why, is told in an annex.",
        values,
    )


def source(voice: Voice, one: Evidence) -> str:
    """Return where a piece of evidence comes from, with its page."""
    page = voice.say("p. %(page)s", {"page": one.page}) if one.page else ""
    return ", ".join(part for part in (one.source, page) if part)


def mixed(voice: Voice, style: Style, template: str, values: Mapping[str, str]) -> list[Words]:
    """Return a sentence of the paper with words of others in it, which are in the language of the agenda."""
    if not voice.lang:
        return [style.words(voice.say(template, values))]
    parts = woven(voice, template, {name: tree.Words(value, name=True) for name, value in values.items()})
    return [style.words(part.text, language="" if part.name else voice.lang) for part in parts]


def not_signed(voice: Voice) -> str:
    """Return what a draft says of itself on its cover, in its imprint and at the head of each page."""
    return voice.say("DRAFT – not signed: it proves nothing, and may still change")


def house_language(voice: Voice, words: str = "") -> str:
    """Return the language of sentences that an edition holds as the house wrote them: English.

    It is named where the paper is in another, and left out for `words` that the voice knows how to say.
    """
    if voice.tag == SOURCE or (words and voice.known(words) != words):
        return voice.lang
    return SOURCE


def titled(voice: Voice, style: Style, ask: Recommendation) -> list[Words]:
    """Return a recommendation's number with its title."""
    return mixed(
        voice, style, "Recommendation %(number)s: %(title)s", {"number": str(ask.number), "title": ask.title}
    )


def quoted(voice: Voice, one: Evidence) -> str:
    """Return what a source says, between the quotation marks of the paper."""
    return voice.say("“%(words)s”", {"words": one.quotation})


def joined(parts: Sequence[Sequence[Words]], style: Style) -> list[Words]:
    """Return parts in a row, a point between them; what looks the same and is in one language is one stretch."""
    row: list[Words] = []
    for at, part in enumerate(parts):
        for word in (*([style.words(" · ")] if at else ()), *part):
            if row and replace(row[-1], text="") == replace(word, text=""):
                row[-1] = replace(row[-1], text=row[-1].text + word.text)
            else:
                row.append(word)
    return row
