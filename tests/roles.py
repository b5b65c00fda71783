"""Who may open which address: every one of the site, for every role.

`tests/test_every_address.py` asks all of them. An address that is missing here fails that test:
add a `Page` with its name (or its route, where it has none), how to make its address, and who is
let in. A model in the admin is one `Model`. Then `python -m tests.roles` writes the table of
docs/roles.md anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent / "docs" / "roles.md"
BEGIN, END = "<!-- written by python -m tests.roles -->\n", "<!-- to here -->\n"

# `reader` has an account that may not enter the desk, `staff` one that may and has no role.
PEOPLE = (
    *("visitor", "reader", "staff", "contributor"),
    *("reviewer", "publisher", "administrator", "superuser"),
)
EVERYBODY = frozenset(PEOPLE)
ACCOUNTS = EVERYBODY - {"visitor"}
DESK = ACCOUNTS - {"reader"}
ROLES = DESK - {"staff"}
WRITERS = frozenset({"contributor", "reviewer", "superuser"})
REVIEWERS = frozenset({"reviewer", "superuser"})
PUBLISHERS = frozenset({"publisher", "superuser"})
ADMINISTRATORS = frozenset({"administrator", "superuser"})
SUPERUSERS = frozenset({"superuser"})
NOBODY: frozenset[str] = frozenset()

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"

# What an answer is, in a word.
IN, LOGIN, NO = "in", "asked to sign in", "refused"


@dataclass(frozen=True)
class Page:
    """Addresses that let the same people in. `to` are the arguments, from what is on file.

    `answer` says what those who are let in get, where it is no page; `asks` is the request.
    """

    names: tuple[str, ...]
    who: frozenset[str]
    to: Callable[[dict[str, Any]], list[Any]] = lambda known: []
    answer: str = IN
    others: str = ""  # what everybody else is told; "" for what the desk says
    but: dict[str, str] = field(default_factory=dict)  # what some are told instead
    asks: str = "get"
    query: dict[str, str] = field(default_factory=dict)
    says: str = ""  # its row in docs/roles.md

    def expected(self, person: str) -> str:
        if person in self.but:
            return self.but[person]
        if person in self.who:
            return self.answer
        return self.others or (NO if person in DESK else LOGIN)


@dataclass(frozen=True)
class Model:
    """A model in the admin: its list, its form, its history, adding and removing a row."""

    name: str
    says: str
    view: frozenset[str] = SUPERUSERS
    add: frozenset[str] = NOBODY
    change: frozenset[str] = NOBODY
    delete: frozenset[str] = NOBODY

    def pages(self) -> Iterator[Page]:
        def row(known: dict[str, Any]) -> list[Any]:
            return [known[self.name]]

        name = f"admin:{self.name}"
        yield Page((f"{name}_changelist",), self.view, says=f"{self.says}: read")
        yield Page((f"{name}_change", f"{name}_history"), self.view, row)
        yield Page((f"{name}_add",), self.add, says=f"{self.says}: add")
        yield Page((f"{name}_change",), self.change, row, asks="post", says=f"{self.says}: change")
        yield Page((f"{name}_delete",), self.delete, row, says=f"{self.says}: remove")


def public(*names: str, to: Callable[[dict[str, Any]], list[Any]] = lambda known: []) -> Page:
    return Page(names, EVERYBODY, to)


def own(*names: str, answer: str = IN, **more: Any) -> Page:
    """A page of one's own account."""
    return Page(names, ACCOUNTS, answer=answer, others=LOGIN, **more)


def move(action: str, who: frozenset[str], says: str) -> Page:
    return Page(
        ("admin:claims_claim_move",), who, lambda known: [known["claims_claim"], action], says=says
    )


def ref(known: dict[str, Any]) -> list[Any]:
    return [known["ref"]]


