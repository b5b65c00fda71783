"""A child process that ends when we end it, and also when we die without a word.

A shell holds one end of a pipe whose other end is ours. When the pipe closes, for whatever reason,
it signals the child and waits. Ctrl-C in the terminal reaches us alone, and we stop our children in
order.
"""

import contextlib
import os
import signal
import subprocess
from pathlib import Path
from typing import IO, Any

KEEPER = """
exec 3<&0
"$@" 3<&- & child=$!
(cat <&3 >/dev/null; kill -s "$SIGNAL_AT_THE_END" $child 2>/dev/null) &
{ wait $child; } 2>/dev/null; status=$?
[ -z "$REMOVE_AFTERWARDS" ] || rm -rf -- "$REMOVE_AFTERWARDS"
exit $status
"""


class Kept:
    """A command that runs until `stop`, and a folder to remove after it, if one is named."""

    def __init__(
        self,
        command: list[str],
        *,
        environment: dict[str, str],
        cwd: Path,
        output: IO[bytes] | None = None,
        remove: Path | None = None,
        account: dict[str, Any] | None = None,
        signal_at_the_end: str = "TERM",
    ) -> None:
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", KEEPER, "keeper", *command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd=cwd,
            env={
                **environment,
                "REMOVE_AFTERWARDS": str(remove or ""),
                "SIGNAL_AT_THE_END": signal_at_the_end,
            },
            start_new_session=True,
            **(account or {}),
        )

    @property
    def exit_status(self) -> int | None:
        """None while it runs."""
        return self._keeper.poll()

    def stop(self, *, patience: float = 30) -> None:
        if self._keeper.stdin is not None:
            self._keeper.stdin.close()
        try:
            self._keeper.wait(patience)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._keeper.pid, signal.SIGKILL)
            self._keeper.wait()
