"""The templates: one environment for each language; a name that is not given is an error, all output is escaped."""

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.domain import paper_codes, reports
from service.domain.own_reasons import recognised
from service.domain.phases import CAPABILITIES, Phase
from service.domain.renditions import is_printed
from service.web import assets, dates, happenings, pictures, provenance, redlines, refusals, words
from service.web.forms import in_words
from service.web.languages import Language, choose, known
from service.workflows import jobs

FOLDER = Path(__file__).parent / "templates"


@cache
def environment(tag: str) -> Environment:
    """Return the environment of a language."""
    language = known()[tag]
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(language.catalogue, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    made.globals.update(
        asset=assets.address,
        language=language,
        languages=tuple(known().values()),
        # The same, by a name that no page uses for something of its own.
        interface_languages=tuple(known().values()),
        phases=tuple(Phase),
        capabilities=CAPABILITIES,
        pieces_of=redlines.pieces_of,
        whose=provenance.whose,
        redline=redlines.redline,
        changes=partial(redlines.changes, language),
        change_summary=partial(redlines.summary, language),
        comma=dates.comma(language),
        block_note=partial(redlines.note, language),
        remarks=partial(redlines.told_remarks, language),
        passages=redlines.passages,
        **_pictures(mirrored=language.direction == "rtl"),
    )
    made.filters.update(_filters(language))
    return made


def _pictures(*, mirrored: bool) -> dict[str, object]:
    drawing = (pictures.stages, pictures.curve, pictures.strips, pictures.regions, pictures.grids)
    return {f"drawn_{one.__name__}": partial(one, mirrored=mirrored) for one in drawing}


def _filters(language: Language) -> dict[str, object]:
    return {
        "tongue": lambda tag: dates.tongue(tag, language),
        "is_printed": is_printed,
        "said": language.say,
        "direction": dates.direction,
        "endonym": dates.endonym,
        "happening": lambda alike, linked=True: happenings.told(alike, language, linked=linked),
        "event": lambda name: language.say(words.event(name)),
        "word": lambda code: language.say(words.word(code)),
        "shape": words.shape,
        "spoken": lambda tag: choose([tag], "").tag,
        "work": lambda kind: language.say(jobs.title(kind)),
        "step": lambda state: language.say(words.STEPS[state]),
        "act": lambda permission: language.say(words.ACTS[permission]),
        "phase_now": lambda phase: language.say(words.PHASE_NOW[phase]),
        "refusal": lambda refused: refusals.told(refused, language),
        "fault": language.fault,
        "in_words": in_words,
        "own_reason": lambda reason: language.say(*own) if (own := recognised(reason)) else "",
        "remarked": lambda remark: language.say(remark.template, remark.values),
        "reason": language.reason,
        "outcome": language.outcome,
        "sections": reports.sections,
        "finding": lambda sentence: language.say(sentence.template.value, sentence.values),
        "day": lambda moment, zone="UTC": dates.day(moment, language, zone),
        "short": lambda moment, zone, now: dates.short(moment, language, zone, now),
        "clock": lambda moment, zone, now=None: dates.clock(moment, language, zone, now),
        "phrase": lambda parts: dates.phrase(parts, language),
        "isolated": dates.isolated,
        "enumerated": lambda parts: dates.enumerated(parts, language),
        "paper_code": paper_codes.code_of,
        "place": lambda zone: dates.place(zone, language),
        "left": lambda moment, now: dates.left(moment, now, language),
        "weekday": lambda on: dates.weekday(on, language),
        "hour": lambda moment, zone: dates.hour(moment, language, zone),
        "machine": dates.machine,
        "local_field": dates.local_field,
        "span": lambda first, last: dates.span(first, last, language),
    }
