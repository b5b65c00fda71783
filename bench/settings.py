"""The site's own settings, and the yardstick's addresses beside the site's."""

from factcheck.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"

# Pages name their style sheets; which file stands behind the name is not what is measured.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
WHITENOISE_USE_FINDERS = True
