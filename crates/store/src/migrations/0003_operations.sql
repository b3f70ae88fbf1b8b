-- Work that waits, alerts, and what is measured. Nothing here is folded from events: it tells how the
-- desk fares, not what the hotel sold.

-- A kind of recurring work has one row a slot: its id derives from both, so that several processes
-- which schedule the same slot make the same row.
CREATE TABLE job (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'parked')),
    due INTEGER NOT NULL,
    claimed_by TEXT CHECK ((claimed_by IS NOT NULL) = (state = 'running')),
    lease_until INTEGER CHECK ((lease_until IS NOT NULL) = (state = 'running')),
    tries INTEGER NOT NULL CHECK (tries >= 0),
    error TEXT,
    -- Steps done and steps in all, where the work tells.
    done INTEGER NOT NULL DEFAULT 0 CHECK (done >= 0),
    total INTEGER NOT NULL DEFAULT 0 CHECK (total >= 0),
    -- Ids only.
    payload TEXT CHECK (json_valid(payload)),
    created INTEGER NOT NULL,
    finished INTEGER CHECK ((finished IS NOT NULL) = (state = 'done'))
) STRICT, WITHOUT ROWID;
CREATE INDEX job_by_state ON job (state, due);

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('critical', 'error', 'warning', 'info')),
    audience TEXT NOT NULL,
    -- What it is about: a room type, the house, a job.
    subject TEXT NOT NULL,
    from_night INTEGER,
    to_night INTEGER CHECK (to_night > from_night),
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    opened INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    acknowledged INTEGER,
    acknowledged_by TEXT CHECK ((acknowledged_by IS NOT NULL) = (acknowledged IS NOT NULL)),
    closed INTEGER,
    CHECK ((from_night IS NULL) = (to_night IS NULL))
) STRICT;
CREATE INDEX alert_by_end ON alert (closed);

-- Backups and verifications, and how each ended.
CREATE TABLE upkeep (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('backup', 'verify')),
    instant INTEGER NOT NULL,
    ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
    -- The backup's file name, or the first check that failed.
    about TEXT,
    bytes INTEGER,
    job BLOB
) STRICT;
CREATE INDEX upkeep_by_kind ON upkeep (kind, instant);

-- Counts by the hour: how long sales and waits for the lock took, by bucket, and what failed.
CREATE TABLE metric (
    hour INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- The bucket's upper bound in microseconds; 0 for what is only counted.
    bound INTEGER NOT NULL CHECK (bound >= 0),
    count INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (hour, name, bound)
) STRICT, WITHOUT ROWID;
