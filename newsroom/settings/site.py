"""The site: what everyone can see. It loads the paper and nothing of the desk."""

from django.utils.csp import CSP

from newsroom import databases
from newsroom.settings import environment
from newsroom.settings.base import *  # noqa: F403 - settings are inherited whole, as Django's are
from newsroom.settings.base import DEBUG, MANIFEST_STORAGE, hosts, secret_key, static_root, storages, strict, templates
from newsroom.settings.environment import WrongSetting

PRODUCTION = strict("site")
HTTPS = environment.yes("NEWSROOM_HTTPS", PRODUCTION)
if PRODUCTION and DEBUG:
    raise WrongSetting("NEWSROOM_DEBUG shows everything to anyone and is refused where NEWSROOM_PRODUCTION is on.")

SECRET_KEY = secret_key("SITE_SECRET_KEY", production=PRODUCTION)
ALLOWED_HOSTS = hosts("SITE_HOSTS", production=PRODUCTION)

DATABASES = {"default": databases.django("site")}

INSTALLED_APPS = ["newsroom", "reader", "django.contrib.postgres", "django.contrib.staticfiles"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reader.delivery.CompressText",
    "django.middleware.http.ConditionalGetMiddleware",
    "reader.delivery.until_the_next_minute",
    "reader.languages.speak_the_language_of_the_address",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.site_urls"
WSGI_APPLICATION = "newsroom.site_wsgi.application"
TEMPLATES = templates(
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
)

# The site gives out no cookie and keeps no session, so there is nothing that a forged form could use.
SILENCED_SYSTEM_CHECKS = ["security.W003"]

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = environment.number("NEWSROOM_HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "no-referrer"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

STATIC_ROOT = static_root("site")
STORAGES = storages(MANIFEST_STORAGE)
