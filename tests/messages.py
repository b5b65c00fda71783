"""GNU gettext, which gathers the words for translation and checks what translators wrote.

`python -m tests.messages` finds or fetches it; the tests themselves only look.
"""

import os
import shutil
import subprocess
import sys

PROGRAMS = ("xgettext", "msguniq", "msgmerge", "msgattrib", "msgfmt")
MISSING = (
    "GNU gettext was not found: install it with your system's packages (Debian: gettext), so that "
    "words can be gathered and checked."
)


def found() -> bool:
    return all(shutil.which(program) for program in PROGRAMS)


def install() -> None:
    """By the system's packages, where we are root and they have it."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-qy", "--no-install-recommends", "gettext"]):
            subprocess.run(["apt-get", *command], env=quiet, stdout=sys.stderr, check=False)


def main() -> int:
    if not found():
        install()
    sys.stderr.write("GNU gettext: found\n" if found() else f"{MISSING}\n")
    return 0  # what needs it fails by itself, and says the same


if __name__ == "__main__":
    sys.exit(main())
