"""How a statement is worded: loaded words, numbers of people, quotation marks, scripts.

Hints for the eye, not judgements: a list of words cannot know what somebody means.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from langcodes import Language
from langcodes.tag_parser import LanguageTagError

from .loaded_words import (
    AR_AFTER,
    AR_BEFORE,
    EXACT,
    HARM,
    LOADED,
    NUMBERS,
    PEOPLE,
    QUALIFIERS,
)

# What opens a quotation, and what closes it. A single mark quotes only where no letter stands
# outside it: else it is an apostrophe.
PAIRS = ("“”", "„“", "„”", "«»", "»«", "‹›", '""', "「」", "『』")
QUOTED = re.compile(
    "|".join(f"{pair[0]}[^{pair}]*{pair[1]}" for pair in PAIRS)
    + r"|(?<![\w])‘[^‘]*?\S[’](?![\w])|(?<![\w])['][^'\s][^']*['](?![\w])|(?<![\w])‚[^‘]*‘"
)
WORD = re.compile(r"\d(?:[\d.,٬٫\u00a0\u202f]*\d)?|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0640\u0670]")
ALEFS = str.maketrans("أإآٱ", "اااا")
YEAR = re.compile(r"(?:19|20)\d\d")

LISTS = {
    "loaded": LOADED,
    "numbers": NUMBERS,
    "harm": HARM,
    "people": PEOPLE,
    "qualifiers": QUALIFIERS,
}

# The scripts whose letters Unicode names by their own first word.
SCRIPTS = {
    "Arab": "ARABIC",
    "Cyrl": "CYRILLIC",
    "Grek": "GREEK",
    "Hebr": "HEBREW",
    "Latn": "LATIN",
    "Tfng": "TIFINAGH",
}


def base_language(tag: str) -> str:
    return tag.partition("-")[0].lower()


def outside_quotes(text: str) -> str:
    """What is left of a text when what it quotes is taken out."""
    return QUOTED.sub(" … ", text)


def loaded(text: str, language: str) -> list[str]:
    """The words outside quotation marks that take a side, each once, as they stand there."""
    found = _words("loaded", base_language(language)).findall(_plain(outside_quotes(text)))
    return list(dict.fromkeys(word.lower() for word in found))


def numbers_of_people(text: str, language: str, *, toll: bool) -> list[str]:
    """The numbers in a text that count people harmed, as they stand there.

    Years, dates, and numbers of other things are none. In a claim about a toll every number but a
    year is.
    """
    words = WORD.findall(_plain(text))
    base = base_language(language)
    harm = _words("harm", base)
    if not toll and not any(harm.fullmatch(word) for word in words):
        return []
    return [
        word
        for place, word in enumerate(words)
        if _is_number(word, base)
        and not YEAR.fullmatch(word)
        and (toll or _counts_people(words, place, base))
    ]


def _counts_people(words: list[str], place: int, base: str) -> bool:
    harm, people = _words("harm", base), _words("people", base)
    qualifier = _words("qualifiers", base)
    if any(harm.fullmatch(word) or people.fullmatch(word) for word in words[place + 1 : place + 4]):
        return True
    before = [word for word in words[max(place - 6, 0) : place] if not qualifier.fullmatch(word)]
    return bool(before) and bool(harm.fullmatch(before[-1]))


def value(number: str) -> int | None:
    """A number in digits of any script, thousands apart or not; None for a number in words."""
    digits = re.sub(r"[.,٬٫\u00a0\u202f]", "", number)
    return int(digits) if digits.isdecimal() else None


def written_in_another_script(text: str, language: str) -> bool:
    """Whether most letters outside quotation marks belong to another script than the language's."""
    try:
        expected = SCRIPTS.get(Language.get(language).maximize().script or "")
    except LanguageTagError:
        return False
    letters = Counter(
        unicodedata.name(sign, "").partition(" ")[0]
        for sign in outside_quotes(text)
        if sign.isalpha()
    )
    if expected is None or not letters:
        return False
    [(script, _count)] = letters.most_common(1)
    return script in SCRIPTS.values() and script != expected


def _is_number(word: str, base: str) -> bool:
    return value(word) is not None or bool(_words("numbers", base).fullmatch(word))


def _plain(text: str) -> str:
    return VOWEL_SIGNS.sub("", text).translate(ALEFS)


@cache
def _words(kind: str, base: str) -> re.Pattern[str]:
    """The whole words of one list in one language; nothing where there is no list."""
    lines = [line.strip() for line in LISTS[kind].get(base, "").splitlines()]
    words = "|".join(word.strip() for line in lines if line for word in line.split(" | "))
    if not words:
        return re.compile(r"(?!)")
    if base == "ar" and kind != "qualifiers":
        words = f"{AR_BEFORE}(?:{words}){AR_AFTER}"
    if kind == "loaded" and base in EXACT:
        words += "|" + "|".join(word.strip() for word in EXACT[base].split(" | "))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
