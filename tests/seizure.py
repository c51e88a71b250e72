"""Take a newsroom's server away, whole: its database, its disk, its logs, whatever lies about."""

import os
import subprocess
from pathlib import Path

from tests import clones


def tool(name: str) -> str:
    """A program of PostgreSQL's: the embedded server brings its own, another server's is on the path."""
    from newsroom.embedded_place import find_place

    brought = find_place().wheel / "bin" / name
    return str(brought) if Path(brought).exists() else name


def dumped(server: clones.Server, database: str) -> bytes:
    """Everything that a thief of the database reads, with the administrator's rights."""
    address = server.administrator.in_database(database)
    return subprocess.run(
        [
            tool("pg_dump"),
            "--no-password",
            f"--dbname={address.name}",
            f"--host={address.host}",
            f"--username={address.user}",
        ]
        + ([f"--port={address.port}"] if address.port else []),
        env={**os.environ, "PGPASSWORD": address.password},
        capture_output=True,
        check=True,
    ).stdout
