-- Settings by key: what a hotel set otherwise than the program's default, as JSON.
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- What was before and after, and what else is known of an act: something done that is no command of
-- the inventory. A command's row needs none: its events say it.
ALTER TABLE audit ADD COLUMN detail TEXT CHECK (detail IS NULL OR json_valid(detail));

-- How many acts were ever told. The last commands of the trail cannot go unseen, for their rows stand
-- elsewhere too; this does the same for acts.
CREATE TABLE act_count (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    acts INTEGER NOT NULL CHECK (acts >= 0)
) STRICT;
INSERT INTO act_count (id, acts) VALUES (1, 0);

-- Who may sign in. Nobody is ever deleted: the trail names them.
CREATE TABLE staff (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    role TEXT NOT NULL CHECK (role IN ('front_desk', 'night_audit', 'manager', 'admin')),
    password TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT, WITHOUT ROWID;

-- What a role may do. An admin can always administer.
CREATE TABLE role_permission (
    role TEXT NOT NULL CHECK (role IN ('front_desk', 'night_audit', 'manager', 'admin')),
    permission TEXT NOT NULL
        CHECK (permission IN ('look', 'sell', 'operate', 'configure', 'administer')),
    PRIMARY KEY (role, permission)
) STRICT, WITHOUT ROWID;
INSERT INTO role_permission (role, permission) VALUES
    ('front_desk', 'look'), ('front_desk', 'sell'),
    ('night_audit', 'look'), ('night_audit', 'sell'), ('night_audit', 'operate'),
    ('manager', 'look'), ('manager', 'sell'), ('manager', 'operate'), ('manager', 'configure'),
    ('admin', 'look'), ('admin', 'sell'), ('admin', 'operate'), ('admin', 'configure'),
    ('admin', 'administer');
CREATE TRIGGER admins_administer BEFORE DELETE ON role_permission
WHEN OLD.role = 'admin' AND OLD.permission = 'administer'
BEGIN
    SELECT RAISE(ABORT, 'an admin can always administer');
END;

-- Sign-ins that have not ended. The token itself is with its holder alone.
CREATE TABLE session (
    token BLOB PRIMARY KEY CHECK (length(token) = 32),
    staff BLOB NOT NULL REFERENCES staff (id),
    signed_in_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_staff ON session (staff);

-- Sign-ins that failed, by a hash of the name that was typed: who types the password into the wrong
-- field does not leave it here.
CREATE TABLE sign_in_failure (
    name BLOB PRIMARY KEY CHECK (length(name) = 32),
    failures INTEGER NOT NULL CHECK (failures >= 1),
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Guests by the words of their names and addresses and by the digits of their phones. A guest's row
-- has an id of 16 bytes, the index wants a number.
CREATE TABLE guest_row (
    number INTEGER PRIMARY KEY,
    guest BLOB NOT NULL UNIQUE CHECK (length(guest) = 16)
) STRICT;
CREATE VIRTUAL TABLE guest_search USING fts5 (
    name, phone, email, content = '', tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO guest_search (guest_search, rank) VALUES ('secure-delete', 1);
CREATE INDEX reservation_by_guest ON reservation (guest);
CREATE INDEX reservation_by_external_number ON reservation (external_number)
    WHERE external_number IS NOT NULL;

-- Guests and texts that were erased. What stands here is never written again, whoever brings it; of a
-- guest the words that stand in the name's place may.
CREATE TABLE erased (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    erased_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER guest_stays_erased BEFORE INSERT ON guest
WHEN EXISTS (SELECT 1 FROM erased WHERE id = NEW.id)
    AND (NEW.name <> 'Erased guest' OR NEW.phone IS NOT NULL OR NEW.email IS NOT NULL)
BEGIN
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER guest_stays_erased_when_changed BEFORE UPDATE ON guest
WHEN EXISTS (SELECT 1 FROM erased WHERE id = NEW.id)
    AND (NEW.name <> 'Erased guest' OR NEW.phone IS NOT NULL OR NEW.email IS NOT NULL)
BEGIN
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER text_stays_erased BEFORE INSERT ON free_text
WHEN EXISTS (SELECT 1 FROM erased WHERE id = NEW.id)
BEGIN
    SELECT RAISE(IGNORE);
END;
