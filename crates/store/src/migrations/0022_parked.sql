-- The few places of the queue that are set apart: each command that is queued asks whether it hangs on one of them.
CREATE INDEX queue_parked ON queue (epoch, seq) WHERE state = 'parked';
-- Whether the centre lets this desk in no more: what is out to it may have gone back to the others.
ALTER TABLE centre ADD COLUMN let_go INTEGER NOT NULL DEFAULT 0 CHECK (let_go IN (0, 1));
