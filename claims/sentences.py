"""What the database says when it refuses something about claims.

The sentences are said by triggers and functions, in `migrations`; they stand here once more so that
they can be translated. A test compares this list with what the database's functions hold.
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("The content is not what was submitted for review. Take the claim back and submit it again."),
    _("A reviewer has requested changes to exactly this content."),
    _("This content has %s of %s approvals by people who did not contribute to it."),
    _("A claim is never deleted."),
    _("A claim begins as a draft."),
    _("The state of a claim is changed by a recorded move only."),
    _("This claim is %s: take it back or revise it before you change it."),
    _("What belongs to one claim cannot be moved to another."),
    _("Claim %s is %s: take it back or revise it before you change what belongs to it."),
    _("A denial gives no figure: it is not a zero."),
    _("A translation is reviewed in one's own name."),
    _("Each question is answered with a status of its own."),
    _("This claim is %s, not in review."),
    _("This claim is now %s."),
    _("There is no review behind this move."),
    _("This claim has all the approvals it needs."),
    _("There is no edition behind this move."),
    _("There is no such claim on the desk."),
    _("Only what is published can be retracted."),
    _("This claim is %s: only an approved claim can be published."),
    _("The harm level of the content is not that of the claim."),
    _("A remark belongs to a review of one's own."),
    _("You contributed to this claim since its last edition: somebody else has to approve it."),
    _("An edition is published by a recorded move only."),
    _("A retraction keeps the citation of the last edition and gives a reason, nothing else."),
    _("The content of an edition speaks of another claim."),
    _("What was published is never changed or removed; publish a new edition."),
    _("A redaction names the editions that it takes out of the record, and no other edition does."),
    _("A redaction names earlier editions of its claim that still hold their content, each once."),
    _("“No answer” can be noted from the day after the deadline."),
    _("A claim is not merged into itself: choose another one."),
    _(
        "A protected source is merged with a protected one only: what it says must not become"
        " public by a merge."
    ),
    _("A published claim is merged into another one that readers can see."),
    _(
        "Edition %(edition)s of claim %(claim)s mentions this: it stays on file, so that what"
        " was published can be looked up."
    ),
    _("One of the two was merged into another already: choose the one that stands."),
    _(
        "Readers are led to another claim from here: publish this one again before you merge "
        "it elsewhere."
    ),
    _("The claim you chose was merged into another or retracted: choose one that stands."),
    _("The kind of the edition is not the one its content gives."),
    _("There is no claim that was split off."),
    _("This is more than a minor edit: call it an update or a correction."),
    _("This names something that was merged into another: choose the one that stands."),
    _("This was merged into another and is kept as it was: change the one that stands."),
    _("Your account or your right to review is new: you may approve from %(moment)s on."),
    _("Only what is published leaves a notice when it is merged."),
    _(
        "The notice of a merge keeps the citation of the last edition, names the other claim "
        "and gives a reason, nothing else."
    ),
)
