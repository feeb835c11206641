"""What may happen to the ledger's tables, said by privilege and by trigger.

Privilege binds the app; the triggers bind the tables' owner too. What somebody does who switches
the triggers off is found by ``zhifa ledger verify``.
"""

from django.db import migrations

# --- the readers' order --------------------------------------------------------------------------
# Events become visible in the order of commits, not of ids. A reader therefore follows
# (epoch, xid, position) and never reads past the oldest running transaction. Two transactions may
# take a stream's lock in another order than they took their numbers; so that a stream is always
# read in its own order, an event's xid is never less than that of the event before it.
#
# The oldest running transaction is that of this database: one of another database in the same
# cluster cannot write here, and must not hold the readers up. See ledger_horizon().
FEED = """
ALTER TABLE ledger_event
    ADD COLUMN epoch integer NOT NULL DEFAULT 0,
    ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ADD COLUMN position bigint NOT NULL GENERATED ALWAYS AS IDENTITY;
CREATE UNIQUE INDEX ledger_event_feed ON ledger_event (epoch, xid, position);

-- A restored dump keeps its events but lives in another cluster, whose transaction numbers begin
-- low again: the first event written there opens a new epoch, and all older ones count as past.
CREATE FUNCTION ledger_cluster() RETURNS text LANGUAGE sql STABLE AS
    'SELECT system_identifier::text FROM pg_control_system()';

CREATE FUNCTION ledger_epoch_now() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE latest record;
BEGIN
    SELECT e.number, e.cluster INTO latest
        FROM zhifa.ledger_epoch e ORDER BY e.number DESC LIMIT 1;
    IF latest.cluster IS NOT DISTINCT FROM zhifa.ledger_cluster() THEN
        RETURN latest.number;
    END IF;
    INSERT INTO zhifa.ledger_epoch (number, cluster)
        VALUES (coalesce(latest.number, 0) + 1, zhifa.ledger_cluster())
        ON CONFLICT DO NOTHING;
    RETURN coalesce(latest.number, 0) + 1;
END $$;

SELECT ledger_epoch_now();

CREATE FUNCTION ledger_event_enters() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    life integer := zhifa.ledger_epoch_now();
    before record;
BEGIN
    NEW.epoch := life;
    NEW.xid := pg_current_xact_id();
    IF NEW.seq > 1 THEN
        SELECT e.hash, e.epoch, e.xid INTO before
            FROM zhifa.ledger_event e WHERE e.stream_id = NEW.stream_id AND e.seq = NEW.seq - 1;
        IF before.hash IS DISTINCT FROM NEW.prev THEN
            RAISE EXCEPTION 'ledger_event: event % of stream % does not follow the one before',
                NEW.seq, NEW.stream_id USING ERRCODE = 'restrict_violation';
        END IF;
        IF before.epoch = life AND before.xid > NEW.xid THEN
            NEW.xid := before.xid;
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_event_enters BEFORE INSERT ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_event_enters();
"""

