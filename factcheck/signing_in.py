"""Settings: who is let in to the desk, by which proofs, and for how long."""

from factcheck.environment import DEBUG, SITE_NAME, env

# Staff without a second factor can do nothing but set one up.
REQUIRE_MFA = env.bool("REQUIRE_MFA", not DEBUG)
# How old the last proof of who somebody is may be when they approve, publish, retract, merge or
# change what others may do.
REAUTHENTICATE_AFTER = env.int("REAUTHENTICATE_AFTER", 30)  # minutes
SESSION_IDLE = env.int("SESSION_IDLE", 120)  # minutes
SESSION_HOURS = env.int("SESSION_HOURS", 12)
# How long a new account, or a new right to review, waits before it can approve. The database reads
# it from a row that each `migrate` makes so.
APPROVAL_WAIT_HOURS = env.float("APPROVAL_WAIT_HOURS", 0 if DEBUG else 24)

SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "claims.admin.adapters.DeskAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]  # nobody signs up; allauth wants it
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = REAUTHENTICATE_AFTER * 60
ACCOUNT_SESSION_REMEMBER = False
# Failed tries are counted by `claims.admin.tries`: per account and per address, with growing delay.
ACCOUNT_RATE_LIMITS = {"login_failed": None}
# The proxy appends the address it was called from; whatever stood there before is the caller's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.bool("TRUST_PROXY", False))
MFA_ADAPTER = "claims.admin.adapters.DeskFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are entered by administrators
MFA_TOTP_ISSUER = SITE_NAME
MFA_FORMS = {
    "authenticate": "claims.admin.tries.CodeForm",
    "reauthenticate": "claims.admin.tries.CodeAgainForm",
}

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
