"""Does this side stand as it should? Asked before a house opens, and by /healthz ever after.

A house does not serve as the owner or a superuser, without its migrations, or where the law in the database is not the
code's: other SQL than the files', a trigger missing or switched off, a policy or a grant changed by hand.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from newsroom import databases
from newsroom.databases import ROLE, House
from newsroom.settings import environment

# In this order: the grants name what the law makes.
SQL_FILES = {
    "in_print.sql": environment.PROJECT / "reader" / "sql" / "in_print.sql",
    "gate.sql": environment.PROJECT / "articles" / "sql" / "gate.sql",
    "corrections.sql": environment.PROJECT / "articles" / "sql" / "corrections.sql",
    "notices.sql": environment.PROJECT / "articles" / "sql" / "notices.sql",
    "record.sql": environment.PROJECT / "articles" / "sql" / "record.sql",
    "grants.sql": environment.PROJECT / "newsroom" / "sql" / "grants.sql",
}
# The name under which the hash of what the files left in the database is kept.
LEFT = "database"

# What must be in a house's environment of no other (DESIGN.md, Two houses).
FOREIGN: dict[str, tuple[str, ...]] = {
    "site": ("DATABASE_URL", "OWNER_DATABASE_URL", "DESK_SECRET_KEY", "FINGERPRINT_KEY"),
    "desk": ("OWNER_DATABASE_URL", "SITE_SECRET_KEY"),
}

AS_LEFT = """
SELECT coalesce(encode(sha256(convert_to(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), 'UTF8')), 'hex'), '')
FROM (
    SELECT 'trigger ' || pg_get_triggerdef(oid) || ' ' || tgenabled::text FROM pg_trigger
    WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    UNION ALL
    SELECT 'function ' || pg_get_functiondef(p.oid) || ' ' || pg_get_userbyid(p.proowner) || ' '
        || coalesce((SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C") FROM unnest(p.proacl) a), '')
    FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p') AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'policy ' || c.relname || ' ' || p.polname || ' ' || p.polcmd::text || ' ' || p.polpermissive::text || ' '
        || (SELECT string_agg(CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r)::text END, ','
                ORDER BY pg_get_userbyid(r)::text COLLATE "C") FROM unnest(p.polroles) r) || ' '
        || coalesce(pg_get_expr(p.polqual, p.polrelid), '') || ' '
        || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    UNION ALL
    SELECT 'table ' || c.relname || ' ' || pg_get_userbyid(c.relowner) || ' ' || c.relrowsecurity::text || ' '
        || c.relforcerowsecurity::text || ' '
        || coalesce((SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C") FROM unnest(c.relacl) a), '')
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL
    SELECT 'column ' || c.relname || ' ' || a.attname || ' '
        || (SELECT string_agg(x::text, ',' ORDER BY x::text COLLATE "C") FROM unnest(a.attacl) x)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND a.attacl IS NOT NULL AND NOT a.attisdropped
) AS lines (line)
"""

WHO = """
SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb
    OR pg_has_role(current_user, (SELECT datdba FROM pg_database WHERE datname = current_database()), 'MEMBER')
    OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relnamespace = 'public'::regnamespace)
FROM pg_roles WHERE rolname = current_user
"""


@dataclass(frozen=True)
class Fault:
    """Why a side may not serve: a word for whoever watches, a sentence for whoever starts it."""

    code: str
    sentence: str


DATABASE = Fault("database", "The database does not answer.")
POWER = Fault("role", "The database role may do too much: it must own nothing and be no superuser.")
MIGRATIONS = Fault("migrations", "Migrations are missing: run `manage.py migrate` as the owner.")
LAW = Fault("law", "The law in the database is not that of this code: run `manage.py migrate` as the owner.")


def sha256(file: Path) -> str:
    """The hash of one of the SQL files; nothing where it is not there."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def as_left(execute: Callable[[str], Any]) -> str:
    """The hash of all triggers, functions, policies, owners and grants that stand in the database now."""
    return str(execute(AS_LEFT).fetchone()[0])


def fault() -> Fault | None:
    """What is wrong with the database of this process, if anything."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:

            def execute(statement: str) -> Any:
                cursor.execute(statement)
                return cursor

            return _fault(execute)
    except DatabaseError:
        connection.close()
        return DATABASE


def _fault(execute: Callable[[str], Any]) -> Fault | None:
    if execute(WHO).fetchone()[0]:
        return POWER
    if execute("SELECT to_regclass('public.django_migrations') IS NULL").fetchone()[0]:
        return MIGRATIONS
    if not migrations() <= set(execute("SELECT app, name FROM django_migrations").fetchall()):
        return MIGRATIONS
    if execute("SELECT to_regclass('public.newsroom_installed_sql') IS NULL").fetchone()[0]:
        return LAW
    installed = dict(execute("SELECT name, sha256 FROM newsroom_installed_sql").fetchall())
    if any(installed.get(name, "") != sha256(file) for name, file in SQL_FILES.items()):
        return LAW
    return None if installed.get(LEFT) == as_left(execute) else LAW


@cache
def migrations() -> frozenset[tuple[str, str]]:
    """The migrations of the apps that this side has loaded."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    return frozenset(key for key in loader.disk_migrations if key not in loader.replacements)


def opened(house: House) -> Callable[..., Any]:
    """The WSGI application of a house, if it may open; otherwise the process ends with one sentence."""
    os.environ["DJANGO_SETTINGS_MODULE"] = f"newsroom.settings.{house}"
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.wsgi import get_wsgi_application

    foreign = [name for name in FOREIGN[house] if os.environ.get(name)]
    if foreign:
        sys.exit(f"newsroom: the {house} must not be given {' or '.join(foreign)}.")
    try:
        django.setup(set_prefix=False)
    except ImproperlyConfigured as error:
        sys.exit(f"newsroom: {error}")
    found = fault()
    if found is not None:
        sys.exit(f"newsroom: the {house} does not open as {ROLE[house]}. {found.sentence}")
    databases.hang_up()
    return get_wsgi_application()
