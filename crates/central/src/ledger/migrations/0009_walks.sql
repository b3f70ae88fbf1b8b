-- Tokens of the chain that may walk guests from one property to another.
ALTER TABLE chain_token ADD COLUMN may_walk boolean NOT NULL DEFAULT false;

-- Guests that are walked from one property to another, and how far that has come: each step is a transaction of its own, in
-- one property.
CREATE TABLE walk (
    property integer NOT NULL REFERENCES property (id),
    id uuid NOT NULL,
    -- No reference: it would wait for the lock of that property under the lock of this one.
    to_property integer NOT NULL,
    -- The request in its bytes: the same id with another one is refused.
    asked text NOT NULL,
    actor text NOT NULL,
    reservation uuid NOT NULL,
    -- The stay in it, where one alone is walked.
    stay integer,
    -- Its number, and the version that it had.
    number text NOT NULL,
    version bigint NOT NULL,
    -- The command that reserves there; it holds ids of people and texts alone.
    reserve text NOT NULL,
    state text NOT NULL
        CHECK (state IN ('begun', 'reserved', 'walked', 'refused', 'giving_back', 'given_back', 'left')),
    -- What was reserved there: its identity, its number, and the count in that.
    made uuid,
    made_number text,
    made_count bigint,
    -- Why it did not go on.
    refusal text,
    began_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    PRIMARY KEY (property, id),
    CHECK (property <> to_property),
    CHECK ((made IS NULL) = (made_number IS NULL) AND (made IS NULL) = (made_count IS NULL)),
    CHECK (state NOT IN ('reserved', 'walked', 'given_back', 'left') OR made IS NOT NULL)
);
CREATE INDEX walk_open ON walk (changed_at) WHERE state IN ('begun', 'reserved', 'giving_back');
CREATE INDEX walk_made ON walk (to_property, made_count);
-- A reservation is on one way at a time.
CREATE UNIQUE INDEX walk_once ON walk (property, reservation) WHERE state IN ('begun', 'reserved', 'giving_back');
