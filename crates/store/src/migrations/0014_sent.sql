-- What a desk has told and been told.

-- The number of the feed with which the grants were last told.
ALTER TABLE centre ADD COLUMN grants_at INTEGER NOT NULL DEFAULT 0 CHECK (grants_at >= 0);
-- Whether the log still has what an erasure that the centre told of took away.
ALTER TABLE centre ADD COLUMN log_due INTEGER NOT NULL DEFAULT 0 CHECK (log_due IN (0, 1));
-- When the file joined: what came about before is the history of others.
ALTER TABLE centre ADD COLUMN joined_at INTEGER NOT NULL DEFAULT 0;
-- Whether a push that carried the place went up without an answer, so that a centre may have stored it. Of what was
-- queued before this step nobody knows.
ALTER TABLE queue ADD COLUMN sent INTEGER NOT NULL DEFAULT 1 CHECK (sent IN (0, 1));