HORIZON = """
-- The 64-bit number of a transaction whose lower 32 bits are known, near a number that is known.
CREATE FUNCTION ledger_full_xid(short xid, near bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT candidate + CASE WHEN candidate - near > 2147483648 THEN -4294967296
                            WHEN near - candidate > 2147483648 THEN 4294967296
                            ELSE 0 END
    FROM (SELECT (near >> 32 << 32) | short::text::bigint) AS found(candidate)
$$;

-- Below this number every transaction of this database has ended, and its events are visible to the
-- NEXT statement (hence volatile, and never in one statement with the reading). The transaction
-- that asks counts as ended for itself if it is older than every other one that runs.
--
-- Whoever runs is looked up after the newest number has been read: a transaction below that number
-- is then either found running or has ended. Sessions of other roles do not show their numbers;
-- where one could write events, the cluster's own horizon is taken instead.
CREATE FUNCTION ledger_horizon() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    newest bigint;
    oldest bigint;
    has_hidden boolean;
    own bigint := pg_current_xact_id_if_assigned()::text::bigint;
BEGIN
    newest := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
    PERFORM pg_stat_clear_snapshot();
    SELECT min(zhifa.ledger_full_xid(running.xid, newest)), coalesce(bool_or(running.hidden), false)
        INTO oldest, has_hidden
        FROM (
            SELECT a.backend_xid AS xid,
                a.usename NOT IN (current_user, 'zhifa_portal', 'zhifa_read') AS hidden
            FROM pg_stat_activity a
            WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
                AND a.usename IS NOT NULL
            UNION ALL
            SELECT p.transaction, false FROM pg_prepared_xacts p
            WHERE p.database = current_database()
        ) AS running;
    IF has_hidden THEN
        oldest := least(oldest, pg_snapshot_xmin(pg_current_snapshot())::text::bigint);
        IF oldest = own THEN
            RETURN own + 1;
        END IF;
    END IF;
    IF own < coalesce(oldest, own + 1) THEN
        RETURN own + 1;
    END IF;
    RETURN least(oldest, newest);
END $$;

-- The next events in the order of commits past a place in it, as far as they may be read.
CREATE FUNCTION ledger_next(an_epoch integer, an_xid bigint, a_position bigint, size integer)
RETURNS TABLE (id uuid, epoch integer, xid bigint, pos bigint) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    below xid8 := zhifa.ledger_horizon()::text::xid8;
    life integer := (SELECT max(l.number) FROM zhifa.ledger_epoch l);
BEGIN
    RETURN QUERY
        SELECT e.id, e.epoch, e.xid::text::bigint, e.position FROM zhifa.ledger_event e
        WHERE (e.epoch, e.xid, e.position) > (an_epoch, an_xid::text::xid8, a_position)
            AND (e.epoch < life OR e.xid < below)
        ORDER BY e.epoch, e.xid, e.position LIMIT size;
END $$;

-- The last place in the order of commits behind which nothing can appear any more.
CREATE FUNCTION ledger_cut() RETURNS TABLE (epoch integer, xid bigint, pos bigint)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    below xid8 := zhifa.ledger_horizon()::text::xid8;
    life integer := (SELECT max(l.number) FROM zhifa.ledger_epoch l);
BEGIN
    RETURN QUERY
        SELECT e.epoch, e.xid::text::bigint, e.position FROM zhifa.ledger_event e
        WHERE e.epoch < life OR e.xid < below
        ORDER BY e.epoch DESC, e.xid DESC, e.position DESC LIMIT 1;
END $$;
"""

# --- nothing written is changed ------------------------------------------------------------------
KEPT = ("ledger_event", "ledger_disposal", "ledger_epoch", "demo_mark", "reader_settled")
UNCHANGED = """
CREATE FUNCTION ledger_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % is refused, what was written stays', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION ledger_is_kept();
CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_kept();
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM zhifa_app;
"""
    for table in KEPT
)

# --- a stream's head moves forward, one event at a time ------------------------------------------
STREAM = """
CREATE FUNCTION ledger_stream_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.kind, NEW.agency_code, NEW.region_code)
        IS DISTINCT FROM (OLD.id, OLD.kind, OLD.agency_code, OLD.region_code)
        OR NEW.head_seq IS DISTINCT FROM OLD.head_seq + 1 THEN
        RAISE EXCEPTION 'ledger_stream: only the head moves, by one event'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_stream_moves BEFORE UPDATE ON ledger_stream
    FOR EACH ROW EXECUTE FUNCTION ledger_stream_moves();
CREATE TRIGGER ledger_stream_is_kept BEFORE DELETE ON ledger_stream
    FOR EACH ROW EXECUTE FUNCTION ledger_is_kept();
CREATE TRIGGER ledger_stream_is_not_emptied BEFORE TRUNCATE ON ledger_stream
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_kept();
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_stream FROM zhifa_app;
GRANT UPDATE (head_seq, head_hash) ON ledger_stream TO zhifa_app;

CREATE FUNCTION ledger_head_is_an_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.head_seq > 0 AND NOT EXISTS (
        SELECT FROM zhifa.ledger_event e
        WHERE e.stream_id = NEW.id AND e.seq = NEW.head_seq AND e.hash = NEW.head_hash) THEN
        RAISE EXCEPTION 'ledger_stream: the head of % is no event', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_head_is_an_event AFTER INSERT OR UPDATE ON ledger_stream
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW EXECUTE FUNCTION ledger_head_is_an_event();

CREATE FUNCTION ledger_event_is_under_the_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM zhifa.ledger_stream s
        WHERE s.id = NEW.stream_id AND s.head_seq >= NEW.seq) THEN
        RAISE EXCEPTION 'ledger_event: event % of % lies past the head', NEW.seq, NEW.stream_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_event_is_under_the_head AFTER INSERT ON ledger_event
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW EXECUTE FUNCTION ledger_event_is_under_the_head();
"""

