"""`python -m tests.fuzz`: 20,000 requests for each role; the exit status tells."""

from __future__ import annotations

import argparse
import sys

from .site import bar, standing


def main() -> int:
    options = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    options.add_argument("-n", type=int, default=20_000, help="requests for each role")
    options.add_argument("--role", help="one role only")
    options.add_argument("--seed", type=int, default=1, help="another seed asks other things")
    asked = options.parse_args()
    with standing():
        from .people import ROLES
        from .run import fuzz

        if asked.role and asked.role not in ROLES:
            options.error(f"There is no such role: choose {', '.join(ROLES)}.")
        wrong: list[str] = []
        others: set[str] = set()
        for role in ROLES.values():
            # Whoever is led to what is another's needs somebody who has something.
            wanted = {asked.role, "partner"} if asked.role == "another" else {asked.role}
            if asked.role and role.name not in wanted:
                continue
            with bar(asked.n, role.name) as progress:
                number, found, met = fuzz(
                    role,
                    asked.n,
                    seed=asked.seed,
                    others=frozenset(others),
                    told=progress.update,
                )
            others |= met
            wrong += found
            summary = f"{role.name}: {number} requests, {len(found)} kinds of wrong answers"
            print("\n".join([summary, *found]), flush=True)  # noqa: T201
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
