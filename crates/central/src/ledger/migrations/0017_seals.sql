-- Guests and free texts stand beside the feed, and no trail covers what an erasure has to be able to take away. A seal, which
-- is written with the row, tells a row that something else changed.
ALTER TABLE guest ADD COLUMN seal bytea CHECK (octet_length(seal) = 32);
UPDATE guest SET seal = sha256(convert_to(json_build_array(property, id, name, phone, email)::text, 'UTF8'));
ALTER TABLE guest ALTER COLUMN seal SET NOT NULL;
ALTER TABLE free_text ADD COLUMN seal bytea CHECK (octet_length(seal) = 32);
UPDATE free_text SET seal = sha256(convert_to(json_build_array(property, id, body)::text, 'UTF8'));
ALTER TABLE free_text ALTER COLUMN seal SET NOT NULL;
