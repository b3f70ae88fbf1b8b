-- Guests and texts that stood in a booking before they were put right, each with the guest who stood there then, as JSON.
-- Who forgets the guest forgets them too, but for what another booking names.
ALTER TABLE reservation ADD COLUMN replaced TEXT CHECK (replaced IS NULL OR json_valid(replaced));
CREATE INDEX reservation_by_notes ON reservation (notes) WHERE notes IS NOT NULL;
CREATE INDEX reservation_by_guarantee ON reservation (guarantee) WHERE guarantee IS NOT NULL;
