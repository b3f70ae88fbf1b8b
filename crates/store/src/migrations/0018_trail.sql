-- How far the centre's trail had come with the last answers: a centre that has another row there, or none, was restored from a
-- copy.
ALTER TABLE centre ADD COLUMN trail_number INTEGER;
ALTER TABLE centre ADD COLUMN trail_hash BLOB CHECK (trail_hash IS NULL OR length(trail_hash) = 32);
