-- What the centre's grants came to when they were last told, beside how often it had granted until then: another centre's
-- number says nothing here, so all of them are told anew.
ALTER TABLE centre ADD COLUMN grants_chain BLOB CHECK (grants_chain IS NULL OR length(grants_chain) = 32);
UPDATE centre SET grants_at = 0;
