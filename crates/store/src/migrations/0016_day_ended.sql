-- Ends of business dates, by the feed's order instead of the clocks of two machines.

-- The number of the last entry that the feed had when the file joined: what it tells is the history of others. What a
-- file that joined before this step has followed, it has noted.
ALTER TABLE centre ADD COLUMN joined_number INTEGER NOT NULL DEFAULT 0 CHECK (joined_number >= 0);
UPDATE centre SET joined_number = cursor;
ALTER TABLE centre DROP COLUMN joined_at;
-- When a business date last ended, as a snapshot told: its log has no command that ended it.
ALTER TABLE centre ADD COLUMN day_ended INTEGER;
