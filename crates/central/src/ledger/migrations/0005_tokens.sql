-- Tokens of desks that follow each other.

ALTER TABLE desk
    -- The token that follows, until it is shown for the first time.
    ADD COLUMN next_token_hash bytea UNIQUE CHECK (length(next_token_hash) = 32),
    -- Since a token that another one followed was shown again: somebody has a copy.
    ADD COLUMN token_reused_at bigint;

-- Tokens that another one followed.
CREATE TABLE retired_token (
    property integer NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    desk uuid NOT NULL,
    retired_at bigint NOT NULL,
    PRIMARY KEY (property, hash),
    UNIQUE (hash),
    FOREIGN KEY (property, desk) REFERENCES desk (property, id)
);
