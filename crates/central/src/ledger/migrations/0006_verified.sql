-- When what is stored of a property was last compared with what follows from its feed, and how many checks failed.
ALTER TABLE property
    ADD COLUMN verified_at bigint,
    ADD COLUMN wrong_checks integer NOT NULL DEFAULT 0 CHECK (wrong_checks >= 0);
