-- Business dates that ended. The row is written with the command that ended the date; `pack` and
-- `backup` say where its audit pack and its backup are, once they are made.
CREATE TABLE day_end (
    business_date INTEGER PRIMARY KEY,
    ended_at INTEGER NOT NULL,
    ended_by TEXT NOT NULL,
    pack TEXT,
    backup TEXT
) STRICT;
CREATE INDEX day_end_without_pack ON day_end (business_date) WHERE pack IS NULL;
