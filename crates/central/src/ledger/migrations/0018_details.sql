-- What is known of a booking beside its stays was put right: that alone overtakes nothing but the same.
ALTER TABLE reservation_change ADD COLUMN details boolean NOT NULL DEFAULT false;
-- Guests and texts that stood in a booking before: asked where one of them is erased.
CREATE INDEX reservation_replaced ON reservation USING gin ((doc -> 'replaced')) WHERE doc ? 'replaced';
