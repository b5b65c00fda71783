"""What every answer tells a browser to refuse."""

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/healthz", "/admin/account/login/"])
@pytest.mark.django_db
def test_answers_carry_the_strict_policy(visitor: Client, path: str) -> None:
    headers = visitor.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    for refused in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert refused in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
