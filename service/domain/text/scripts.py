"""Which writing systems need rules of their own when text is cleaned or cut into tokens."""

from typing import Final

UNSPACED: Final = "".join(
    rf"\p{{Script={name}}}" for name in ("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar")
)
"""Scripts that put no space between words, as the inside of a character class."""

JOINING: Final = "".join(
    rf"\p{{Script_Extensions={name}}}"
    for name in (
        *("Arabic", "Syriac", "Mongolian", "Nko", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya"),
        *("Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Khmer", "Myanmar", "Tibetan"),
    )
)
"""Scripts in which an invisible joiner or non-joiner shapes the letters, as the inside of a class."""
