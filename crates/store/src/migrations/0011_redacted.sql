-- Commands out of which an erasure took a guest's number in another system, with the link of the audit chain that
-- their bytes give since. The row of the trail keeps the link that it had, so that the chain goes on unbroken; the
-- erasure, an act in that chain, tells of both.
CREATE TABLE redacted (
    command INTEGER PRIMARY KEY REFERENCES command (seq),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
