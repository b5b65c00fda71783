"""The site's own settings, and the yardstick's addresses beside the site's."""

from factcheck.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"

# Readers of the bench ask as often as they can.
API_LIMITS = dict.fromkeys(API_LIMITS, 1_000_000_000)  # noqa: F405

# Pages name their style sheets; which file stands behind the name is not what is measured.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
WHITENOISE_USE_FINDERS = True
