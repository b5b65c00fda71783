"""Words as they are searched: one form of each, however a source or a reader writes it.

No capitals, no accents, no vowel signs, one form of letters and digits that have several. The
database knows letters of ASCII only (its LC_CTYPE is C), so texts are taken apart here; stems are
the database's work.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 64  # signs of one word; what is longer is no word that anybody looks for

# Letters that have no accent to take off, and letters that are written in several forms.
FORMS = "æ=ae đ=d ð=d ħ=h ı=i ł=l ø=o œ=oe þ=th ŧ=t ى=ي ی=ي ې=ي ة=ه ە=ه ۀ=ه ک=ك ڪ=ك ٱ=ا ـ="
FOLDED = str.maketrans({form[0]: form[2:] for form in FORMS.split()})


def _signs(*categories: str) -> str:
    """A character class of the signs of these categories that words are written with."""
    found = (chr(n) for n in range(0x10000) if unicodedata.category(chr(n)) in categories)
    return re.escape("".join(found))


# A word goes on over the marks above and below its letters, and over what is not seen.
WORD = re.compile(rf"(?:[^\W_]|[{_signs('Mn', 'Mc', 'Cf')}])+")
# Scripts that set no space between words: each letter counts, and a word is a phrase of letters.
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
)


def fold(text: str) -> list[str]:
    """The words of a text, folded, in their order."""
    return [word for found in WORD.finditer(text) for word in fold_word(found[0])]


def folded(*texts: str) -> str:
    """The words of several texts, folded, in one line."""
    return " ".join(word for text in texts for word in fold(text))


@lru_cache(maxsize=1 << 16)
def fold_word(written: str) -> tuple[str, ...]:
    """What a written word is searched by: nothing, one folded word, or its letters one by one."""
    apart = unicodedata.normalize("NFKD", written.casefold())
    bare = "".join(sign for sign in apart if not _falls_away(sign))
    folded = unicodedata.normalize("NFC", bare).casefold().translate(FOLDED)
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in folded)
    spaced = UNSPACED.sub(r" \g<0> ", digits)
    words = (word[0].strip() for word in WORD.finditer(spaced))
    return tuple(word[:LONGEST] for word in words if any(map(str.isalnum, word)))


def _falls_away(sign: str) -> bool:
    """Accents, vowel points, and what is not seen. Vowel signs that are letters stay."""
    place = unicodedata.combining(sign)
    return place >= 200 or 10 <= place <= 35 or unicodedata.category(sign) == "Cf"


def outline(word: str) -> str:
    """A word for looking up its near spellings: other letters as a letter and a digit each, since
    pg_trgm reads no others where LC_CTYPE is C."""
    return "".join(
        sign if sign.isascii() else chr(97 + ord(sign) // 10 % 26) + chr(48 + ord(sign) % 10)
        for sign in word
    )
