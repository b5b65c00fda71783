"""The site's own settings, on the database of this test run."""

import os

from tests.database import run

os.environ.update(run.environment(run.template))

from factcheck.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; guards nothing here
API_LIMITS = dict.fromkeys(API_LIMITS, 1_000_000)  # noqa: F405 - a test about limits sets its own
CATALOGUE_INTERVAL = 0  # a test that is about the watch starts it itself
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # files as they stand, nothing collected
CACHES["drawn"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # noqa: F405
FETCH_LOOPBACK = True  # receivers of the tests; a test about the guard takes it away
