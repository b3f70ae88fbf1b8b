-- Desks that exist twice, and what a centre that was restored from a copy tells of itself.

-- The epoch of the feed in which the desk's own epoch began: after a later one every desk leaves its epoch behind.
ALTER TABLE desk ADD COLUMN feed_epoch integer NOT NULL DEFAULT 1;
UPDATE desk SET feed_epoch = property.feed_epoch FROM property WHERE property.id = desk.property;

-- The number of the last entry that the feed had when its epoch began: what desks had seen after it is not here.
ALTER TABLE property ADD COLUMN feed_from bigint NOT NULL DEFAULT 0;
