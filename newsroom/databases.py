"""Where the database is and as whom each house speaks to it.

Three roles: the owner (migrations), the desk, the site. Each has a variable with an address; with none of the three
given, all live in the embedded server of the data folder.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from newsroom import data_folder
from newsroom.settings import environment
from newsroom.settings.environment import WrongSetting

House = Literal["owner", "desk", "site"]

ROLE: dict[House, str] = {"owner": "newsroom_owner", "desk": "newsroom_desk", "site": "newsroom_site"}
VARIABLE: dict[House, str] = {
    "owner": "OWNER_DATABASE_URL",
    "desk": "DATABASE_URL",
    "site": "SITE_DATABASE_URL",
}
NAME = "newsroom"
# What the embedded server remembers about itself (see embedded.py).
SERVER_FILE = "postgres.json"


@dataclass(frozen=True)
class Address:
    """A place to connect to, as one of its roles."""

    user: str
    password: str = field(repr=False)
    host: str
    port: str
    name: str
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def server(self) -> str:
        """Which server this is, whatever the role and the database."""
        return f"{self.host or 'localhost'}:{self.port or '5432'}"

    @property
    def url(self) -> str:
        """The address in one line, with its password: for the environment of a child, never for a log."""
        parameters = list(self.parameters)
        host = self.host
        if host.startswith("/"):
            parameters.append(("host", host))
            if self.port:
                parameters.append(("port", self.port))
            place = ""
        else:
            place = (f"[{host}]" if ":" in host else host) + (f":{self.port}" if self.port else "")
        who = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        query = f"?{urlencode(parameters)}" if parameters else ""
        return f"postgresql://{who}@{place}/{quote(self.name, safe='')}{query}"

    @property
    def psycopg(self) -> dict[str, Any]:
        """The same for `psycopg.connect(**…)`; what is not known is left to libpq."""
        known = {
            "user": self.user,
            "password": self.password,
            "host": self.host,
            "port": self.port,
            "dbname": self.name,
        }
        return {"connect_timeout": 5, **dict(self.parameters), **{k: v for k, v in known.items() if v}}

    def as_role(self, role: str, password: str) -> "Address":
        """The same database as somebody else."""
        return replace(self, user=role, password=password)

    def in_database(self, name: str) -> "Address":
        """Another database of the same server."""
        return replace(self, name=name)


def parse(url: str, variable: str) -> Address:
    """Takes postgresql://user:password@host:port/name?parameter=value apart; `variable` is named in the refusal."""
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
        parameters = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        raise WrongSetting(f"{variable} is not a database address; it must look like {_example()}.") from None
    if parts.scheme not in {"postgresql", "postgres"} or not parts.username:
        raise WrongSetting(f"{variable} must name PostgreSQL and a role, like {_example()}.")
    return Address(
        user=unquote(parts.username),
        password=unquote(parts.password or "") or parameters.pop("password", ""),
        host=parameters.pop("host", "") or unquote(parts.hostname or ""),
        port=parameters.pop("port", "") or port,
        name=unquote(parts.path.removeprefix("/")),
        parameters=tuple(parameters.items()),
    )


def _example() -> str:
    return "postgresql://newsroom_desk:password@host:5432/newsroom"


def embedded() -> bool:
    """Nobody gave a database: the one of the data folder is meant."""
    return not any(environment.given(variable) for variable in VARIABLE.values())


def administrator() -> Address | None:
    """The administrator's address, where `make demo` and `make test` were given DATABASE_URL and nothing else."""
    url = environment.given("DATABASE_URL")
    if not url or environment.given("OWNER_DATABASE_URL") or environment.given("SITE_DATABASE_URL"):
        return None
    return parse(url, "DATABASE_URL")


def password_key(role: str, server: str) -> str:
    """Under which name the data folder keeps a role's password on a server."""
    return f"{role} at {server}"


def address(house: House) -> Address:
    """Where a house finds its database; a refusal where it can't be known."""
    url = environment.given(VARIABLE[house])
    if url:
        found = parse(url, VARIABLE[house])
        return found if found.name else found.in_database(NAME)
    if not embedded():
        raise environment.needed(VARIABLE[house])
    server = data_folder.read_json(data_folder.path() / SERVER_FILE)
    return Address(
        user=ROLE[house],
        password=data_folder.secret(password_key(ROLE[house], "embedded")),
        host=str(server.get("socket", data_folder.path() / "postgres")),
        port="",
        name=NAME,
    )


def knows(house: House) -> bool:
    """Whether an address for this house is at hand."""
    return embedded() or bool(environment.given(VARIABLE[house]))


def django(house: House, *, pooled: bool = True) -> dict[str, Any]:
    """The entry of DATABASES for a house."""
    return as_django(address(house), house, pooled=pooled)


def as_django(found: Address, house: House, *, pooled: bool) -> dict[str, Any]:
    """The entry of DATABASES for an address."""
    options: dict[str, Any] = {
        "application_name": f"newsroom-{house}",
        "connect_timeout": 5,
        **dict(found.parameters),
    }
    if pooled:
        # A pool waits 30 s for a dead server unless told otherwise.
        options["pool"] = {
            "min_size": 1,
            "max_size": max(1, environment.number("NEWSROOM_POOL", 8)),
            "timeout": 5,
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": found.name,
        "USER": found.user,
        "PASSWORD": found.password,
        "HOST": found.host,
        "PORT": found.port,
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }


def hang_up() -> None:
    """Closes every connection of this process, pools included; a pool would try a stopped server again and again."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if getattr(connection, "pool", None):
            connection.close_pool()  # type: ignore[attr-defined]
