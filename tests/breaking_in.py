"""What somebody tries who holds the site: its database role, found out from the catalog so that nothing new is forgotten."""

from collections.abc import Iterator
from itertools import islice, product

import psycopg
from psycopg import sql

# Every table, view, materialized view, foreign table, sequence and index, in whatever schema.
RELATIONS = """
SELECT n.nspname, c.relname, c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 't') AND NOT pg_is_other_temp_schema(n.oid) ORDER BY 1, 2
"""
COLUMNS = """
SELECT a.attname FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum <> 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
# Everything that can be called, with the types of what it takes.
FUNCTIONS = """
SELECT p.oid::regprocedure::text, n.nspname, p.proname, p.proargtypes::regtype[]::text[], p.proretset, p.prokind::text
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE p.prokind IN ('f', 'p') AND has_function_privilege(p.oid, 'EXECUTE')
   AND NOT p.proargtypes::oid[] && ARRAY['internal', 'language_handler', 'trigger', 'event_trigger', 'fdw_handler',
       'index_am_handler', 'table_am_handler', 'tsm_handler', 'cstring']::regtype[]::oid[]
   AND NOT p.prorettype IN ('internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype)
 ORDER BY 1
"""
# These only wait, end the connection or count for ever.
LEFT = {"pg_sleep", "pg_sleep_for", "pg_sleep_until", "pg_terminate_backend", "pg_cancel_backend", "generate_series"}


def columns_of(line: psycopg.Connection, relation: str) -> list[str]:
    """Those of the system too (xmin, ctid, tableoid)."""
    return [name for (name,) in line.execute(COLUMNS, [relation]).fetchall()]


def said_to(line: psycopg.Connection, statement: sql.Composable | str) -> tuple[bool, str]:
    """Whether a statement was answered, and everything that was said, in errors and notices too."""
    heard: list[str] = []

    def hear(notice: psycopg.errors.Diagnostic) -> None:
        heard.append(f"{notice.message_primary} {notice.message_detail} {notice.context}")

    line.add_notice_handler(hear)
    try:
        with line.transaction(force_rollback=True):
            cursor = line.cursor()
            asked = statement if isinstance(statement, str) else statement.as_string()
            if asked.startswith("COPY") and asked.endswith("TO STDOUT"):
                with cursor.copy(asked) as copied:  # type: ignore[call-overload]
                    heard.extend(bytes(part).decode(errors="replace") for part in copied)
            else:
                cursor.execute(asked)  # type: ignore[call-overload]
                heard.append(repr(cursor.fetchmany(20_000)) if cursor.description else "")
        return True, "\n".join(heard)
    except psycopg.Error as error:
        told = error.diag
        parts = (told.message_primary, told.message_detail, told.message_hint, told.context, told.internal_query)
        return False, "\n".join([*heard, str(error), *filter(None, parts)])
    finally:
        line.remove_notice_handler(hear)


def calls(
    name: str, schema: str, takes: list[str], keys: dict[str, list[str]], *, most: int = 6
) -> Iterator[sql.Composed]:
    """A function with keys to the desk in every place that takes one: names of tables, queries, numbers, files."""
    choices = []
    for kind in takes:
        given = keys.get(kind.removesuffix("[]"), ["NULL", "1"])
        choices.append([f"ARRAY[{each}]::{kind}" if kind.endswith("[]") else f"({each})::{kind}" for each in given])
    # Not every combination: each key once in each place, the others beside it.
    rows = list(zip(*(islice(_around(each), most) for each in choices), strict=True)) if choices else [()]
    for arguments in dict.fromkeys(rows + (list(product(*choices)) if len(choices) == 1 else [])):
        yield sql.SQL("SELECT {}.{}({})").format(
            sql.Identifier(schema), sql.Identifier(name), sql.SQL(", ").join(map(sql.SQL, arguments))
        )


def _around(choices: list[str]) -> Iterator[str]:
    while True:
        yield from choices
