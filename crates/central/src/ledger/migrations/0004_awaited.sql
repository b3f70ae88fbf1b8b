-- Desks that a person has accepted, and desks that had not come back when 0003 was taken.

-- A person has accepted one copy of a desk that existed twice, and nobody was heard since who speaks for it.
ALTER TABLE desk ADD COLUMN is_awaited boolean NOT NULL DEFAULT false;

-- 0003 gave every desk the feed's epoch of that day. One that has begun no epoch of its own in it still has to, and
-- leaves the one before behind without being counted.
UPDATE desk SET feed_epoch = property.feed_epoch - 1
FROM property
WHERE property.id = desk.property AND desk.feed_epoch = property.feed_epoch AND property.feed_epoch > 1
    AND NOT EXISTS (
        SELECT 1 FROM audit AS begun
        WHERE begun.property = desk.property AND begun.desk = desk.letters
            AND begun.what IN ('desk_enrolled', 'epoch_begun')
            AND begun.seq > (
                SELECT max(feed.seq) FROM audit AS feed
                WHERE feed.property = desk.property AND feed.what = 'feed_begun'));
