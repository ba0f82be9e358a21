"""How hard English is to read, by Flesch's formula."""

from __future__ import annotations

import re
from collections.abc import Iterable


def reading_ease(texts: Iterable[str]) -> float:
    """Return Flesch's reading ease of texts as a whole: 60 and more is plain, 30 and less is hard.

    A text without a full stop is one sentence. Source: Rudolf Flesch, "A New Readability
    Yardstick", Journal of Applied Psychology 32 (1948). Syllables are counted by a rule of thumb.
    """
    words = sentences = sounds = 0
    for text in texts:
        spoken = re.findall(r"[A-Za-z0-9'’]+", text)
        words += len(spoken)
        sounds += sum(syllables(word) for word in spoken)
        sentences += len(re.findall(r"[.?!:;](?=\s|$)", text)) or 1
    return 206.835 - 1.015 * words / sentences - 84.6 * sounds / words


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: groups of vowels, less a silent e."""
    letters = re.sub("[^a-z]", "", word.lower())
    count = len(re.findall("[aeiouy]+", letters))
    if re.search("[^aeiouyl]e$|[^aeiouylscgzxh]es$|[^aeiouydt]ed$", letters):
        count -= 1
    return max(count, 1)
