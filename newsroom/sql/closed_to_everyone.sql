-- What PostgreSQL lets every role do or see beside the tables, closed. Only a superuser can: `manage.py roles` runs this
-- when it is one; otherwise let postgres run it in the newsroom's database (docs/running-the-server.md). Again at any time.
--
-- Everyone could keep large objects, hold the lock for which the gate waits, and read when each table was last looked at
-- or written to, who holds locks on it, how large it is and how fast the server writes: when a reporter has heard
-- something, and that an editor has just opened a source.
DO $$
DECLARE
    f regprocedure;
    desks boolean;
BEGIN
    FOR f, desks IN
        SELECT oid, proname !~ '^lo_' FROM pg_proc
         WHERE pronamespace = 'pg_catalog'::regnamespace
           AND proname ~ ('^(lo_creat|lo_create|lo_from_bytea|pg_(try_)?advisory_.*'
               || '|pg_stat_get_.*|pg_lock_status|pg_blocking_pids|pg_safe_snapshot_blocking_pids'
               || '|pg_(relation|table|total_relation|indexes|database|tablespace)_size|pg_relation_file(node|path)'
               || '|pg_xact_commit_timestamp.*|pg_last_committed_xact|pg_current_wal_.*|pg_logical_emit_message)$')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
        IF desks THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO newsroom_owner, newsroom_desk, pg_monitor', f);
        END IF;
    END LOOP;
END
$$;
