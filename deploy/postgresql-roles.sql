-- Two roles for the two sides of Screener, on a database whose tables belong to a third, the owner.
--
--   CREATE ROLE screener_owner LOGIN PASSWORD '…';
--   CREATE ROLE screener_patient LOGIN PASSWORD '…';
--   CREATE ROLE screener_staff LOGIN PASSWORD '…';
--   CREATE DATABASE screener OWNER screener_owner;
--
-- Then, as the owner: `screener upgrade` makes the tables, and `psql -f postgresql-roles.sql` says
-- who may do what. Run both again after each new version of Screener.

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, screener_patient, screener_staff;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, screener_patient, screener_staff;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO screener_patient, screener_staff;

-- Both look which version the tables are in, and which keys they were begun with.
GRANT SELECT ON alembic_version TO screener_patient, screener_staff;
GRANT SELECT, INSERT ON key_mark TO screener_patient, screener_staff;

-- Both count tries, and forms by week.
GRANT SELECT, INSERT, UPDATE, DELETE ON throttle TO screener_patient, screener_staff;
GRANT SELECT, INSERT, UPDATE ON tally TO screener_patient, screener_staff;

-- Patients write drafts that only they can read. The staff side deletes those that are over, or whose
-- form somebody asked to delete; it needs no more of them than when and which.
GRANT SELECT, INSERT, UPDATE, DELETE ON draft TO screener_patient;
GRANT SELECT (id, expires_at), DELETE ON draft TO screener_staff;

-- Patients seal for the clinic and send. They never read what was sent, not even their own.
GRANT SELECT ON clinic_key TO screener_patient;
GRANT INSERT ON submission TO screener_patient;
GRANT SELECT, INSERT, UPDATE, DELETE ON clinic_key TO screener_staff;
GRANT SELECT, UPDATE, DELETE ON submission TO screener_staff;

-- What the staff side does with it.
GRANT SELECT, INSERT, UPDATE, DELETE ON review, search_term, notice, print_job TO screener_staff;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON staff, staff_session, invitation, passkey, recovery_code TO screener_staff;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO screener_staff;

-- The trail grows at its end. Nobody but the owner changes or deletes a line.
GRANT SELECT, INSERT ON audit TO screener_staff;
GRANT SELECT, UPDATE ON audit_head TO screener_staff;
