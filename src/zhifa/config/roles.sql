-- The four roles and the two schemas of a zhifa database. Run by a superuser inside the database;
-- running it again changes nothing. `owner` migrates, `app` runs the house, `portal` serves the
-- public and sees only the sanitised schema, `read` counts.

SELECT pg_advisory_xact_lock(72616966);

DO $$
DECLARE role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['zhifa_owner', 'zhifa_app', 'zhifa_portal', 'zhifa_read'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', role);
        END IF;
    END LOOP;
END $$;

ALTER ROLE zhifa_owner SET search_path = zhifa, portal, public;
ALTER ROLE zhifa_app SET search_path = zhifa, portal, public;
-- Nobody waits for a lock for ever, and nobody who went away keeps one.
ALTER ROLE zhifa_app SET lock_timeout = '15s';
ALTER ROLE zhifa_app SET idle_in_transaction_session_timeout = '120s';
ALTER ROLE zhifa_portal SET statement_timeout = '20s';
ALTER ROLE zhifa_portal SET search_path = portal;
ALTER ROLE zhifa_portal SET default_transaction_read_only = on;
ALTER ROLE zhifa_read SET search_path = zhifa, portal, public;
ALTER ROLE zhifa_read SET default_transaction_read_only = on;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO zhifa_owner, zhifa_app, zhifa_read;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA public;

CREATE SCHEMA IF NOT EXISTS zhifa AUTHORIZATION zhifa_owner;
CREATE SCHEMA IF NOT EXISTS portal AUTHORIZATION zhifa_owner;
GRANT USAGE ON SCHEMA zhifa TO zhifa_app, zhifa_read;
GRANT USAGE ON SCHEMA portal TO zhifa_app, zhifa_portal, zhifa_read;

-- What the owner makes later, the app may use; the portal role may only look, and only in its schema.
ALTER DEFAULT PRIVILEGES FOR ROLE zhifa_owner IN SCHEMA zhifa, portal
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO zhifa_app;
ALTER DEFAULT PRIVILEGES FOR ROLE zhifa_owner IN SCHEMA zhifa, portal
    GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO zhifa_app;
ALTER DEFAULT PRIVILEGES FOR ROLE zhifa_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE zhifa_owner IN SCHEMA zhifa
    GRANT EXECUTE ON FUNCTIONS TO zhifa_app;
ALTER DEFAULT PRIVILEGES FOR ROLE zhifa_owner IN SCHEMA portal
    GRANT SELECT ON TABLES TO zhifa_portal;
