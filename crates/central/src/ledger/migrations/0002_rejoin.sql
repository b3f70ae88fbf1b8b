-- Desks that go on in a new epoch, and a centre that was restored from a copy.

ALTER TABLE desk
    -- When it last said that nothing of its queue was left.
    ADD COLUMN rested_at bigint,
    -- Since it was declared lost, until it comes back in a new epoch; and the last epoch whose rights a person
    -- took back.
    ADD COLUMN lost_at bigint,
    ADD COLUMN lost_epoch integer NOT NULL DEFAULT 0;

-- What the feed comes to with the entry: a hash over all entries up to it, from here on.
ALTER TABLE entry ADD COLUMN chain bytea CHECK (length(chain) = 32);
