"""What the desk sends by e-mail: to those who want it, in their language, and once.

A notice is locked while it is mailed and marked in the same transaction. A worker that dies between
the sending and the commit leaves it unmarked: it is then sent again. Twice is better than never.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from claims.choices import Mail, NoticeKind
from claims.models import Claim, Notice, Preferences

from .people import at_the_desk, name_of

log = logging.getLogger(__name__)

LONGEST = 50  # notices in one message; the others are counted


@dataclass(frozen=True)
class Line:
    """One notice as it is read: a sentence, and the claim with its claimant before it."""

    notice: Notice
    sentence: str

    @property
    def claim(self) -> Claim:
        return self.notice.claim


def lines(notices: Sequence[Notice]) -> list[Line]:
    return [Line(notice, sentence(notice)) for notice in notices]


def sentence(notice: Notice) -> str:
    """What has happened, in the reader's language. Nothing of a claim's sources is in it."""
    sentences = {
        NoticeKind.ASSIGNED: _("%(who)s gave this claim to you, or to a pool of yours."),
        NoticeKind.REVIEW: _("%(who)s submitted this claim: it waits for a review."),
        NoticeKind.PUBLISH: _("%(who)s gave the last approval: it waits for a publisher."),
        NoticeKind.RETURNED: _("%(who)s requests changes."),
        NoticeKind.LAPSED: _(
            "%(who)s submitted other content than you approved: your approval no longer counts."
        ),
        NoticeKind.COMMENTED: _("%(who)s commented on this claim."),
        NoticeKind.PUBLISHED: _("%(who)s published this claim."),
        NoticeKind.WITHDRAWN: _("%(who)s retracted this claim, or merged it into another."),
        NoticeKind.DUE_SOON: _("This claim is due on %(day)s."),
        NoticeKind.OVERDUE: _("This claim is overdue."),
        NoticeKind.REPLY_DUE: _("The deadline for a reply has come, and none is on file."),
    }
    day = date_format(notice.on)
    who = name_of(notice.by) if notice.by else _("Somebody")
    return sentences[NoticeKind(notice.kind)] % {"who": who, "day": day}


@task
def mail_at_once(user_id: int) -> int:
    """Send one person what they have not been told yet, if they want it at once."""
    if _wish(user_id) != Mail.AT_ONCE:
        return 0
    return _mail(user_id)


@task
def send_digests() -> int:
    """Each morning: everybody who has something new to read and wants to be told gets one message.

    Answers with the number of people; each message is a task of its own, tried again by itself.
    """
    unread = Notice.objects.filter(read_at=None, mailed_at=None)
    silent = Preferences.objects.filter(mail=Mail.NONE).values("user")
    people = at_the_desk().exclude(email="").exclude(pk__in=silent)
    recipients = people.filter(pk__in=unread.values("recipient")).values_list("pk", flat=True)
    for pk in recipients:
        mail_digest.enqueue(pk)
    return len(recipients)


@task
def mail_digest(user_id: int) -> int:
    """One person's message of the day; a second one on the same day is not sent."""
    wish = _wish(user_id)
    mailed = Notice.objects.filter(recipient=user_id, mailed_at__date=timezone.localdate())
    if wish == Mail.NONE or (wish == Mail.DAILY and mailed.exists()):
        return 0
    return _mail(user_id)


def _wish(user_id: int) -> str:
    chosen = Preferences.objects.filter(user=user_id).values_list("mail", flat=True).first()
    return chosen or Mail.DAILY


def _mail(user_id: int) -> int:
    """One message with all that is new and unread. Answers with the number of notices in it."""
    reader = at_the_desk().exclude(email="").filter(pk=user_id).first()
    if reader is None:
        return 0
    with transaction.atomic():
        new = Notice.objects.filter(recipient=reader, read_at=None, mailed_at=None)
        locked = list(new.select_for_update(skip_locked=True).values_list("pk", flat=True))
        if not locked:
            return 0
        notices = Notice.objects.filter(pk__in=locked)
        _send(reader, notices, len(locked))
        notices.update(mailed_at=timezone.now())
    log.info("notices_mailed", extra={"recipient": reader.pk, "notices": len(locked)})
    return len(locked)


def _send(reader: User, notices: QuerySet[Notice], number: int) -> None:
    shown = notices.select_related("claim__claimant", "by").order_by("-at", "-pk")[:LONGEST]
    with override(language_of(reader)):
        subject = ngettext(
            "%(site)s: %(number)s notice from the desk",
            "%(site)s: %(number)s notices from the desk",
            number,
        ) % {"site": settings.SITE_NAME, "number": number}
        said = [
            (
                line,
                f"{settings.SITE_URL}{reverse('admin:claims_claim_change', args=[line.claim.pk])}",
            )
            for line in lines(list(shown))
        ]
        body = render_to_string(
            "mail/notices.txt",
            {
                "reader": name_of(reader),
                "lines": said,
                "more": number - len(said),
                "notices": _address("admin:notices"),
                "preferences": _address("admin:preferences"),
            },
        )
    EmailMessage(subject, body, to=[reader.email]).send()


def _address(name: str, *args: int) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def language_of(reader: User) -> str:
    """The language somebody chose for the desk, else the site's own."""
    chosen = Preferences.objects.filter(user=reader).values_list("language", flat=True).first()
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
