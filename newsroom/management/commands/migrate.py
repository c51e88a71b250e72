"""Migrations, and after them the law: run by the owner."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections, transaction

from newsroom import standing
from newsroom.databases import ROLE

INSTALLED = """
CREATE TABLE IF NOT EXISTS newsroom_installed_sql (
    name text PRIMARY KEY,
    sha256 text NOT NULL,
    installed_at timestamptz NOT NULL DEFAULT now()
)
"""


class Command(DjangoMigrate):
    """Ends with installing the whole of gate.sql and grants.sql, so that no edit of them misses a database."""

    help = "Brings the tables up to date, then installs the gate and the grants. Runs as the owner."

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's own, with the owner's connection where one is known."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner" if "owner" in connections else "default")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrates and installs."""
        alias = options["database"]
        if alias not in connections or connections[alias].settings_dict["USER"] == ROLE["desk"]:
            raise CommandError("Migrations are run by the owner: give OWNER_DATABASE_URL.")
        super().handle(*args, **options)
        whole = not options["app_label"] and not options["plan"] and not options["check_unapplied"]
        if whole:
            install(alias)
            if options["verbosity"]:
                self.stdout.write("Installed the gate and the grants.")


def install(alias: str) -> None:
    """Runs the SQL files in one transaction and keeps their hashes, and the hash of what they left."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(INSTALLED)
        for name, file in standing.SQL_FILES.items():
            if file.exists():
                cursor.execute(file.read_text())
                _keep(cursor, name, standing.sha256(file))
        for table in ("newsroom_installed_sql", "django_migrations"):
            cursor.execute(f"GRANT SELECT ON {table} TO {ROLE['desk']}, {ROLE['site']}")

        def execute(statement: str) -> Any:
            cursor.execute(statement)
            return cursor

        _keep(cursor, standing.LEFT, standing.as_left(execute))


def _keep(cursor: Any, name: str, digest: str) -> None:
    cursor.execute(
        "INSERT INTO newsroom_installed_sql (name, sha256) VALUES (%s, %s)"
        " ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, installed_at = now()"
        " WHERE newsroom_installed_sql.sha256 <> excluded.sha256",
        [name, digest],
    )
