-- How much it is that an open alert is of, as last seen, and on which nights of what: more of it, or elsewhere, is told again.
ALTER TABLE alert
    ADD COLUMN latest bigint NOT NULL DEFAULT 0 CHECK (latest >= 0),
    ADD COLUMN places text[] NOT NULL DEFAULT '{}';
UPDATE alert SET latest = count;
