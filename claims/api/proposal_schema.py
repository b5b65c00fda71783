"""How proposals are described: what is sent, what is answered."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
)

from . import contract, proposal_answers
from .proposed import ClaimProposal, SourceProposal
from .schema import CURSOR, LIMIT, LINK, PROBLEM, TOTAL

_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": '^"[!#-\\[\\]-~]{1,255}"$', "examples": ['"8e03978e-40d5-43e8"']},
    OpenApiParameter.HEADER,
    required=True,
    description=(
        "Your own word for this proposal, such as a UUID. The same key with the same proposal is "
        "answered as it was the first time, and nothing is filed twice; with another one it is "
        "refused (422). We keep it as long as the proposal: for ever."
    ),
)
_TICKET = OpenApiParameter(
    "ticket",
    proposal_answers.HEAD["id"],
    OpenApiParameter.PATH,
    description="The `id` of your proposal.",
)
_LOCATION = OpenApiParameter(
    "Location",
    {"type": "string", "format": "uri-reference"},
    OpenApiParameter.HEADER,
    description="Where to ask what became of it.",
    required=True,
    response=[201],
)


def _operation(
    name: str, summary: str, component: str, *parameters: OpenApiParameter, status: int = 200,
    request: Any = None, **problems: str,
) -> Any:  # fmt: skip
    described: dict[Any, OpenApiResponse] = {
        status: OpenApiResponse(contract.component(component), "As asked."),
    }
    for code, words in (
        PROBLEMS | {key.removeprefix("on_"): words for key, words in problems.items()}
    ).items():
        described[int(code), PROBLEM] = OpenApiResponse(contract.component("Problem"), words)
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=["Proposals"],
        parameters=list(parameters),
        request=request,
        responses=described,
    )


PROBLEMS = {
    "400": "A parameter or a field cannot be read; it is named.",
    "401": "Send your key: `Authorization: Bearer …`.",
    "403": "This key may not do this.",
    "406": "We answer in JSON only.",
    "429": "Too many requests; `Retry-After` says when to go on.",
}
proposal_list = _operation(
    "proposals", "Your proposals, the latest first", "ProposalPage", CURSOR, LIMIT, TOTAL, LINK
)
proposal = _operation(
    "proposal", "What became of a proposal", "Proposal", _TICKET,
    on_404="You have made no proposal of this name.",
)  # fmt: skip
propose = _operation(
    "propose", "Propose a claim or a source", "Proposal", _KEY, _LOCATION, status=201,
    request={
        "application/json": PolymorphicProxySerializer(
            component_name="NewProposal",
            serializers={"claim": ClaimProposal, "source": SourceProposal},
            resource_type_field_name="kind",
        )
    },
    on_409="A request with this key is in flight, or too many of your proposals are undecided.",
    on_413="The body is larger than 64 KiB.",
    on_415="Send JSON: `Content-Type: application/json`.",
    on_422="Something else was proposed with this key.",
)  # fmt: skip
