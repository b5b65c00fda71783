"""The browser of the browser tests: one that is there, else one that this machine may install.

`python -m tests.chromium` finds or fetches it; the tests themselves only look.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
# The site draws share images and PDFs with Pango; the tests look at those too.
DRAWING = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core")
PACKAGES = ("chromium", *DRAWING)
MISSING = (
    "No Chromium was found: set CHROMIUM to its path, install one with your system's packages, "
    "or run `.venv/bin/playwright install chromium`."
)
# Nothing but our pages: no update, no account, no telemetry, and no first-run page.
ARGUMENTS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The path of a Chromium: named in CHROMIUM, on the PATH, or Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def can_draw() -> bool:
    """Whether WeasyPrint finds what it needs. Asked in a process of its own: it is remembered."""
    asked = [sys.executable, "-c", "import weasyprint"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def add(packages: tuple[str, ...]) -> None:
    """By the system's packages, where we are root and they are Debian's."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-qy", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", *command], env=quiet, stdout=sys.stderr, check=False)


def install() -> None:
    """By the system's packages where they have one, else by Playwright."""
    add(PACKAGES)
    if find() is None:
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"],
            stdout=sys.stderr,
            check=False,
        )


def main() -> int:
    if find() is None:
        install()
    if not can_draw():
        add(DRAWING)
    path = find()
    sys.stderr.write(f"Chromium: {path}\n" if path else f"{MISSING}\n")
    return 0  # the browser tests fail by themselves, and say the same


if __name__ == "__main__":
    sys.exit(main())
