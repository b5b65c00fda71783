"""The words of the ground floor. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgentKind(TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    ARMED_GROUP = "armed_group", _("armed group")
    STATE_BODY = "state_body", _("state body")
    OUTLET = "outlet", _("news outlet")
    WIRE_AGENCY = "wire_agency", _("wire agency")
    INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental body")
    PLATFORM_ACCOUNT = "platform_account", _("platform account")


class NameKind(TextChoices):
    NAME = "name", _("name")
    ALIAS = "alias", _("alias")
    ACRONYM = "acronym", _("acronym")
    TRANSLITERATION = "transliteration", _("transliteration")


class Reliability(TextChoices):
    """Reliability of an agent: the letters of the Admiralty code (NATO AJP-2.1)."""

    A = "A", _("A · completely reliable")
    B = "B", _("B · usually reliable")
    C = "C", _("C · fairly reliable")
    D = "D", _("D · not usually reliable")
    E = "E", _("E · unreliable")
    F = "F", _("F · reliability cannot be judged")


class SourceKind(TextChoices):
    ARTICLE = "article", _("article")
    STATEMENT = "statement", pgettext_lazy("kind of source", "statement")
    POST = "post", _("post")
    VIDEO = "video", _("video")
    IMAGE = "image", _("image")
    DOCUMENT = "document", _("document")
    DATASET = "dataset", _("dataset")
    TESTIMONY = "testimony", _("testimony")


class Access(TextChoices):
    """Who may know the source. Protected: the public reads a placeholder and nothing else."""

    PUBLIC = "public", _("public")
    RESTRICTED = "restricted", _("restricted: cited, the material itself stays here")
    PROTECTED = "protected", _("protected: the public reads a placeholder only")


class DerivationKind(TextChoices):
    WIRE_REPRINT = "wire_reprint", _("reprints the wire")
    REWRITE = "rewrite", _("rewrites")
    TRANSLATION = "translation", _("translates")
    QUOTES = "quotes", _("quotes")
    SAME_STATEMENT = "same_statement", _("carries the same statement")
    SAME_FOOTAGE = "same_footage", _("carries the same footage")


class DerivationCertainty(TextChoices):
    SUSPECTED = "suspected", _("suspected")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")
