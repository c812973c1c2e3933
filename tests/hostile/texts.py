"""Texts that somebody may type or send, and that must neither break the service nor become anything but text."""

from typing import Final

MARKUP: Final = {
    "script": "<script>alert(1)</script>\"'><svg/onload=alert(1)>",
    "end of a change": "</ins></del><script>alert(1)</script><ins class=x>&lt;",
    "end of a field": "</textarea></title><img src=x onerror=alert(1)>",
    "end of an attribute": '" autofocus onfocus="alert(1)" x="',
    "script link": "[x](JaVaScRiPt&colon;alert(1)) data:text/html;base64,PHNjcmlwdD4=",
    "picture elsewhere": "![i](https://tracker.example/x.png) <img src=https://tracker.example/x.png>",
    "markup of the paper": '<font color="red">x</font><img src="/etc/passwd"/><onDraw name="f" label="x"/>',
    "entities": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x; &#0; &#xD800;',
    "end of a PDF string": "a) /OpenAction << /S /JavaScript /JS (app.alert(1)) >> (",
    "deep markup": "<b>" * 300,
    "template": "{{ 7 * 7 }} {% include '/etc/passwd' %} ${7*7} %(name)s %s %d {0} {name}",
    "formula": '=HYPERLINK("http://tracker.example","x")',
    "query": "' OR 1=1-- ; drop table agendas; %_\\ NEAR( \"open",
    "line of a log": 'x\n{"event":"endorse"}',
}
"""What means something to a browser, a printer, a spreadsheet or a log, and to a reader only what it says."""

CHARACTERS: Final = {
    "turned around": "user\u202egpj.exe \u202eDESREVER",
    "never closed": "\u2066\u2067abc",
    "zero width": "pa\u200brtner\u200dship",
    "nothing to see": "\u200b\u200d\ufeff\u00ad",
    "controls": "a\b\x1b[31mb\x85\x7f",
    "null character": "a\0b",
    "line ends": "a\u2028b\u2029c\x85d\re\r\nf",
    "beyond the first plane": "😀" * 50,
    "tab before a formula": "\t=1+1",
    "decomposed": "Ma\u0301laga",
    "other script": "Barcel\u043ena",
    "half of nothing": "\ufffe\uffff\U0001ffff",
}
"""What looks like something else, or like nothing."""

FLOODS: Final = {
    "accents": "a" + "\u0301" * 100_000,
    "one word": "x" * 100_000,
    "one paragraph": "The partnership of cities. " * 36_000,
    "line breaks": "\n" * 20_000,
    "brackets": "[" * 50_000,
    "stars": "*a " * 50_000,
}
"""What is too much of something."""

ADDRESSES: Final = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:x",
    "file:///etc/passwd",
    "//tracker.example/x",
    "https:tracker.example",
    "https://",
    "http://[::1",
    "https://localhost:x/",
    "https://localhost:0/",
    "https://exa mple.org/",
    "\\\\tracker\\share",
)
"""What is no address that a reader should be led to."""
