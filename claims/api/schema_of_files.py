"""The OpenAPI description of what is sent as a file or a stream."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from . import contract
from .exported import SHA256
from .schema import AFTER, NEWS, PROBLEM

PROBLEMS = {
    400: "A parameter is not known, or cannot be read; it is named.",
    404: "There is no such file. Exports are replaced: the list names those that are there.",
    503: "Others are taking files at the moment: come back (`Retry-After`).",
}
BY_KEY = {
    401: "No key, or one that is not valid.",
    403: "The key lacks the scope `bulk`.",
    429: "Too many requests: come back (`Retry-After`).",
}
RANGE = OpenApiParameter(
    "Range",
    str,
    OpenApiParameter.HEADER,
    description="`bytes=1000-`: go on with a download that broke off. One range at a time.",
)
IF_RANGE = OpenApiParameter(
    "If-Range",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of what you hold a part of: the whole is sent if that is another file.",
)


def _header(name: str, description: str, *statuses: int) -> OpenApiParameter:
    return OpenApiParameter(
        name,
        {"type": "string"},
        OpenApiParameter.HEADER,
        description=description,
        required=True,
        response=[*statuses],
    )


HEADERS = (
    _header("ETag", "The digest of the file.", 200, 206, 304, 416),
    _header("Repr-Digest", "The same (RFC 9530), of the whole file.", 200, 206, 416),
    _header("Accept-Ranges", "`bytes`", 200, 206),
    _header("Content-Range", "Which part this is.", 206, 416),
)
BINARY = {"type": "string", "format": "binary"}


NAME = OpenApiParameter(
    "name",
    {
        "type": "string",
        "pattern": f"{SHA256['pattern'].removesuffix('$')}\\.(json|ndjson\\.zst|csv|parquet)$",
    },
    OpenApiParameter.PATH,
    description="As the manifest names it; of the manifest itself its digest and `.json`.",
)
FILES = {
    "application/json": contract.component("Manifest"),
    "application/zstd": BINARY,
    "text/csv": BINARY,
    "application/vnd.apache.parquet": BINARY,
}


def _described(name: str, summary: str, *parameters: Any, **responses: Any) -> Any:
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=["The public record"],
        parameters=[*parameters],
        responses=responses["responses"],
    )


def _file(media_types: dict[str, Any], problems: dict[int, str]) -> dict[Any, OpenApiResponse]:
    answers: dict[Any, OpenApiResponse] = {
        304: OpenApiResponse(description="You hold it already."),
        416: OpenApiResponse(description="It has fewer bytes than that."),
    }
    for media_type, body in media_types.items():
        answers[200, media_type] = OpenApiResponse(body, "The file.")
        answers[206, media_type] = OpenApiResponse(BINARY, "The part of it that was asked for.")
    return answers | _problems(problems)


def _problems(problems: dict[int, str]) -> dict[Any, OpenApiResponse]:
    problem = contract.component("Problem")
    return {
        (status, PROBLEM): OpenApiResponse(problem, description)
        for status, description in problems.items()
    }


export_file = _described(
    "exportFile", "A file of an export", NAME, RANGE, IF_RANGE, NEWS, *HEADERS,
    responses=_file(FILES, PROBLEMS | BY_KEY),
)  # fmt: skip
export_stream = _described(
    "editionStream", "Every edition after a number, a line each", AFTER,
    responses={
        (200, "application/x-ndjson"): OpenApiResponse(
            {"type": "string"}, "A line an edition, as the address of the edition has it."
        ),
        **_problems({status: PROBLEMS[status] for status in (400, 503)} | BY_KEY),
    },
)  # fmt: skip
