"""The words of the desk. Imports nothing of ours."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a claim stands at the desk. Has nothing to do with whether it is so."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    RETRACTED = "retracted", _("retracted")
    MERGED = "merged", _("merged into another claim")


class Voice(TextChoices):
    AGENT = "agent", _("an agent says it")
    PUBLISHER = "publisher", _("the publisher says it in its own voice")


class Aspect(TextChoices):
    """Which question about the event the claim answers."""

    OCCURRENCE = "occurrence", _("what happened")
    PERPETRATOR = "perpetrator", _("who did it")
    TOLL = "toll", _("how many were harmed")
    VICTIMS = "victims", _("who was harmed")
    CHARACTERISATION = "characterisation", _("what it is called")
    DENIAL = "denial", _("denial")
    MOTIVE = "motive", _("why")
    RESPONSE = "response", _("what was done about it")
    CONTEXT = "context", _("context")


class Checkability(TextChoices):
    CHECKABLE = "checkable", _("can be checked")
    CHARACTERISATION = "characterisation", _("a characterisation")
    MOTIVE = "motive", _("a motive")
    PREDICTION = "prediction", _("a prediction")
    POSITION = "position", _("a position")


class Harm(TextChoices):
    """What a wrong word here could do. Grave: killings and the like; two approvals."""

    ORDINARY = "ordinary", _("ordinary")
    SERIOUS = "serious", _("serious")
    GRAVE = "grave", _("grave")


class Existence(TextChoices):
    ALLEGED = "alleged", _("alleged")
    ACCEPTED = "accepted", _("accepted by all parties")
    ESTABLISHED = "established", _("established")


class Precision(TextChoices):
    POINT = "point", _("point")
    SETTLEMENT = "settlement", _("settlement")
    ROUTE = "route", _("route")
    AREA = "area", _("area")
    COUNTRY = "country", _("country")
    UNKNOWN = "unknown", _("not known")


class BearsOn(TextChoices):
    """Was it said, or is it so? Two questions; every piece of evidence names its own."""

    ATTRIBUTION = "attribution", _("whether it was said")
    CONTENT = "content", _("whether it is so")
    CONTEXT = "context", _("the context")


class Stance(TextChoices):
    SUPPORTS = "supports", _("supports")
    DISPUTES = "disputes", _("disputes")
    REFUTES = "refutes", _("refutes")
    QUALIFIES = "qualifies", _("qualifies")
    MENTIONS = "mentions", _("mentions")


class Basis(TextChoices):
    """What the source itself rests on."""

    FIRST_HAND_WITNESS = "first_hand_witness", _("first-hand witness")
    OWN_REPORTING = "own_reporting", _("own reporting")
    DOCUMENT = "document", _("document")
    IMAGERY = "imagery", _("imagery")
    FORENSIC = "forensic", _("forensic")
    OFFICIAL_STATEMENT = "official_statement", _("official statement")
    PARTY_STATEMENT = "party_statement", _("statement by a party")
    WIRE_COPY = "wire_copy", _("wire copy")
    REWRITE = "rewrite", _("rewrite of other reports")
    SOCIAL_POST = "social_post", _("social media post")
    HEARSAY = "hearsay", _("hearsay")
    UNKNOWN = "unknown", _("not known")


# What a source saw, made or holds itself; all else repeats somebody.
FIRST_HAND = (
    Basis.FIRST_HAND_WITNESS,
    Basis.OWN_REPORTING,
    Basis.DOCUMENT,
    Basis.IMAGERY,
    Basis.FORENSIC,
)


class Credibility(IntegerChoices):
    """Credibility of one piece of evidence: the digits of the Admiralty code (NATO AJP-2.1)."""

    CONFIRMED = 1, _("1 · confirmed by other sources")
    PROBABLY_TRUE = 2, _("2 · probably true")
    POSSIBLY_TRUE = 3, _("3 · possibly true")
    DOUBTFUL = 4, _("4 · doubtful")
    IMPROBABLE = 5, _("5 · improbable")
    CANNOT_BE_JUDGED = 6, _("6 · cannot be judged")


class FigureHarm(TextChoices):
    KILLED = "killed", _("killed")
    INJURED = "injured", _("injured")
    MISSING = "missing", _("missing")
    DETAINED = "detained", _("detained")
    DISPLACED = "displaced", _("displaced")


class Bound(TextChoices):
    """How the number was worded. "At least 24" is never turned into 24."""

    EXACT = "exact", _("exactly")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    ABOUT = "about", _("about")
    RANGE = "range", _("from–to")
    WORD = "word", _("a word, no number")
    COMPOSITION_ONLY = "composition_only", _("who, not how many")


class Axis(TextChoices):
    ATTRIBUTION = "attribution", _("Was it said?")
    CONTENT = "content", _("Is it so?")


class Tone(TextChoices):
    """How a status is drawn: words and position carry the meaning, tone only helps."""

    KNOWN = "known", _("known")
    AGAINST = "against", _("against")
    OPEN = "open", _("open")
    DISPUTE = "dispute", _("disputed")


class TranslationMethod(TextChoices):
    HUMAN = "human", _("by a person")
    MACHINE_REVIEWED = "machine_reviewed", _("by a machine, corrected by a person")


class ReplyState(TextChoices):
    OPEN = "open", _("waiting")
    ANSWERED = "answered", _("answered")
    NO_ANSWER = "no_answer", _("no answer by the deadline")


class Decision(TextChoices):
    APPROVE = "approve", _("approved")
    REQUEST_CHANGES = "request_changes", _("changes requested")
    COMMENT = "comment", _("comment")


class ChangeKind(TextChoices):
    """Why a published claim is published anew."""

    UPDATED = "updated", _("update: more is known")
    CORRECTED = "corrected", _("correction: something was wrong")
    MINOR = "minor", _("minor: spelling, translation")
    REDACTED = "redacted", _("redaction: something must not stay readable")


class NoticeKind(TextChoices):
    """Why somebody at the desk is told of a claim."""

    ASSIGNED = "assigned", _("assigned to you")
    REVIEW = "review", _("waits for a review")
    PUBLISH = "publish", _("approved, waits for a publisher")
    RETURNED = "returned", _("changes requested")
    LAPSED = "lapsed", _("your approval no longer counts: the content changed")
    COMMENTED = "commented", _("commented on")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("retracted or merged")
    DUE_SOON = "due_soon", _("due soon")
    OVERDUE = "overdue", _("overdue")
    REPLY_DUE = "reply_due", _("a reply deadline has come")


class Dispute(TextChoices):
    """Where another claim disputes this one: for readers to see, or so far at the desk only."""

    RECORD = "record", _("in the public record")
    DESK = "desk", _("at the desk only")


class Mail(TextChoices):
    """How much of it somebody wants by e-mail."""

    NONE = "none", _("nothing by e-mail")
    DAILY = "daily", _("one message a day")
    AT_ONCE = "at_once", _("at once, and one message a day")
