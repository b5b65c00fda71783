"""Citations as files for reference managers: CSL-JSON, BibTeX, RIS. All are UTF-8."""

from __future__ import annotations

import json

from .cited import Cited

# What TeX takes for a command, written out.
TEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",  # `\{` would be counted as a brace that nobody closes
    "}": r"{\textbraceright}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
}
TEX_WORDS = str.maketrans(TEX)


def csl_json(cited: Cited) -> str:
    return json.dumps([cited.csl()], ensure_ascii=False, indent=1) + "\n"


def bibtex(cited: Cited) -> str:
    """`@misc`, which every style of BibTeX and biblatex has. Titles keep their capitals."""
    day = cited.day
    fields = {
        "author": f"{{{_tex(cited.site)}}}",
        "title": f"{{{_tex(cited.title)}}}",
        "publisher": _tex(cited.site),
        "version": str(cited.number),
        "edition": f"Version {cited.number}",
        "year": str(day.year),
        "month": str(day.month),
        "date": day.isoformat(),
        "url": cited.url,
        "langid": cited.language,
        "note": _tex(cited.note),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return "@misc{" + ",\n".join([cited.id, *lines]) + "\n}\n"


def ris(cited: Cited) -> str:
    """An `ELEC`, a page of the web. The format wants a carriage return at the end of a line."""
    day = cited.day
    lines = [
        ("TY", "ELEC"),
        ("ID", cited.id),
        ("AU", cited.site),
        ("TI", cited.title),
        ("PB", cited.site),
        ("ET", str(cited.number)),
        ("PY", str(day.year)),
        ("DA", f"{day:%Y/%m/%d}"),
        ("UR", cited.url),
        ("LA", cited.language),
        ("N1", cited.note),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def _tex(words: str) -> str:
    return words.translate(TEX_WORDS)
