"""An edition in other formats than its paper: the same contents as one tree, from which HTML and Markdown are written.

The signed PDF is the authentic text; each rendition says so at its head.
"""

from service.domain.renditions.courtesy import Courtesy, is_printed, tongues
from service.domain.renditions.facts import Facts
from service.domain.renditions.kept import Printed, key_of
from service.domain.renditions.tree import Rendition
from service.domain.renditions.voice import Voice
from service.domain.renditions.whole import rendition

__all__ = [
    "Courtesy",
    "Facts",
    "Printed",
    "Rendition",
    "Voice",
    "is_printed",
    "key_of",
    "rendition",
    "tongues",
]
