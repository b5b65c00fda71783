"""The words that the pages print for the codes of an edition.

An edition holds codes and keeps them for ever; a page says them in the reader's language. A code
that is not listed (an edition may be newer than the page) is printed as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

Words = Mapping[str, str | Promise]

AGENT_KINDS: Words = {
    "person": lazy("person"),
    "organisation": lazy("organisation"),
    "armed_group": lazy("armed group"),
    "state_body": lazy("state body"),
    "outlet": lazy("news outlet"),
    "wire_agency": lazy("wire agency"),
    "intergovernmental": lazy("intergovernmental body"),
    "platform_account": lazy("platform account"),
}
NAME_KINDS: Words = {
    "name": lazy("name"),
    "alias": lazy("alias"),
    "acronym": lazy("acronym"),
    "transliteration": lazy("transliteration"),
}
SOURCE_KINDS: Words = {
    "article": lazy("article"),
    "statement": lazy("statement"),
    "post": lazy("post"),
    "video": lazy("video"),
    "image": lazy("image"),
    "document": lazy("document"),
    "dataset": lazy("dataset"),
    "testimony": lazy("testimony"),
}
ASPECTS: Words = {
    "occurrence": lazy("What happened"),
    "perpetrator": lazy("Who did it"),
    "toll": lazy("How many were harmed"),
    "victims": lazy("Who was harmed"),
    "characterisation": lazy("What it is called"),
    "denial": lazy("Denial"),
    "motive": lazy("Why"),
    "response": lazy("What was done about it"),
    "context": lazy("Context"),
}
CHECKABILITY: Words = {
    "checkable": lazy("can be checked against evidence"),
    "characterisation": lazy("a characterisation: a choice of words, not a fact to check"),
    "motive": lazy("a statement about motives"),
    "prediction": lazy("a prediction"),
    "position": lazy("a position"),
}
HARMS: Words = {
    "ordinary": lazy("ordinary"),
    "serious": lazy("serious"),
    "grave": lazy("grave: published only after two independent approvals"),
}
BEARS_ON: Words = {
    "attribution": lazy("Whether it was said"),
    "content": lazy("Whether it is so"),
    "context": lazy("The context"),
}
STANCES: Words = {
    "supports": lazy("supports"),
    "disputes": lazy("disputes"),
    "refutes": lazy("refutes"),
    "qualifies": lazy("qualifies"),
    "mentions": lazy("mentions"),
}
BASES: Words = {
    "first_hand_witness": lazy("first-hand witness"),
    "own_reporting": lazy("own reporting"),
    "document": lazy("document"),
    "imagery": lazy("imagery"),
    "forensic": lazy("forensic examination"),
    "official_statement": lazy("official statement"),
    "party_statement": lazy("statement by a party"),
    "wire_copy": lazy("wire copy"),
    "rewrite": lazy("rewrite of other reports"),
    "social_post": lazy("social media post"),
    "hearsay": lazy("hearsay"),
    "unknown": lazy("not known"),
}
# The Admiralty code (NATO AJP-2.1): letters for who says it, digits for what is said.
RELIABILITY: Words = {
    "A": lazy("A · completely reliable"),
    "B": lazy("B · usually reliable"),
    "C": lazy("C · fairly reliable"),
    "D": lazy("D · not usually reliable"),
    "E": lazy("E · unreliable"),
    "F": lazy("F · cannot be judged"),
}
CREDIBILITY: Words = {
    "1": lazy("1 · confirmed by other sources"),
    "2": lazy("2 · probably true"),
    "3": lazy("3 · possibly true"),
    "4": lazy("4 · doubtful"),
    "5": lazy("5 · improbable"),
    "6": lazy("6 · cannot be judged"),
}
FIGURE_HARMS: Words = {
    "killed": lazy("killed"),
    "injured": lazy("injured"),
    "missing": lazy("missing"),
    "detained": lazy("detained"),
    "displaced": lazy("displaced"),
    "personnel": lazy("personnel"),
}
BOUNDS: Words = {
    "exact": lazy("exactly"),
    "at_least": lazy("at least"),
    "at_most": lazy("at most"),
    "about": lazy("about"),
    "range": lazy("from–to"),
    "word": lazy("a word, no number"),
    "composition_only": lazy("who, not how many"),
}
VOICES: Words = {
    "agent": lazy("an agent says it"),
    "publisher": lazy("the publisher says it in its own voice"),
}
ACCESS: Words = {
    "public": lazy("public"),
    "restricted": lazy("restricted: cited, the material itself stays here"),
    "protected": lazy("protected: the public reads a placeholder only"),
}
EXISTENCE: Words = {
    "alleged": lazy("alleged: whether it happened is itself a claim"),
    "accepted": lazy("accepted by all parties"),
    "established": lazy("established"),
}
PRECISION: Words = {
    "point": lazy("exact place"),
    "settlement": lazy("a settlement"),
    "route": lazy("somewhere along a route"),
    "area": lazy("somewhere in an area"),
    "country": lazy("somewhere in a country"),
    "unknown": lazy("precision not known"),
}
DERIVATIONS: Words = {
    "wire_reprint": lazy("reprints"),
    "rewrite": lazy("rewrites"),
    "translation": lazy("translates"),
    "quotes": lazy("quotes"),
    "same_statement": lazy("carries the same statement as"),
    "same_footage": lazy("carries the same footage as"),
}
CERTAINTY: Words = {"suspected": lazy("suspected"), "confirmed": lazy("confirmed")}
EDITION_KINDS: Words = {
    "published": lazy("first published"),
    "updated": lazy("updated: more is known"),
    "corrected": lazy("corrected: something was wrong"),
    "minor": lazy("minor change"),
    "retracted": lazy("retracted"),
    "merged": lazy("merged into another claim"),
    "redacted": lazy("earlier editions taken out"),
}
TRANSLATION_METHODS: Words = {
    "human": lazy("translated by a person"),
    "machine_reviewed": lazy("translated by a machine, corrected by a person"),
}
REPLY_STATES: Words = {
    "open": lazy("When this was published, no answer had come."),
    "answered": lazy("They answered."),
    "no_answer": lazy("No answer came by that day."),
}
AXES: Words = {"attribution": lazy("Was it said?"), "content": lazy("Is it so?")}

# A relation is asserted by one claim and stands on two pages. On the page of the claim that
# asserts it, and on the page of the one it is asserted of:
OUTGOING: Words = {
    "denies": lazy("denies"),
    "rebuts": lazy("rebuts"),
    "contradicts": lazy("contradicts"),
    "affirms": lazy("affirms"),
    "qualifies": lazy("qualifies"),
    "corrects": lazy("corrects"),
    "counter_accuses": lazy("makes a counter-accusation over"),
    "responds_to": lazy("responds to"),
    "part_of": lazy("is part of"),
    "context_for": lazy("is context for"),
}
INCOMING: Words = {
    "denies": lazy("is denied by"),
    "rebuts": lazy("is rebutted by"),
    "contradicts": lazy("is contradicted by"),
    "affirms": lazy("is affirmed by"),
    "qualifies": lazy("is qualified by"),
    "corrects": lazy("is corrected by"),
    "counter_accuses": lazy("meets a counter-accusation from"),
    "responds_to": lazy("is responded to by"),
    "part_of": lazy("has as a part"),
    "context_for": lazy("has as context"),
}
# For the "disputed" cell, which has to name who disputes.
DISPUTED_BY: Words = {
    "denies": lazy("Denied by"),
    "rebuts": lazy("Rebutted by"),
    "contradicts": lazy("Contradicted by"),
}


def word(words: Words, code: object) -> str:
    """The printed word for a code."""
    key = str(code)
    return str(words.get(key, key.replace("_", " ")))


def says(*, voice: str, named: bool) -> str:
    """What stands between a claimant's name and the statement."""
    if voice == "publisher":
        return _("in its own voice:") if named else ""
    return _("says:")
