-- The few places of the queue that the centre has not answered, among all that it has.
CREATE INDEX queue_unheard ON queue (epoch, seq, state)
    WHERE state = 'waiting' OR state IN ('parked', 'refused') AND told = 0;
CREATE INDEX queue_place_untold ON queue_place (epoch, seq) WHERE told = 0;
-- The last number that another copy of this file may have given: the next ones come after it.
ALTER TABLE centre ADD COLUMN numbers_after INTEGER NOT NULL DEFAULT 0 CHECK (numbers_after >= 0);
