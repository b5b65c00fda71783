"""Prints the cookie of somebody who is signed in at the desk."""

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import login  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.http import HttpRequest  # noqa: E402


def signed_in() -> str:
    """A reviewer: one of those who see protected sources, and so search the most."""
    user = User.objects.get(username="person-3")
    user.groups.add(Group.objects.get(name="reviewer"))
    request = HttpRequest()
    request.session = SessionStore()
    request.META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "bench"}
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    return f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}"


if __name__ == "__main__":
    print(signed_in())
