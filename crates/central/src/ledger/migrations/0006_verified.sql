-- When a process last set out to compare what is stored of a property with what follows from its feed, when that was last
-- done, and how many checks failed.
ALTER TABLE property
    ADD COLUMN verified_at bigint,
    ADD COLUMN compared_at bigint,
    ADD COLUMN wrong_checks integer NOT NULL DEFAULT 0 CHECK (wrong_checks >= 0);
