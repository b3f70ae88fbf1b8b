-- Whether the stays of a booking changed, and whether what is known beside them did: one overtakes not the other.
ALTER TABLE reservation_change ADD COLUMN stays boolean NOT NULL DEFAULT true,
    ADD COLUMN details boolean NOT NULL DEFAULT false;
-- Guests and texts that stood in a booking before: asked where one of them is erased.
CREATE INDEX reservation_replaced ON reservation USING gin ((doc -> 'replaced')) WHERE doc ? 'replaced';
