"""The review screen: what is judged, what it rests on, and the judgement, on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.editions.models import Edition
from claims.models import Claim, Evidence
from claims.moves import APPROVE
from claims.review.checklist import approvals, contributes, submitted_digest, to_know
from claims.review.content import Candidate
from claims.review.remarks import Letter, by_part, conversation, parts_of
from claims.review.warnings import warnings
from claims.web.comparison import Names, Part, changed, parts
from claims.web.origins import origins
from claims.web.sections import PARTS
from sources.models import Source

from .moving import LONGEST_NOTE
from .record import headline

COMMENT = "comment"
REMARK = "remark-"
SEEN = "claims.review.seen"
VIEWS = ("parts", "page")  # part by part, or the page as it would be published


class ReviewForm(forms.Form):
    """What a reviewer says: a note, and a remark on any part. Nothing here changes the claim."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    # The digest of what was on the screen when they decided, and that content itself.
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, action: str, content: Candidate, data: Any = None) -> None:
        super().__init__(data)
        self.action, self.content = action, content
        self.fields["note"].widget.attrs.pop("maxlength", None)  # it would cut off without a word
        for part in parts_of(content.document):
            self.fields[REMARK + part] = forms.CharField(
                required=False,
                max_length=LONGEST_NOTE,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )
            self.fields[REMARK + part].widget.attrs.pop("maxlength", None)

    @property
    def homeless(self) -> list[str]:
        """Remarks on parts that are not there any more: shown, so that they are not lost."""
        return [
            str(text)
            for name, text in self.data.items()
            if name.startswith(REMARK) and name not in self.fields and str(text).strip()
        ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        boxes = {name: said.pop(name) for name in list(said) if name.startswith(REMARK)}
        remarks = {name.removeprefix(REMARK): text for name, text in boxes.items() if text}
        if self.homeless and said.get("digest") == self.content.digest:
            self.add_error(None, _("This content has no such part: put the remark somewhere else."))
        if not (said.get("note") or remarks or self.errors) and self.action != APPROVE.action:
            self.add_error(
                "note", _("Say it here or at a part: nobody can act on a decision without words.")
            )
        return said | {"remarks": remarks}

    def seen_before(self, content: Candidate) -> dict[str, Any] | None:
        """What was on the reviewer's screen, if that is not the content any more."""
        if not self.is_bound or self.data.get("digest") == content.digest:
            return None
        try:
            seen: dict[str, Any] = signing.loads(self.data.get("seen", ""), salt=SEEN)
        except signing.BadSignature:
            return None
        return seen


def sealed(content: Candidate) -> str:
    """The content on the screen, to come back with the decision: it is kept nowhere else, and
    when it was replaced meanwhile the reviewer can be shown what changed."""
    return signing.dumps(content.document, salt=SEEN, compress=True)


@dataclass(frozen=True)
class Piece:
    """One part on the screen, with what was said of it and the box to say more."""

    part: Part
    box: forms.BoundField | None
    remarks: list[tuple[Letter, str]]
    number: int | None = None  # of the report, in the drawing
    protected: Evidence | None = None  # for those only who may see it

    @property
    def is_open(self) -> bool:
        """Folded away is what did not change and what nobody speaks of."""
        return self.part.differs or bool(self.remarks) or bool(self.box and self.box.value())


def screen(
    claim: Claim, user: User, content: Candidate, last: Edition | None, form: ReviewForm | None
) -> dict[str, Any]:
    """All that the page shows. Without a form it is there to be read."""
    before = last.last_words if last else None
    meanwhile = form.seen_before(content) if form else None
    documents = [document for document in (before, meanwhile, content.document) if document]
    names = _names(documents)
    letters = conversation(claim, content.digest)
    graph = origins(content.document)
    said = by_part(letters)
    protected = _protected(claim, user)
    numbers = {
        f"evidence/{item['ref']}": graph.number_of(item) for item in content.document["evidence"]
    }
    pieces = [
        Piece(
            part,
            form[REMARK + part.key] if form and REMARK + part.key in form.fields else None,
            said.pop(part.key, []),
            numbers.get(part.key),
            protected.get(part.key),
        )
        for part in parts(before, content.document, names)
    ]
    return {
        "before": last,
        "before_name": _("Edition %(number)s") % {"number": last.number} if last else "",
        "pieces": [piece for piece in pieces if not _rests_on(piece.part)],
        "evidence": [piece for piece in pieces if piece.part.key.startswith("evidence/")],
        "independence": next(piece for piece in pieces if piece.part.key == "independence"),
        "other_numbers": changed(
            piece.part for piece in pieces if piece.part.key == "independence"
        ),
        "numbers": content.document["independence"],
        "graph": graph,
        "jumps": [piece for piece in pieces if piece.part.differs or piece.remarks],
        "what_changed": changed(parts(meanwhile, content.document, names)) if meanwhile else [],
        "meanwhile": meanwhile is not None,
        "letters": letters,
        "lost_remarks": [pair for pairs in said.values() for pair in pairs],
        "approvals": approvals(claim, content.digest),
        "contributes": contributes(claim, user),
        "to_know": to_know(claim, content),
        "warnings": warnings(claim, content.document),
        "as_submitted": submitted_digest(claim) in ("", content.digest),
        "sealed": sealed(content) if form else "",
    }


def _rests_on(part: Part) -> bool:
    return part.key == "independence" or part.key.startswith("evidence/")


def _names(documents: Iterable[Mapping[str, Any]]) -> Names:
    """What the related claims say, claimant first."""
    refs = {item["claim"] for document in documents for item in document["relations"]}
    claims = Claim.objects.filter(ref__in=refs).select_related("claimant")
    return {claim.ref: headline(claim) for claim in claims}


def _protected(claim: Claim, user: User) -> dict[str, Evidence]:
    """What this person may see of pieces that readers know by a placeholder only."""
    visible = Source.objects.visible_to(user).filter(access="protected")
    rows = claim.evidence.filter(source__in=visible).select_related("source__publisher")
    return {f"evidence/{row.ref}": row for row in rows}


@dataclass(frozen=True)
class Told:
    """One review on the claim's own page, its remarks under the names of the parts."""

    letter: Letter
    remarks: list[tuple[str, str]]


def reviews_of(claim: Claim, content: Candidate) -> list[Told]:
    """What reviewers said of this claim since its last edition, for those who work on it."""
    titles = {key: str(title) for key, title in PARTS.items()}
    for item in content.document["evidence"]:
        source = item["source"]
        titles[f"evidence/{item['ref']}"] = _("Evidence: %(source)s") % {
            "source": source.get("title") or source["placeholder"]
        }
    gone = _("A piece of evidence that is not there any more")
    return [
        Told(letter, [(titles.get(part, gone), text) for part, text in letter.remarks])
        for letter in conversation(claim, content.digest)
    ]
