"""One run: what schemathesis asks as one role, and what was wrong with the answers."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from .people import Role, headers_of, ids_in
from .site import application, mend_transport

DESCRIPTION = "/api/schema/"
# A description cannot say which dates, languages, refs and cursors there are, nor which fields go
# together: 400 names what is wrong there, and 422 the key that was used for something else.
REFUSED = ["2xx", "3xx", "400", "401", "403", "404", "409", "410", "422"]


def configured(cases: int, operations: int, seed: int, headers: dict[str, str]) -> Any:
    """All checks; a good half of the cases one by one, the rest in walks from answer to answer."""
    each = max(cases // (2 * operations), 5)
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "max-failures": 60,
            # A client without a socket does not undo what it says it can.
            "headers": {"Accept-Encoding": "identity"} | headers,
            "continue-on-failure": True,
            "workers": 1,
            "generation": {"mode": "all", "database": "none", "no-shrink": True},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": REFUSED},
                # Who may not ask at all is told so before what is missing.
                "missing_required_header": {"expected-statuses": ["400", "401", "403", "406"]},
            },
            "phases": {
                "examples": {"enabled": True},
                "coverage": {"enabled": True},
                "fuzzing": {"enabled": True, "generation": {"max-examples": each}},
                "stateful": {
                    "enabled": True,
                    "max-steps": 8,
                    "generation": {"max-examples": max(cases // 30, 5)},
                },
            },
        }
    )


def fuzz(
    role: Role,
    cases: int,
    *,
    seed: int,
    others: frozenset[str] = frozenset(),
    told: Callable[[], Any] = lambda: None,
) -> tuple[int, list[str], set[str]]:
    """Ask that often as this role: how often it was, what was wrong, and what ids were met.

    `others` are names of things that belong to somebody else; a role that `meets` them asks for
    them now and then, and must be told that there is nothing.
    """
    number, wrong, met = 0, dict[str, str](), set[str]()

    def asked() -> None:
        nonlocal number
        number += 1
        told()

    mend_transport()
    site = application(asked)
    headers = headers_of(role)
    operations = len(list(schemathesis.openapi.from_wsgi(DESCRIPTION, site).get_all_operations()))
    while number < cases:
        before = number
        config = configured(cases, operations, seed, headers)
        schema = schemathesis.openapi.from_wsgi(DESCRIPTION, site, config=config)
        if role.meets:
            lead_to(schema, sorted(others), random.Random(seed))
        stream = from_schema(schema).execute()
        for event in stream:
            if isinstance(event, events.NonFatalError | events.FatalError):
                fault = getattr(event, "value", None) or event.exception
                wrong[f"{type(fault).__name__}: {fault}"] = ""
            if isinstance(event, events.ScenarioFinished):
                met |= met_in(event.recorder)
                wrong |= failures_in(event.recorder)
            if number >= cases:
                stream.stop()
        if number == before:
            break
        seed += 1
    return number, [f"{role.name}: {title}\n{said}" for title, said in wrong.items()], met


def lead_to(schema: Any, others: list[str], chance: random.Random) -> None:
    """Every other address that names a thing names one of somebody else's."""

    def map_path_parameters(context: Any, path_parameters: dict[str, Any]) -> dict[str, Any]:
        if others and path_parameters and chance.random() < 0.5:
            return {name: chance.choice(others) for name in path_parameters}
        return path_parameters

    schema.hooks.hook("map_path_parameters")(map_path_parameters)


def met_in(recorder: Any) -> set[str]:
    """The names in answers that are for one partner alone."""
    met: set[str] = set()
    for interaction in recorder.interactions.values():
        answer = interaction.response
        if answer is None or "private" not in "".join(answer.headers.get("cache-control", [])):
            continue
        try:
            met |= ids_in(json.loads(answer.content))
        except ValueError:
            continue
    return met


def failures_in(recorder: Any) -> dict[str, str]:
    """What was wrong with which answer, and how to ask again."""
    found = {}
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.status != Status.FAILURE or check.failure_info is None:
                continue
            failure = check.failure_info.failure
            answer = recorder.find_response(case_id=case_id)
            case = recorder.cases[case_id].value
            title = f"{recorder.label}: {check.name}: {failure.title}"
            body = answer.content[:400].decode("utf-8", "replace") if answer else ""
            found[title] = (
                f"{failure.message[:600]}\n{check.failure_info.code_sample[:1500]}\n"
                f"{case.method} {answer and answer.status_code} {body}\n"
            )
    return found
