"""Prints the key of a partner that reads the record."""

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402

from claims.partners import keys  # noqa: E402
from claims.partners.choices import KeyKind, Scope  # noqa: E402
from claims.partners.models import Partner  # noqa: E402
from sources.acting import acting  # noqa: E402


def key() -> str:
    by = User.objects.create(username="who-makes-keys")
    with acting(by):
        partner = Partner.objects.create(name="Bench", contact="bench@example.org")
        _key, text = keys.make(
            partner, kind=KeyKind.SECRET, label="bench", scopes=[Scope.READ], by=by
        )
    return text


if __name__ == "__main__":
    print(key())
