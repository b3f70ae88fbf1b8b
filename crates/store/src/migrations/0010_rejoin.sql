-- A desk leaves an epoch behind and goes on in the next.

-- While frozen: the epoch that has to be left behind.
ALTER TABLE centre ADD COLUMN over_epoch INTEGER NOT NULL DEFAULT 0;
-- Of the machine on which the file was last in use; empty where nobody has said.
ALTER TABLE centre ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
-- The identity of the entry at the cursor.
ALTER TABLE centre ADD COLUMN last_entry BLOB CHECK (length(last_entry) = 16);

-- Whether the centre knows the place as parked; what it does not know yet goes up before what comes after it.
ALTER TABLE queue_place ADD COLUMN told INTEGER NOT NULL DEFAULT 1 CHECK (told IN (0, 1));
