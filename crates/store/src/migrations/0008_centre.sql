-- What a desk knows of its centre (docs/SYNC.md). The row of `centre` is written when a desk is
-- enrolled; without it nothing is queued, and the file decides on its own counts.
CREATE TABLE centre (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    url TEXT NOT NULL,
    property TEXT NOT NULL,
    desk BLOB NOT NULL CHECK (length(desk) = 16),
    epoch INTEGER NOT NULL CHECK (epoch >= 1),
    letters TEXT NOT NULL,
    -- 'joining' while a history goes up, 'joined', or 'frozen': nothing is sold out of the share until
    -- the desk has rejoined.
    state TEXT NOT NULL CHECK (state IN ('joining', 'joined', 'frozen')),
    feed_epoch INTEGER NOT NULL,
    cursor INTEGER NOT NULL CHECK (cursor >= 0),
    acked_seq INTEGER NOT NULL CHECK (acked_seq >= 0),
    last_seq INTEGER NOT NULL CHECK (last_seq >= 0),
    last_hash BLOB NOT NULL CHECK (length(last_hash) = 32),
    -- An answer took something out of what is shown: the next page puts the rows right.
    dirty INTEGER NOT NULL DEFAULT 0 CHECK (dirty IN (0, 1)),
    heard INTEGER,
    -- While frozen: the epoch that the desk has to leave behind.
    over_epoch INTEGER NOT NULL DEFAULT 0,
    -- Of the machine on which the file was last in use.
    fingerprint TEXT NOT NULL DEFAULT '',
    -- The identity of the entry at the cursor.
    last_entry BLOB CHECK (length(last_entry) = 16)
) STRICT;

-- Commands on their way up, in their final bytes, and what became of them.
CREATE TABLE queue (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    sealed TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    queued_at INTEGER NOT NULL,
    asking INTEGER NOT NULL CHECK (asking IN (0, 1)),
    -- 'waiting', 'applied', 'kept', 'refused', or 'parked' for a person.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'applied', 'kept', 'refused', 'parked')),
    answer TEXT CHECK (json_valid(answer)),
    -- The centre knows of it: of one that is parked, that its number is taken.
    told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
    -- Its events have come down the feed: it is no part of what is shown beside the base any more.
    in_base INTEGER NOT NULL DEFAULT 0 CHECK (in_base IN (0, 1)),
    PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_open ON queue (epoch, seq) WHERE in_base = 0;
CREATE INDEX queue_waiting ON queue (queued_at) WHERE state = 'waiting' OR state = 'parked';

-- Places of the queue whose parked command was queued again at its end: the centre knows them as parked.
CREATE TABLE queue_place (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    -- As it goes up where the centre asks for it once more.
    slot TEXT NOT NULL CHECK (json_valid(slot)),
    PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

-- The desk's rights: three counts that only grow.
CREATE TABLE share (
    room_type TEXT NOT NULL,
    night INTEGER NOT NULL,
    granted INTEGER NOT NULL CHECK (granted >= 0),
    consumed INTEGER NOT NULL CHECK (consumed >= 0),
    returned INTEGER NOT NULL CHECK (returned >= 0 AND consumed + returned <= granted),
    PRIMARY KEY (room_type, night)
) STRICT, WITHOUT ROWID;

-- The base under what is shown: rows as the centre has them, where commands of this desk that it has
-- not yet told of changed them. Without a document the centre has no such row.
CREATE TABLE base_row (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    document TEXT CHECK (json_valid(document)),
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

-- What a person has to know of: it never disappears unread.
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('confirmed', 'declined', 'refused', 'conflict', 'parked')),
    command BLOB NOT NULL CHECK (length(command) = 16),
    object TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    opened INTEGER NOT NULL,
    answered INTEGER,
    answered_by TEXT CHECK ((answered_by IS NOT NULL) = (answered IS NOT NULL)),
    UNIQUE (command, kind)
) STRICT;
CREATE INDEX inbox_open ON inbox (id) WHERE answered IS NULL;