# --- a private part goes only when a tombstone stands --------------------------------------------
PRIVATE = """
CREATE FUNCTION ledger_private_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM zhifa.ledger_disposal d
        WHERE d.event_id = OLD.event_id AND d.name = OLD.name) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'ledger_private: DELETE is refused, no disposal was ordered'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_private_goes BEFORE DELETE ON ledger_private
    FOR EACH ROW EXECUTE FUNCTION ledger_private_goes();
CREATE TRIGGER ledger_private_is_kept BEFORE UPDATE ON ledger_private
    FOR EACH ROW EXECUTE FUNCTION ledger_is_kept();
CREATE TRIGGER ledger_private_is_not_emptied BEFORE TRUNCATE ON ledger_private
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_kept();
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_private FROM zhifa_app;

CREATE FUNCTION ledger_dispose(an_event uuid, a_name text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, zhifa AS $$
DECLARE gone integer;
BEGIN
    DELETE FROM zhifa.ledger_private p WHERE p.event_id = an_event AND p.name = a_name;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
"""

# --- a root is written once; its timestamp may come later ----------------------------------------
ROOT = """
CREATE FUNCTION ledger_root_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.timestamp_token IS NULL AND
        (NEW.number, NEW.day, NEW.statement, NEW.hash, NEW.signature, NEW.certificate)
        IS NOT DISTINCT FROM
        (OLD.number, OLD.day, OLD.statement, OLD.hash, OLD.signature, OLD.certificate) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'ledger_root: % is refused, what was written stays', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_root_is_kept BEFORE UPDATE OR DELETE ON ledger_root
    FOR EACH ROW EXECUTE FUNCTION ledger_root_is_kept();
CREATE TRIGGER ledger_root_is_not_emptied BEFORE TRUNCATE ON ledger_root
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_kept();
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_root FROM zhifa_app;
GRANT UPDATE (timestamp_token) ON ledger_root TO zhifa_app;
"""

# --- a vault object is never overwritten; disposal destroys its key ------------------------------
VAULT = """
CREATE FUNCTION vault_object_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.wrapped_key IS NULL AND
        (NEW.key, NEW.agency_code, NEW.secrecy, NEW.sha256, NEW.size, NEW.stored_at)
        IS NOT DISTINCT FROM
        (OLD.key, OLD.agency_code, OLD.secrecy, OLD.sha256, OLD.size, OLD.stored_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'vault_object: % is refused, only its key can be destroyed', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER vault_object_is_kept BEFORE UPDATE OR DELETE ON vault_object
    FOR EACH ROW EXECUTE FUNCTION vault_object_is_kept();
CREATE TRIGGER vault_object_is_not_emptied BEFORE TRUNCATE ON vault_object
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_kept();
REVOKE UPDATE, DELETE, TRUNCATE ON vault_object FROM zhifa_app;
GRANT UPDATE (wrapped_key) ON vault_object TO zhifa_app;
"""

# --- statistics read the events, never the private parts -----------------------------------------
READ = "GRANT SELECT ON ledger_stream, ledger_event, ledger_root TO zhifa_read;"


class Migration(migrations.Migration):
    """Not reversible: a ledger that can be unguarded by a command is none."""

    dependencies = [("kernel", "0001_ledger")]

    operations = [
        migrations.RunSQL(FEED),
        migrations.RunSQL(HORIZON),
        migrations.RunSQL(UNCHANGED),
        migrations.RunSQL(STREAM),
        migrations.RunSQL(PRIVATE),
        migrations.RunSQL(ROOT),
        migrations.RunSQL(VAULT),
        migrations.RunSQL(READ),
    ]
