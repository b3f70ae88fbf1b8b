-- Settings by key: what a hotel set otherwise than the program's default, as JSON.
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- What was before and after, and what else is known of an act: something done that is no command of
-- the inventory. A command's row needs none: its events say it.
ALTER TABLE audit ADD COLUMN detail TEXT CHECK (detail IS NULL OR json_valid(detail));

-- How many acts were ever told. The last commands of the trail cannot go unseen, for their rows stand
-- elsewhere too; this does the same for acts.
CREATE TABLE act_count (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    acts INTEGER NOT NULL CHECK (acts >= 0)
) STRICT;
INSERT INTO act_count (id, acts) VALUES (1, 0);
