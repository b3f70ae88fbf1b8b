-- Names, texts and passwords stand outside of the chain, so that they can be erased. The trail keeps a hash
-- of each under a salt that stands in the row itself, and goes with it. Rows from before this step
-- have none.
ALTER TABLE guest ADD COLUMN salt BLOB CHECK (salt IS NULL OR length(salt) = 16);
ALTER TABLE free_text ADD COLUMN salt BLOB CHECK (salt IS NULL OR length(salt) = 16);
