"""The three database roles and the newsroom's database: made by an administrator, once or again.

What each role may do on the tables is said in sql/grants.sql, which `manage.py migrate` installs.
"""

import secrets
from dataclasses import replace
from pathlib import Path

import psycopg
from psycopg import sql

from newsroom import data_folder, databases
from newsroom.databases import ROLE, Address, House

OLDEST = 150000
EXTENSIONS = ("btree_gist", "pg_trgm")
CLOSED_TO_EVERYONE = Path(__file__).with_name("sql") / "closed_to_everyone.sql"
MAINTENANCE = {"", "postgres", "template1"}

# How a role's sessions behave unless a house says otherwise. The gate refuses any other isolation level (DESIGN.md,
# Locks); a page that takes more than five seconds is not worth the site's standing still for it.
BEHAVIOUR: dict[House, dict[str, str]] = {
    "owner": {"search_path": "public", "jit": "off"},
    "desk": {
        "search_path": "public",
        # Short questions with many functions in them: compiling takes longer than answering.
        "jit": "off",
        "default_transaction_isolation": "read committed",
        "idle_in_transaction_session_timeout": "60s",
        "lock_timeout": "20s",
        "statement_timeout": "60s",
    },
    "site": {
        "search_path": "public",
        # Short questions with many functions in them: compiling takes longer than answering.
        "jit": "off",
        "default_transaction_isolation": "read committed",
        "idle_in_transaction_session_timeout": "10s",
        "lock_timeout": "2s",
        "statement_timeout": "5s",
    },
}


class RolesError(Exception):
    """The roles or the database can't be made; the message says in one sentence why and what to do."""


def ensure(
    administrator: Address,
    *,
    ours: bool = False,
    reset_passwords: bool = False,
    database: str = "",
    furnish: bool = True,
) -> dict[House, Address]:
    """Makes what is missing of roles and database, and returns each role's address.

    `ours` says that the server is the embedded one, whose passwords are ours to set. Passwords of another server's
    roles are kept in the data folder; a role that was there before, with a password unknown to us, is refused unless
    `reset_passwords` is given. Without `furnish` only the roles are made.
    """
    name = database or (databases.NAME if administrator.name in MAINTENANCE else administrator.name)
    server = "embedded" if ours else administrator.server
    with data_folder.locked("roles"):
        try:
            with _maintenance(administrator) as connection:
                if connection.info.server_version < OLDEST:
                    raise RolesError("The newsroom needs PostgreSQL 15 or newer.")
                _make_roles(connection, administrator, server, reset=reset_passwords or ours)
                if furnish:
                    _make_database(connection, name)
            if furnish:
                with psycopg.connect(**administrator.in_database(name).psycopg, autocommit=True) as connection:
                    _close_database(connection)
        except psycopg.errors.InsufficientPrivilege as error:
            raise RolesError(
                f"{administrator.user} may not do this on {administrator.server} ({error.diag.message_primary}); "
                "give the address of a role that may create roles and databases."
            ) from None
        except psycopg.OperationalError as error:
            raise RolesError(f"The database server does not answer: {str(error).splitlines()[0]}") from None
    return {house: _as(administrator, house, server).in_database(name) for house in ROLE}


def grant_database(connection: psycopg.Connection, name: str) -> None:
    """Who may enter a database; a clone does not take this over from its template."""
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role in ROLE.values():
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role)))


def _maintenance(administrator: Address) -> psycopg.Connection:
    """A connection to a database that is there, for the newsroom's own may not be yet."""
    try:
        return psycopg.connect(**administrator.psycopg, autocommit=True)
    except psycopg.OperationalError:
        if administrator.name in MAINTENANCE:
            raise
        return psycopg.connect(**administrator.in_database("postgres").psycopg, autocommit=True)


def _as(administrator: Address, house: House, server: str) -> Address:
    password = data_folder.kept_secret(databases.password_key(ROLE[house], server))
    return administrator.as_role(ROLE[house], password or "")


def _make_roles(connection: psycopg.Connection, administrator: Address, server: str, *, reset: bool) -> None:
    for house, role in ROLE.items():
        row = connection.execute(
            "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication OR NOT rolcanlogin"
            " FROM pg_roles WHERE rolname = %s",
            [role],
        ).fetchone()
        if row is None:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(_scram(connection, role, _new_password(role, server)))
                )
            )
        else:
            if row[0]:
                connection.execute(
                    sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION").format(
                        sql.Identifier(role)
                    )
                )
            _mend_password(connection, administrator, house, server, reset=reset)
        for setting, value in BEHAVIOUR[house].items():
            connection.execute(
                sql.SQL("ALTER ROLE {} SET {} = {}").format(
                    sql.Identifier(role), sql.Identifier(setting), sql.Literal(value)
                )
            )
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if row is not None and not row[0]:
        # An administrator who is no superuser must be the owner's member to act for it.
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(ROLE["owner"])))


def _new_password(role: str, server: str) -> str:
    password = secrets.token_urlsafe(32)
    data_folder.keep_secret(databases.password_key(role, server), password)
    return password


def _scram(connection: psycopg.Connection, role: str, password: str) -> str:
    """The password as the server keeps it, so that the word itself is in no statement and no log."""
    return connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()


def _mend_password(
    connection: psycopg.Connection, administrator: Address, house: House, server: str, *, reset: bool
) -> None:
    try:
        psycopg.connect(**replace(_as(administrator, house, server), name=connection.info.dbname).psycopg).close()
        return
    except psycopg.OperationalError as error:
        if "password" not in str(error) and "authentication" not in str(error):
            # Let in, but not to this database: the password is right.
            return
    role = ROLE[house]
    if not reset:
        raise RolesError(
            f"The role {role} is on {server} already and its password is not known here: give OWNER_DATABASE_URL, "
            "DATABASE_URL and SITE_DATABASE_URL, or set new passwords with `manage.py roles --reset-passwords`."
        )
    connection.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(_scram(connection, role, _new_password(role, server)))
        )
    )


def _make_database(connection: psycopg.Connection, name: str) -> None:
    owner = ROLE["owner"]
    row = connection.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [name]).fetchone()
    if row is None:
        # Sorting by code points is the same on every machine and never changes under an index.
        provider = (
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
            if connection.info.server_version >= 170000
            else "LOCALE_PROVIDER libc LOCALE 'C.UTF-8'"
        )
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
                sql.Identifier(name), sql.Identifier(owner), sql.SQL(provider)
            )
        )
    elif row[0] != owner:
        raise RolesError(
            f"The database {name} belongs to {row[0]}, not to {owner}: name one that is not there yet, "
            f"or hand it over with ALTER DATABASE {name} OWNER TO {owner}."
        )
    grant_database(connection, name)


def _close_database(connection: psycopg.Connection) -> None:
    """Nobody may do anything that was not granted by name."""
    _close_functions(connection)
    for extension in EXTENSIONS:
        # The administrator's, so that everyone may use its operators; what the owner makes is closed below.
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(extension)))
    owner, desk, site = (sql.Identifier(ROLE[house]) for house in ("owner", "desk", "site"))
    for statement in (
        "SET ROLE {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {desk}, {site}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    ):
        connection.execute(sql.SQL(statement).format(owner=owner, desk=desk, site=site))


def _close_functions(connection: psycopg.Connection) -> None:
    """What PostgreSQL lets everyone do and see beside tables. An administrator who is no superuser can't close it."""
    if connection.info.parameter_status("is_superuser") == "on":
        connection.execute(CLOSED_TO_EVERYONE.read_bytes())
