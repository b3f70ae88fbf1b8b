-- Guests and texts that stood in a booking before they were put right: the ids as a JSON array. Who forgets the guest
-- forgets them too.
ALTER TABLE reservation ADD COLUMN replaced TEXT CHECK (replaced IS NULL OR json_valid(replaced));
