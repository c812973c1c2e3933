"""What a translator has to know."""

from babel.messages.pofile import read_po

from service.web import catalogue, engine, languages
from service.web.catalogue import FILE, template


def test_catalogue_is_as_the_code_would_write_it() -> None:
    assert FILE.read_text(encoding="utf-8") == template()


def test_catalogue_holds_sentences_of_every_sort() -> None:
    with FILE.open("rb") as source:
        known = {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(source)}
    assert known >= {
        "Propose an amendment",
        "%(count)s amendment",
        "Say why: those who decide read this first.",
        "You hold no mandate to do this for that organisation. Choose one that you act for.",
        "Replaces “%(old)s” by “%(new)s”.",
        "under examination",
        "needs %(count)s more endorsement",
        "added:",
    }


def test_every_template_is_read() -> None:
    named = {line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("#: ")}
    places = {place for line in named for place in line.removeprefix("#: ").split()}
    silent = {"web/templates/amend_difference.html"} - places
    templates = {f"web/templates/{name}" for name in engine.environment("en").list_templates()}
    wordless = {
        name for name in templates - places if "_(" in (languages.FOLDER.parents[1] / name).read_text("utf-8")
    }
    assert (wordless, silent) == (set(), set())
    assert catalogue.SOURCES.name == "service"
