"""The desk in numbers: how much went through it, how long claims wait, and whose claims they were.

Counts only. Nothing is turned into a score: what a difference means is for people to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate, TruncWeek
from django.utils import timezone

from claims.choices import Axis, State
from claims.editions.choices import DISPUTING, RelationType
from claims.models import Claim, Move, VerificationStatus
from claims.moves import APPROVE, MERGE, PUBLISH, RETRACT, SUBMIT
from sources.models import Agent

A_WEEK = timedelta(weeks=1)
# The last day of each class of waiting, counted from the day it was submitted; then all beyond.
AGES = (1, 3, 7, 14, 30)

SUBMITTED, APPROVED, PUBLISHED, WITHDRAWN = "submitted", "approved", "published", "withdrawn"
STEPS = {
    SUBMIT.action: SUBMITTED,
    APPROVE.action: APPROVED,
    PUBLISH.action: PUBLISHED,
    RETRACT.action: WITHDRAWN,
    MERGE.action: WITHDRAWN,
}


def weeks_until_now(number: int) -> list[date]:
    """The Mondays of the last weeks, this one included, the oldest first."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    return [monday - A_WEEK * back for back in reversed(range(number))]


def beginning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def throughput(weeks: list[date]) -> dict[str, list[int]]:
    """How many claims took each step, week by week. An approval counts when it was the last one."""
    counted: dict[str, Counter[date]] = defaultdict(Counter)
    rows = (
        Move.objects.filter(at__gte=beginning(weeks[0]), action__in=STEPS)
        .exclude(action=APPROVE.action, to_state=State.IN_REVIEW)
        .annotate(week=TruncWeek("at"))
        .order_by()
        .values_list("action", "week")
        .annotate(number=Count("*"))
    )
    for action, week, number in rows:
        counted[STEPS[action]][timezone.localdate(week)] += number
    steps = dict.fromkeys(STEPS.values())
    return {step: [counted[step][week] for week in weeks] for step in steps}


@dataclass(frozen=True)
class Queue:
    """How long the claims that are in review have waited: by class of days, and the oldest.

    `classes` are (first day, last day or None for open, number of claims).
    """

    classes: list[tuple[int, int | None, int]]
    oldest: int | None

    @property
    def total(self) -> int:
        return sum(number for _first, _last, number in self.classes)


def queue() -> Queue:
    submitted = (
        Move.objects.filter(claim=OuterRef("pk"), action=SUBMIT.action)
        .order_by("-pk")
        .values("at")[:1]
    )
    by_day = (
        Claim.objects.filter(state=State.IN_REVIEW)
        .annotate(day=TruncDate(Coalesce(Subquery(submitted), "created_at")))
        .order_by()
        .values_list("day")
        .annotate(number=Count("pk"))
    )
    today = timezone.localdate()
    waited: Counter[int] = Counter()
    for day, number in by_day:
        waited[(today - day).days] += number
    classes, first = [], 0
    for last in (*AGES, None):
        inside = (
            number
            for days, number in waited.items()
            if days >= first and (last is None or days <= last)
        )
        classes.append((first, last, sum(inside)))
        first = (last or 0) + 1
    return Queue(classes, max(waited, default=None))


@dataclass(frozen=True)
class Finding:
    code: str
    label: str


@dataclass(frozen=True)
class Side:
    """What was found on the claims of one party, and on those about it; `None` is no party."""

    party: Agent | None
    by: Counter[str]
    about: Counter[str]


@dataclass(frozen=True)
class Balance:
    findings: list[Finding]
    sides: list[Side]


# A claim is a party's when the party makes it, or somebody who speaks or acts for it. It is about a
# party when the party was asked for a reply to it, or answers it in a published claim of its own.
BALANCE = """
WITH speaks (agent_id, party_id) AS (
  SELECT id, id FROM sources_agent WHERE party
  UNION SELECT a.agent_id, a.organisation_id
    FROM sources_affiliation a JOIN sources_agent o ON o.id = a.organisation_id WHERE o.party
),
published AS MATERIALIZED (
  SELECT c.id, c.ref, c.claimant_id, c.on_behalf_of_id, p.content_status AS finding
  FROM editions_publishedclaim p JOIN claims_claim c ON c.ref = p.ref
  WHERE p.published_at >= %(since)s AND NOT p.retracted
),
alike AS (
  SELECT claimant_id, on_behalf_of_id, finding, count(*) AS number FROM published GROUP BY 1, 2, 3
),
about AS MATERIALIZED (
  SELECT p.id, p.finding, s.party_id FROM published p
    JOIN claims_replyrequest r ON r.claim_id = p.id JOIN speaks s ON s.agent_id = r.party_id
  UNION SELECT p.id, p.finding, s.party_id FROM published p
    JOIN editions_publishedrelation r ON r.target = p.ref AND r.relation = ANY (%(answers)s)
    JOIN claims_claim c ON c.ref = r.source
    JOIN speaks s ON s.agent_id IN (c.claimant_id, c.on_behalf_of_id)
)
SELECT 'by', party_id, finding, sum(number)::bigint
  FROM alike LEFT JOIN LATERAL (
    SELECT DISTINCT party_id FROM speaks WHERE agent_id IN (claimant_id, on_behalf_of_id)
  ) AS theirs ON true GROUP BY 2, 3
UNION ALL SELECT 'about', party_id, finding, count(*) FROM about GROUP BY 2, 3
UNION ALL SELECT 'about', NULL, finding, sum(number)::bigint FROM (
    SELECT finding, number FROM alike
    UNION ALL SELECT finding, -count(DISTINCT id) FROM about GROUP BY 1
  ) AS others GROUP BY 3
"""
ANSWERS = [
    *DISPUTING,
    RelationType.COUNTER_ACCUSES,
    RelationType.RESPONDS_TO,
]


def balance(since: date) -> Balance:
    """Claims by and about each party to the conflict, by what was found, as the record stands.

    Claims whose latest edition is of this period and that are not withdrawn. A claim made by two
    parties, or about two, counts for each.
    """
    counted: dict[tuple[str, int | None], Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(
            BALANCE, {"since": beginning(since), "answers": [str(answer) for answer in ANSWERS]}
        )
        for question, party, finding, number in cursor.fetchall():
            counted[question, party][finding] += number
    parties: list[Agent | None] = [*Agent.objects.filter(party=True).order_by("name"), None]
    used = {code for counts in counted.values() for code in counts}
    sides = []
    for party in parties:
        key = party.pk if party else None
        sides.append(Side(party, counted["by", key], counted["about", key]))
    return Balance(_findings(used), sides)


def _findings(used: set[str]) -> list[Finding]:
    """Those that occur, in the order and words of the desk's vocabulary, retired ones too."""
    statuses = VerificationStatus.objects.filter(axis=Axis.CONTENT, code__in=used)
    return [Finding(status.code, str(status)) for status in statuses]
