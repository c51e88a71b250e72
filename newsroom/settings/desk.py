"""The desk: where the paper is made. Listens on a private address, a VPN or an onion service."""

import secrets

from django.utils.csp import CSP

from newsroom import data_folder, databases
from newsroom.settings import environment
from newsroom.settings.base import *  # noqa: F403 - settings are inherited whole, as Django's are
from newsroom.settings.base import DEBUG, MANIFEST_STORAGE, hosts, secret_key, static_root, storages, strict, templates
from newsroom.settings.environment import WrongSetting

PRODUCTION = strict("desk")
HTTPS = environment.yes("NEWSROOM_HTTPS", PRODUCTION)
if PRODUCTION and DEBUG:
    raise WrongSetting("NEWSROOM_DEBUG shows everything to anyone and is refused where NEWSROOM_PRODUCTION is on.")

if databases.knows("desk") or not databases.knows("owner"):
    SECRET_KEY = secret_key("DESK_SECRET_KEY", production=PRODUCTION)
    FINGERPRINT_KEY = secret_key("FINGERPRINT_KEY", production=PRODUCTION)
    ALLOWED_HOSTS = hosts("DESK_HOSTS", production=PRODUCTION)
    DATABASES = {"default": databases.django("desk")}
    if databases.knows("owner"):
        DATABASES["owner"] = databases.django("owner", pooled=False)
else:
    # The owner alone, for `manage.py migrate`: it signs nothing and answers nobody.
    SECRET_KEY = secrets.token_urlsafe(48)
    # It scans nothing either: a text is scanned by the desk that has the key.
    FINGERPRINT_KEY = ""
    ALLOWED_HOSTS = []
    DATABASES = {"default": databases.django("owner", pooled=False)}

INSTALLED_APPS = [
    "newsroom",
    "staff",
    "sources",
    "photos",
    "articles",
    "reader",
    "taggit",
    "django_prose_editor",
    "js_asset",
    "staff.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "staff.language.speak_the_desks_language",
    "staff.guests.KeepGuestsInTheirRoom",
    "staff.refusals.KeepWhatWasTyped",
    "staff.refusals.RefuseZeroBytes",
    # A view that forgot to ask who is there is closed, not open.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.desk_urls"
WSGI_APPLICATION = "newsroom.desk_wsgi.application"
TEMPLATES = templates(
    "django.template.context_processors.request",
    "django.template.context_processors.csp",
    "django.template.context_processors.i18n",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
)

# The one address for which passkeys are good.
DESK_ADDRESS = environment.web_address(
    "DESK_ADDRESS",
    f"http{'s' if HTTPS else ''}://{ALLOWED_HOSTS[0].lstrip('.')}"
    if PRODUCTION and ALLOWED_HOSTS
    else "http://localhost:8001",
)

AUTH_USER_MODEL = "staff.User"
LOGIN_URL = "admin:login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# What one guess at a protected number costs: scrypt with two to this power blocks, some 30 ms and 16 MB. Numbers that
# were protected at another cost are found no more.
NUMBER_FINGERPRINT_COST = 14

# A browser forgets the desk when it is closed, the desk forgets a browser after twelve hours.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-desk" if HTTPS else "desk"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "staff.refusals.form_expired"
CSRF_COOKIE_NAME = "__Host-desk-form" if HTTPS else "desk-form"
LANGUAGE_COOKIE_NAME = "desk-language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = environment.number("NEWSROOM_HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# Under HTTPS Django's form protection compares the referring address where a browser sends no origin, so it is kept
# within the desk and told to nobody else.
SECURE_REFERRER_POLICY = "same-origin"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# Editors are told of a pull by e-mail. Without a server nothing is sent, and the desk says so.
_server = environment.mail_server("NEWSROOM_MAIL_URL")
if _server:
    MAILERS = {"default": {"OPTIONS": _server}}
MAIL_FROM = environment.text("NEWSROOM_MAIL_FROM", f"desk@{_server['host'] if _server else 'localhost'}")

PRIVATE_MEDIA_ROOT = environment.folder("PRIVATE_MEDIA_ROOT", data_folder.path() / "private")

# A long article fits, a picture goes to a file; nobody else on the machine reads either.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = data_folder.private_folder("uploads")
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

STATIC_ROOT = static_root("desk")
STORAGES = storages(MANIFEST_STORAGE)

TAGGIT_CASE_INSENSITIVE = True