PUBLIC = [
    Page(
        ("home", "claims", "events", "agents", "statuses", "how-we-verify", "corrections"),
        EVERYBODY,
        says="public pages and the API",
    ),
    Page(("complain", "suggest"), EVERYBODY, says="write to the desk"),
    public("desk-page", to=lambda known: ["about"]),
    public("receipt", to=lambda known: [known["receipt"]]),
    public("claim", to=ref),
    public("claim-edition", to=lambda known: [known["ref"], 1]),
    public("claim-compare", to=lambda known: [known["ref"], 1, 1]),
    public("claim-compare-choose", to=ref),
    public("claim-timemap", to=ref),
    public(
        *("edition-json", "edition-content", "edition-jsonld"),
        *("edition-csl", "edition-bib", "edition-ris"),
        to=lambda known: [known["ref"], 1],
    ),
    public("ld-context"),
    public("claim-embed", to=ref),
    public("edition-embed", "edition-card", "edition-pdf", to=lambda known: [known["ref"], 1]),
    public("embed-script"),
    Page(("oembed",), EVERYBODY, answer="400"),  # it has to be told which page
    public("event", to=lambda known: [known["event_ref"]]),
    public("sitemap", "robots", "opensearch"),
    public("sitemap-part", to=lambda known: ["claim", 1]),
    public("claims-feed", "corrections-feed", to=lambda known: ["atom"]),
    public("event-feed", to=lambda known: [known["event_ref"], "atom"]),
    public("agent-feed", to=lambda known: [known["agent_ref"], "atom"]),
    public("agent", to=lambda known: [known["agent_ref"]]),
    public("source", to=lambda known: [known["source_ref"]]),
    public("api-reference"),
    public("api-guide", to=lambda known: ["quick-start"]),
    public("api-script", to=lambda known: ["sync_client.py"]),
    public("fetch-claim-reviews", "fetch-services"),
    Page(("google-claims-search",), EVERYBODY, query={"query": "a"}),
    public("api-docs", "api-schema", "api-claims", "api-changes", "api-statuses"),
    public("api-index", "api-all-editions", "api-corrections", "api-datafeed", "api-pages"),
    public("api-events", "api-agents", "api-sources"),
    public("api-agent", to=lambda known: [known["agent_ref"]]),
    Page(  # it has to be told which part
        ("api-agent-claims",), EVERYBODY, lambda known: [known["agent_ref"]], answer="400"
    ),
    public("api-source", "api-source-claims", to=lambda known: [known["source_ref"]]),
    public("api-edition-by-digest", to=lambda known: [known["digest"]]),
    public("api-claim", "api-editions", to=ref),
    public("api-edition", to=lambda known: [known["ref"], "1"]),
    public("api-exports"),
    public("api-export", to=lambda known: [known["exports_export"]]),
    public("api-export-file", to=lambda known: [known["export_manifest"]]),
    Page(("api-export-stream",), EVERYBODY, answer="401"),  # who has a key is no role of the desk
    public("api-event", to=lambda known: [known["event_ref"]]),
    Page(("api-proposals",), EVERYBODY, answer="401"),  # who has a key is no role of the desk
    Page(("api-proposal",), EVERYBODY, lambda known: ["A" * 22], answer="401"),
    Page(("api-me", "api-keys"), EVERYBODY, answer="401"),  # a key is asked for, not an account
    Page(("api-key",), EVERYBODY, ref, answer="401"),
    Page(("api-webhooks",), EVERYBODY, answer="401"),
    Page(("api-webhook", "api-deliveries"), EVERYBODY, lambda known: [UNKNOWN_ID], answer="401"),
    Page(  # asked with POST
        ("api-webhook-secret", "api-webhook-test"),
        EVERYBODY,
        lambda known: [UNKNOWN_ID],
        answer="401",
        asks="post",
    ),
    Page(("api-delivery",), EVERYBODY, lambda known: [UNKNOWN_ID] * 2, answer="401"),
    Page(("api-redeliver",), EVERYBODY, lambda known: [UNKNOWN_ID] * 2, answer="401", asks="post"),
    public("account_inactive", "account_reset_password", "account_reset_password_done"),
    public("account_reset_password_from_key_done"),
    public("account_reset_password_from_key", to=lambda known: ["1", "no-key"]),
    public("account_login"),
]
ACCOUNT = [
    Page(
        ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"),
        ACCOUNTS,
        others=LOGIN,
        says="one’s own password, second factors and sessions",
    ),
    own("account_logout", "mfa_login_webauthn"),
    own("mfa_authenticate"),  # between password and desk; afterwards it leads on
    own("usersessions_list", "account_change_password", "account_set_password"),
    own("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    own("mfa_deactivate_totp", "mfa_view_recovery_codes", answer="404"),  # there is none yet
    own("mfa_download_recovery_codes", answer="404"),
    own("mfa_generate_recovery_codes"),
    own("mfa_edit_webauthn", "mfa_remove_webauthn", answer="404", to=lambda known: [1]),
    own("account_go_on", answer="404", to=lambda known: ["key"]),
]
SITE = [
    Page(("admin:index",), DESK, says="the desk’s home"),
    Page(("admin:login",), DESK, but={"reader": NO}),
    Page(("admin:jsi18n",), DESK),
    Page(("admin:password_change", "admin:password_change_done"), DESK),
    Page(("admin:notices", "admin:preferences"), ROLES, says="one’s own notices and preferences"),
    Page(("admin:numbers",), ROLES, says="the desk in numbers"),
    Page(("admin:numbers_file",), ROLES, lambda known: ["throughput"]),
    Page(("desk-language",), EVERYBODY, answer="405"),
    Page(("admin:view_on_site",), DESK, lambda known: [0, 0], answer="404"),
    Page(("admin:app_list",), ROLES, lambda known: ["claims"], but={"staff": "404"}),
    Page(
        ("admin:autocomplete",),
        ROLES,
        query={"app_label": "claims", "model_name": "evidence", "field_name": "source"},
    ),
]
MOVES = [
    move("submit", WRITERS, "submit a claim"),
    move("take_back", WRITERS, "take a claim back"),
    move("revise", WRITERS, "open a published claim for revision"),
    move("approve", REVIEWERS, "approve what one did not write"),
    move("request_changes", REVIEWERS, "request changes"),
    move("comment", REVIEWERS, "comment on a claim in review"),
    move("publish", PUBLISHERS, "publish what was approved"),
    move("retract", PUBLISHERS, "retract"),
    move("redact", PUBLISHERS, "take earlier editions out of the record"),
    move("split", WRITERS, "split a part off a claim"),
    move("merge", PUBLISHERS, "merge a claim into another"),
    Page(("admin:claims_claim_preview",), ROLES, lambda known: [known["claims_claim"]]),
    Page(
        ("admin:claims_claim_review",),
        ROLES,
        lambda known: [known["claims_claim"]],
        says="read the review screen",
    ),
    Page(
        ("admin:claims_claim_assign",),
        WRITERS,
        lambda known: [known["claims_claim"]],
        says="assign a claim",
    ),
    Page(
        ("admin:claims_assignment_take", "admin:claims_assignment_done"),
        DESK,
        lambda known: [known["claims_assignment"]],
        answer="405",  # asked with a button, never with a link
    ),
    Page(("admin:claims_claim_bulk",), ROLES),
    Page(
        ("admin:claims_claim_similar", "admin:claims_claim_role"),
        ROLES,
        says="look for similar claims",
    ),
    Page(
        ("admin:claims_claim_file_answer",),
        WRITERS,
        lambda known: [known["claims_claim"], known["claims_replyrequest"]],
        answer="404",  # there is no answer yet
    ),
]
DUPLICATES = [
    Page(
        (f"admin:{model}_merge",),
        REVIEWERS,
        lambda known, model=model: [known[model]],  # type: ignore[misc]
        says=f"merge duplicate {what}",
    )
    for model, what in (
        ("sources_agent", "agents"),
        ("sources_source", "sources"),
        ("claims_event", "events"),
    )
]
MODELS = [
    Model("claims_claim", "claims", ROLES, WRITERS, WRITERS),
    Model("claims_event", "events", ROLES, WRITERS, WRITERS, delete=SUPERUSERS),
    Model("sources_agent", "agents", ROLES, WRITERS, WRITERS, delete=SUPERUSERS),
    Model("sources_source", "sources", ROLES, WRITERS, WRITERS, delete=SUPERUSERS),
    Model("claims_assignment", "assignments", ROLES, WRITERS, WRITERS, delete=WRITERS),
    Model("claims_move", "moves", view=ROLES),
    Model("claims_review", "reviews", view=ROLES),
    Model("claims_contribution", "contributions", view=ROLES),
    Model("editions_edition", "editions", view=ROLES),
    Model("intake_letter", "letters of readers, without how to reach them", ROLES, change=ROLES),
    Model("intake_proposal", "proposals of partners", ROLES),
    Model(
        "editions_pagetext",
        "texts of our own pages",
        view=ADMINISTRATORS,
        add=ADMINISTRATORS,
    ),
    Model(
        "claims_verificationstatus",
        "the vocabulary",
        view=ROLES,
        add=ADMINISTRATORS,
        change=ADMINISTRATORS,
    ),
    Model(
        "partners_partner",
        "partners and their keys",
        view=ADMINISTRATORS,
        add=ADMINISTRATORS,
        change=ADMINISTRATORS,
    ),
    Model(
        "auth_user",
        "accounts",
        view=ADMINISTRATORS,
        add=ADMINISTRATORS,
        change=ADMINISTRATORS,
    ),
    Model("exports_export", "exports of the record", view=ADMINISTRATORS),
    Model("auth_group", "roles", view=ADMINISTRATORS),
    Model("claims_rolechange", "changes of roles", view=ADMINISTRATORS),
    Model("sources_protectedview", "views of protected sources", view=ADMINISTRATORS),
    Model("webhooks_endpoint", "where messages to partners go", view=ADMINISTRATORS),
    Model("webhooks_delivery", "what became of messages to partners", view=ADMINISTRATORS),
    Model("django_ox_oxtask", "background tasks"),
    Model("django_ox_oxschedule", "schedules", SUPERUSERS, SUPERUSERS, SUPERUSERS, SUPERUSERS),
]
LETTERS = [
    Page(
        ("admin:intake_letter_take",),
        DESK,
        lambda known: [known["intake_letter"]],
        answer="405",  # asked with a button, never with a link
    ),
    Page(
        ("admin:intake_proposal_take", "admin:intake_proposal_file"),
        DESK,
        lambda known: [known["intake_proposal"]],
        answer="405",
    ),
    Page(
        ("admin:intake_proposal_decline",),
        ROLES,
        lambda known: [known["intake_proposal"]],
        says="take and decline proposals",
    ),
    Page(
        ("admin:intake_proposal_begin",),
        WRITERS,
        lambda known: [known["intake_proposal"]],
        says="begin a claim from a proposal",
    ),
]
ENDPOINTS = [
    Page(
        ("admin:webhooks_endpoint_switch",),
        DESK,
        lambda known: [known["webhooks_endpoint"], "off"],
        answer="405",  # asked with a button, never with a link
    ),
    Page(
        ("admin:webhooks_delivery_again",),
        ADMINISTRATORS,
        lambda known: [known["webhooks_delivery"]],
        asks="post",
        says="send a message to a partner again",
    ),
    Page(
        ("admin:webhooks_endpoint_switch",),
        ADMINISTRATORS,
        lambda known: [known["webhooks_endpoint"], "on"],
        asks="post",
        says="switch endpoints of partners off and on",
    ),
]
PARTNERS = [
    Page(
        ("admin:partners_partner_make_key",),
        ADMINISTRATORS,
        lambda known: [known["partners_partner"]],
        says="make keys for partners, revoke them, suspend partners",
    ),
    Page(
        ("admin:partners_partner_suspend", "admin:partners_partner_resume"),
        DESK,
        lambda known: [known["partners_partner"]],
        answer="405",  # asked with a button, never with a link
    ),
    Page(
        ("admin:partners_partner_revoke_key",),
        DESK,
        lambda known: [known["partners_partner"], 1],
        answer="405",
    ),
]
ACCOUNTS_OF_OTHERS = [
    Page(
        ("admin:auth_user_password_change", "admin:auth_user_second_factor"),
        ADMINISTRATORS,
        lambda known: [known["auth_user"]],
        says="set the password of others, remove their second factors",
    ),
]
EXPORTS = [
    Page(
        ("admin:exports_export_make",),
        DESK,
        lambda known: ["latest"],
        answer="405",  # asked with a button, never with a link
    ),
]
PAGES = [
    *PUBLIC,
    *ACCOUNT,
    *SITE,
    *MOVES,
    *DUPLICATES,
    *(page for model in MODELS for page in model.pages()),
    Page(("admin:django_ox_oxtask_overview",), SUPERUSERS),
    *LETTERS,
    *ENDPOINTS,
    *PARTNERS,
    *EXPORTS,
    *ACCOUNTS_OF_OTHERS,
]

# Addresses without a name, by their route: they lead to one with a name, or nowhere; and signing
# out, which is not asked for here since it would work.
UNNAMED = {
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    "api/": EVERYBODY,
    "v1alpha1/": EVERYBODY,
    "claims/<mistyped_ref:ref>/": EVERYBODY,
    "claims/<mistyped_ref:ref>/v<number:number>/": EVERYBODY,
    "claims/<mistyped_ref:ref>/compare/<number:older>/<number:newer>/": EVERYBODY,
    "events/<mistyped_ref:ref>/": EVERYBODY,
    "agents/<mistyped_ref:ref>/": EVERYBODY,
    "sources/<mistyped_ref:ref>/": EVERYBODY,
    "admin/(?P<url>.*)$": DESK,
    "admin/*/*/<path:object_id>/": DESK,
}
NOT_ASKED = {"admin:logout"}

HEADINGS = {
    "visitor": "a reader",
    "staff": "at the desk, no role",
    **{role: role for role in ("contributor", "reviewer", "publisher", "administrator")},
    "superuser": "superuser",
}


def table() -> str:
    """The table of docs/roles.md, from the same rows that the test asks."""
    lines = [f"| | {' | '.join(HEADINGS.values())} |", "|---|" + ":-:|" * len(HEADINGS)]
    for page in PAGES:
        if page.says and page.who:
            marks = " | ".join("yes" if person in page.who else "–" for person in HEADINGS)
            lines.append(f"| {page.says} | {marks} |")
    return "\n".join(lines) + "\n"


def written() -> str:
    return DOCS.read_text().partition(BEGIN)[2].partition(END)[0]


def main() -> None:
    before, _, rest = DOCS.read_text().partition(BEGIN)
    DOCS.write_text(f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}")


if __name__ == "__main__":
    main()
