"""What a deployment says of itself through its environment (see `.env.example`)."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

DEBUG = env.bool("DEBUG", False)
SITE_NAME = env.str("SITE_NAME", "Factcheck")


def required(name: str, meaning: str) -> str:
    """A setting without which nothing may start; who starts it reads one sentence, no traceback."""
    value = env.str(name, "")
    if not value:
        raise SystemExit(f"{name} is not set. It is {meaning}; .env.example explains it.")
    return value
