-- How far the grants of a property have come: a number that goes up whenever something is granted, and what all of it
-- comes to. A desk shows the last one that it was told, so that a centre which was restored from a copy is found out
-- where it lost nothing but grants.
ALTER TABLE property
    ADD COLUMN granted_number bigint NOT NULL DEFAULT 1 CHECK (granted_number >= 1),
    ADD COLUMN granted_chain bytea NOT NULL
        DEFAULT decode(repeat('00', 32), 'hex') CHECK (octet_length(granted_chain) = 32);
-- So far the feed's number said when a right had changed.
UPDATE property SET granted_number = feed_head + 1;
COMMENT ON COLUMN share.changed IS 'how often something was granted when `granted` or `keep` last changed';

-- What they came to before they went on.
CREATE TABLE granted (
    property integer NOT NULL REFERENCES property (id),
    number bigint NOT NULL CHECK (number >= 1),
    chain bytea NOT NULL CHECK (octet_length(chain) = 32),
    PRIMARY KEY (property, number)
);
