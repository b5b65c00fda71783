"""What somebody typed into the search box, and the question it makes to the index.

Words must all be there, in any of their forms; "quoted phrases" as they stand; -words not at all.
A word that nobody wrote is looked for in near spellings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from .folding import fold

LONGEST = 500  # signs that are read of what somebody typed
MOST = 24  # parts
LIKENESS = 0.72  # of a near spelling, as difflib tells it
RARE = 20_000  # claims at most, in which the words stand by which a sentence is looked for
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Part:
    """One word or phrase of what was typed, folded."""

    words: tuple[str, ...]
    phrase: bool = False
    excluded: bool = False


@dataclass(frozen=True)
class Known:
    """What the index knows of a word: the lexemes it may stand for, in how many claims it stands
    as it is spelled, and words of a near spelling, if it stands in hardly any."""

    word: str
    lexemes: list[str]
    small: bool
    claims: int
    near: list[tuple[str, int]]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Known:
        near = dict(row["near"] or ())
        close = get_close_matches(row["word"], near, n=3, cutoff=LIKENESS)
        return cls(
            word=row["word"],
            lexemes=row["lexemes"],
            small=row["small"],
            claims=row["claims"],
            near=[(word, near[word]) for word in close],
        )

    @property
    def unwritten(self) -> bool:
        return not self.claims and bool(self.near)


@dataclass
class Question:
    """What the index is asked. `strict`: all words; `loose`: some, where no claim has all.

    `lexemes`: what is marked in what was found. `instead`: words that nobody wrote, and those that
    are searched beside them. `meant`: what was typed, with a rare word spelled like a frequent one.
    """

    strict: str | None = None
    loose: str | None = None
    lexemes: list[str] = field(default_factory=list)
    instead: dict[str, list[str]] = field(default_factory=dict)
    meant: str = ""


def parts_of(typed: str) -> list[Part]:
    """An open quotation mark, or a minus that stands alone, means nothing."""
    text = typed[:LONGEST].translate(QUOTES)
    if text.count('"') % 2:
        before, _, after = text.rpartition('"')
        text = f"{before} {after}"
    parts: dict[Part, None] = {}
    for found in PART.finditer(text):
        excluded = found["minus"] is not None
        if found["phrase"] is not None:
            words = tuple(fold(found["phrase"]))
            made = [Part(words, phrase=len(words) > 1, excluded=excluded)]
        else:
            made = [Part((word,), excluded=excluded) for word in fold(found["word"])]
            if excluded and len(made) > 1:  # -Gao–Algeria leaves out the two together
                made = [Part(tuple(fold(found["word"])), phrase=True, excluded=True)]
        parts |= dict.fromkeys(part for part in made if part.words)
    return list(parts)[:MOST]


def words_of(parts: Iterable[Part]) -> list[str]:
    return sorted({word for part in parts for word in part.words})


def question(typed: str, parts: list[Part], known: Mapping[str, Known]) -> Question:
    wanted = [part for part in parts if not part.excluded]
    telling = [part for part in wanted if part.phrase or not _is_small(part, known)]
    wanted = telling or wanted
    without = "".join(f" & !{_written(part, known)}" for part in parts if part.excluded)
    asked = Question(
        lexemes=sorted({one for part in wanted for one in _lexemes(part, known)}),
        instead={
            word: [near for near, _ in known[word].near]
            for part in wanted
            for word in part.words
            if not part.phrase and word in known and known[word].unwritten
        },
        meant=_meant(typed, wanted, known),
    )
    if wanted:
        asked.strict = " & ".join(_written(part, known) for part in wanted) + without
        if len(wanted) > 1:
            asked.loose = f"({' | '.join(_rarest(wanted, known))}){without}"
    elif without:
        asked.strict = without.removeprefix(" & ")
    return asked


def _is_small(part: Part, known: Mapping[str, Known]) -> bool:
    [word] = part.words
    return (len(word) == 1 and word.isascii() and word.isalpha()) or (
        word in known and known[word].small
    )


def _lexemes(part: Part, known: Mapping[str, Known]) -> set[str]:
    found = set(part.words)
    for word in () if part.phrase else part.words:
        if word in known:
            found |= set(known[word].lexemes)
            if known[word].unwritten:
                found |= {near for near, _ in known[word].near}
    return found


def _written(part: Part, known: Mapping[str, Known]) -> str:
    """As a tsquery. A phrase is found as it stands; a word in any of its forms."""
    if part.phrase:
        return f"({' <-> '.join(map(_quoted, part.words))})"
    lexemes = {part.words[0]} if part.excluded else _lexemes(part, known)
    if part.excluded and part.words[0] in known:
        lexemes |= set(known[part.words[0]].lexemes)
    return f"({' | '.join(map(_quoted, sorted(lexemes)))})"


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _rarest(wanted: list[Part], known: Mapping[str, Known]) -> list[str]:
    """The words that tell most: as many as stand in not too many claims together."""

    def claims(part: Part) -> int:
        return min(known[word].claims if word in known else 0 for word in part.words)

    chosen: list[str] = []
    stand_in = 0
    for part in sorted(wanted, key=claims):
        stand_in += claims(part)
        if chosen and stand_in > RARE:
            break
        chosen.append(_written(part, known))
    return chosen


def _meant(typed: str, wanted: list[Part], known: Mapping[str, Known]) -> str:
    """The same with each word that hardly anybody wrote spelled like one that many did."""
    meant = typed[:LONGEST]
    for part in wanted:
        for word in part.words:
            if word not in known or not known[word].claims:
                continue
            better = [near for near, n in known[word].near if n >= 5 * known[word].claims]
            if better:
                whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
                meant = whole.sub(better[0], meant)
    return "" if meant == typed[:LONGEST] else meant
