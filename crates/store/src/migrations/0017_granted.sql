-- What the centre's grants came to when they were last told, beside how often it had granted until then. A number that was
-- noted before this step is one of the feed: that the grants were told stays known, and all of them are told once more.
ALTER TABLE centre ADD COLUMN grants_chain BLOB CHECK (grants_chain IS NULL OR length(grants_chain) = 32);
