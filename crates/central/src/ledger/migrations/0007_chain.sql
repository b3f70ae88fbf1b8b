-- Tokens with which other programs read of every property. They are of no property: this is the one table whose key does
-- not begin with one.
CREATE TABLE chain_token (
    hash bytea PRIMARY KEY CHECK (length(hash) = 32),
    name text NOT NULL CHECK (name ~ '^[A-Za-z0-9_-]{1,32}$'),
    created_at bigint NOT NULL,
    revoked_at bigint
);
CREATE UNIQUE INDEX chain_token_by_name ON chain_token (name) WHERE revoked_at IS NULL;
