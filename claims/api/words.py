"""Every word an edition may ever have used.

A word the desk gives up stays here, for old editions hold it. A test holds that every word the desk
can choose today is among them.
"""

from claims.editions.choices import EditionKind, RelationType

ASPECTS = (
    "occurrence", "perpetrator", "toll", "victims", "characterisation", "denial", "motive",
    "response", "context",
)  # fmt: skip
HARM_LEVELS = ("ordinary", "serious", "grave")
CHECKABILITIES = ("checkable", "characterisation", "motive", "prediction", "position")
VOICES = ("agent", "publisher")
TRANSLATION_METHODS = ("human", "machine_reviewed")
CHANGES = ("updated", "corrected", "minor", "redacted")
AGENT_KINDS = (
    "person", "organisation", "armed_group", "state_body", "outlet", "wire_agency",
    "intergovernmental", "platform_account",
)  # fmt: skip
NAME_KINDS = ("name", "alias", "acronym", "transliteration")
RELIABILITIES = tuple("ABCDEF")
EXISTENCES = ("alleged", "accepted", "established")
PRECISIONS = ("point", "settlement", "route", "area", "country", "unknown")
AXES = ("attribution", "content")
TONES = ("known", "against", "open", "dispute")
BEARS_ON = ("attribution", "content", "context")
STANCES = ("supports", "disputes", "refutes", "qualifies", "mentions")
BASES = (
    "first_hand_witness", "own_reporting", "document", "imagery", "forensic", "official_statement",
    "party_statement", "wire_copy", "rewrite", "social_post", "hearsay", "unknown",
)  # fmt: skip
CREDIBILITIES = (1, 2, 3, 4, 5, 6)
SOURCE_KINDS = (
    "article", "statement", "post", "video", "image", "document", "dataset", "testimony",
)  # fmt: skip
OPEN_ACCESS = ("public", "restricted")
DERIVATIONS = ("wire_reprint", "rewrite", "translation", "quotes", "same_statement", "same_footage")
CERTAINTIES = ("suspected", "confirmed", "rejected")
FIGURE_HARMS = ("killed", "injured", "missing", "detained", "displaced", "personnel")
BOUNDS = ("exact", "at_least", "at_most", "about", "range", "word", "composition_only")
REPLY_STATES = ("open", "answered", "no_answer")
EDITION_KINDS = tuple(EditionKind.values)
RELATIONS = tuple(RelationType.values)
