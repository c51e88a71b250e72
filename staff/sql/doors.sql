-- The doors of the desk: an account's sessions end when what they were opened with no longer holds.
--
-- Installed by `migrate`, by the tables' owner; may be run again at any time. In the database, so that they end whatever
-- the way: the desk's screens, a command on the server, SQL.

-- A password, a role, a closed account, a second factor taken away or ended: she logs in again, on every machine. Where
-- she does it herself, the desk opens the session that she does it in anew.
CREATE OR REPLACE FUNCTION doors_end_sessions() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
BEGIN
    DELETE FROM staff_session WHERE user_id = (v_row ->> TG_ARGV[0])::bigint;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION doors_end_sessions() FROM PUBLIC;

CREATE OR REPLACE TRIGGER doors_account AFTER UPDATE OF password, is_active, is_staff, is_superuser ON staff_user
    FOR EACH ROW WHEN ((OLD.password, OLD.is_active, OLD.is_staff, OLD.is_superuser)
                       IS DISTINCT FROM (NEW.password, NEW.is_active, NEW.is_staff, NEW.is_superuser))
    EXECUTE FUNCTION doors_end_sessions('id');
CREATE OR REPLACE TRIGGER doors_roles AFTER INSERT OR UPDATE OR DELETE ON staff_user_groups
    FOR EACH ROW EXECUTE FUNCTION doors_end_sessions('user_id');
CREATE OR REPLACE TRIGGER doors_rights AFTER INSERT OR UPDATE OR DELETE ON staff_user_user_permissions
    FOR EACH ROW EXECUTE FUNCTION doors_end_sessions('user_id');
CREATE OR REPLACE TRIGGER doors_factor AFTER INSERT ON staff_factorreset
    FOR EACH ROW EXECUTE FUNCTION doors_end_sessions('user_id');
CREATE OR REPLACE TRIGGER doors_passkey AFTER UPDATE OF ended_at ON staff_passkey
    FOR EACH ROW WHEN (OLD.ended_at IS DISTINCT FROM NEW.ended_at) EXECUTE FUNCTION doors_end_sessions('user_id');
CREATE OR REPLACE TRIGGER doors_app AFTER DELETE ON staff_authenticatorapp
    FOR EACH ROW EXECUTE FUNCTION doors_end_sessions('user_id');
