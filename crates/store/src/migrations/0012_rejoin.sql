-- A desk leaves an epoch behind and goes on in the next.

-- While frozen: the epoch that has to be left behind.
ALTER TABLE centre ADD COLUMN over_epoch INTEGER NOT NULL DEFAULT 0;
-- Of the machine on which the file was last in use; empty where nobody has said.
ALTER TABLE centre ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
-- What the feed comes to at the cursor.
ALTER TABLE centre ADD COLUMN chain BLOB CHECK (length(chain) = 32);
-- The epoch from which on the centre has all that it answered: before it, it was restored from a copy.
ALTER TABLE centre ADD COLUMN since_epoch INTEGER NOT NULL DEFAULT 1;

-- Whether the centre knows the place as parked; what it does not know yet goes up before what comes after it.
ALTER TABLE queue_place ADD COLUMN told INTEGER NOT NULL DEFAULT 1 CHECK (told IN (0, 1));
