-- What a new file has; `KEYRACK_GOLDEN=write cargo test -p keyrack-store` writes it anew.
PRAGMA application_id = 1264941394;
PRAGMA user_version = 22;

CREATE TABLE act (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
    audit INTEGER NOT NULL UNIQUE REFERENCES audit (seq),
    answer TEXT NOT NULL CHECK (json_valid(answer))
) STRICT, WITHOUT ROWID;

CREATE TABLE act_count (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    acts INTEGER NOT NULL CHECK (acts >= 0)
) STRICT;

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('critical', 'error', 'warning', 'info')),
    audience TEXT NOT NULL,
    -- What it is about: a room type, the house, a job.
    subject TEXT NOT NULL,
    from_night INTEGER,
    to_night INTEGER CHECK (to_night > from_night),
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    opened INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    acknowledged INTEGER,
    acknowledged_by TEXT CHECK ((acknowledged_by IS NOT NULL) = (acknowledged IS NOT NULL)),
    closed INTEGER,
    CHECK ((from_night IS NULL) = (to_night IS NULL))
) STRICT;

CREATE INDEX alert_by_end ON alert (closed);

CREATE TABLE allotment (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    number TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL CHECK (version >= 1),
    name BLOB,
    kind TEXT NOT NULL CHECK (kind IN ('elastic', 'non_elastic', 'committed', 'tentative')),
    status TEXT NOT NULL CHECK (status IN ('open', 'released', 'cancelled')),
    cut_off INTEGER,
    shoulder INTEGER NOT NULL CHECK (shoulder >= 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX allotment_by_cut_off ON allotment (status, cut_off);

CREATE TABLE allotment_block (
    allotment BLOB NOT NULL REFERENCES allotment (id),
    position INTEGER NOT NULL,
    room_type TEXT NOT NULL REFERENCES room_type (code),
    arrival INTEGER NOT NULL,
    departure INTEGER NOT NULL CHECK (departure > arrival),
    rooms INTEGER NOT NULL CHECK (rooms BETWEEN 1 AND 500),
    PRIMARY KEY (allotment, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE allotment_night (
    allotment BLOB NOT NULL REFERENCES allotment (id),
    room_type TEXT NOT NULL REFERENCES room_type (code),
    night INTEGER NOT NULL,
    total INTEGER NOT NULL CHECK (total >= 0),
    picked_up INTEGER NOT NULL CHECK (picked_up >= 0),
    PRIMARY KEY (allotment, room_type, night)
) STRICT, WITHOUT ROWID;

CREATE INDEX allotment_night_by_type ON allotment_night (room_type, night);

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    command INTEGER UNIQUE REFERENCES command (seq),
    actor TEXT NOT NULL,
    permission TEXT NOT NULL,
    desk TEXT NOT NULL,
    what TEXT NOT NULL,
    object TEXT NOT NULL,
    reason_code TEXT,
    reason_text BLOB,
    override_text BLOB,
    instant INTEGER NOT NULL,
    request BLOB NOT NULL,
    previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
, detail TEXT CHECK (detail IS NULL OR json_valid(detail))) STRICT;

CREATE INDEX audit_by_actor ON audit (actor);

CREATE INDEX audit_by_instant ON audit (instant);

CREATE INDEX audit_by_object ON audit (object);

CREATE INDEX audit_by_what ON audit (what);

CREATE TABLE base_row (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    document TEXT CHECK (json_valid(document)),
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE cell (
    room_type TEXT NOT NULL REFERENCES room_type (code),
    night INTEGER NOT NULL,
    physical INTEGER NOT NULL CHECK (physical BETWEEN 0 AND 1000000),
    out_of_order INTEGER NOT NULL CHECK (out_of_order BETWEEN 0 AND physical),
    sold INTEGER NOT NULL CHECK (sold >= 0),
    held INTEGER NOT NULL CHECK (held >= 0),
    blocked INTEGER NOT NULL CHECK (blocked >= 0),
    overbooking INTEGER NOT NULL CHECK (overbooking BETWEEN -1000000 AND 1000000),
    version INTEGER NOT NULL CHECK (version >= 1), restrictions INTEGER NOT NULL DEFAULT 0
    CHECK (restrictions BETWEEN 0 AND 4294967295),
    PRIMARY KEY (room_type, night)
) STRICT, WITHOUT ROWID;

CREATE TABLE cell_event (
    room_type TEXT NOT NULL,
    night INTEGER NOT NULL,
    version INTEGER NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (room_type, night, version)
) STRICT, WITHOUT ROWID;

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
    heard INTEGER
, over_epoch INTEGER NOT NULL DEFAULT 0, fingerprint TEXT NOT NULL DEFAULT '', chain BLOB CHECK (length(chain) = 32), since_epoch INTEGER NOT NULL DEFAULT 1, grants_at INTEGER NOT NULL DEFAULT 0 CHECK (grants_at >= 0), log_due INTEGER NOT NULL DEFAULT 0 CHECK (log_due IN (0, 1)), joined_number INTEGER NOT NULL DEFAULT 0 CHECK (joined_number >= 0), day_ended INTEGER, grants_chain BLOB CHECK (grants_chain IS NULL OR length(grants_chain) = 32), trail_number INTEGER, trail_hash BLOB CHECK (trail_hash IS NULL OR length(trail_hash) = 32), failing TEXT, numbers_after INTEGER NOT NULL DEFAULT 0 CHECK (numbers_after >= 0), let_go INTEGER NOT NULL DEFAULT 0 CHECK (let_go IN (0, 1))) STRICT;

CREATE TABLE command (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
    kind TEXT NOT NULL,
    request TEXT NOT NULL CHECK (json_valid(request)),
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    outcome TEXT NOT NULL CHECK (json_valid(outcome)),
    actor TEXT NOT NULL,
    desk TEXT NOT NULL,
    instant INTEGER NOT NULL,
    business_date INTEGER,
    correlation BLOB NOT NULL,
    causation BLOB,
    first_event INTEGER NOT NULL,
    events INTEGER NOT NULL CHECK (events >= 0)
) STRICT;

CREATE INDEX command_by_actor ON command (actor);

CREATE TABLE day_end (
    business_date INTEGER PRIMARY KEY,
    ended_at INTEGER NOT NULL,
    ended_by TEXT NOT NULL,
    pack TEXT,
    backup TEXT
) STRICT;

CREATE INDEX day_end_without_pack ON day_end (business_date) WHERE pack IS NULL;

CREATE TABLE erased (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    erased_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    command INTEGER NOT NULL REFERENCES command (seq),
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    FOREIGN KEY (type, version) REFERENCES event_type (name, version)
) STRICT;

CREATE INDEX event_by_type ON event (type);

CREATE TABLE event_type (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER text_stays_erased BEFORE INSERT ON free_text
WHEN EXISTS (SELECT 1 FROM erased WHERE id = NEW.id)
BEGIN
    SELECT RAISE(IGNORE);
END;

CREATE TABLE free_text (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    body TEXT NOT NULL
, salt BLOB CHECK (salt IS NULL OR length(salt) = 16)) STRICT, WITHOUT ROWID;

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

CREATE TABLE guest (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL,
    phone TEXT,
    email TEXT
, salt BLOB CHECK (salt IS NULL OR length(salt) = 16)) STRICT, WITHOUT ROWID;

CREATE TABLE guest_row (
    number INTEGER PRIMARY KEY,
    guest BLOB NOT NULL UNIQUE CHECK (length(guest) = 16)
) STRICT;

CREATE VIRTUAL TABLE guest_search USING fts5 (
    name, phone, email, content = '', tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE 'guest_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'guest_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'guest_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'guest_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE hold (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    number TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL CHECK (version >= 1),
    status TEXT NOT NULL CHECK (status IN ('active', 'released', 'converted', 'expired')),
    expires_at INTEGER NOT NULL,
    reference BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX hold_by_end ON hold (status, expires_at);

CREATE INDEX hold_by_expiry ON hold (expires_at);

CREATE TABLE hold_event (
    hold BLOB NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (hold, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE hold_stay (
    hold BLOB NOT NULL REFERENCES hold (id),
    position INTEGER NOT NULL,
    room_type TEXT NOT NULL REFERENCES room_type (code),
    arrival INTEGER NOT NULL,
    departure INTEGER NOT NULL CHECK (departure > arrival),
    rooms INTEGER NOT NULL CHECK (rooms BETWEEN 1 AND 500),
    PRIMARY KEY (hold, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE house_limit (
    night INTEGER PRIMARY KEY,
    overbooking INTEGER CHECK (overbooking BETWEEN -1000000 AND 1000000),
    version INTEGER NOT NULL CHECK (version >= 1)
, restrictions INTEGER NOT NULL DEFAULT 0
    CHECK (restrictions BETWEEN 0 AND 4294967295)) STRICT;

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

CREATE TABLE job (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'parked')),
    due INTEGER NOT NULL,
    claimed_by TEXT CHECK ((claimed_by IS NOT NULL) = (state = 'running')),
    lease_until INTEGER CHECK ((lease_until IS NOT NULL) = (state = 'running')),
    tries INTEGER NOT NULL CHECK (tries >= 0),
    error TEXT,
    -- Steps done and steps in all, where the work tells.
    done INTEGER NOT NULL DEFAULT 0 CHECK (done >= 0),
    total INTEGER NOT NULL DEFAULT 0 CHECK (total >= 0),
    -- Ids only.
    payload TEXT CHECK (json_valid(payload)),
    created INTEGER NOT NULL,
    finished INTEGER CHECK ((finished IS NOT NULL) = (state = 'done'))
) STRICT, WITHOUT ROWID;

CREATE INDEX job_by_state ON job (state, due);

CREATE TABLE metric (
    hour INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- The bucket's upper bound in microseconds; 0 for what is only counted.
    bound INTEGER NOT NULL CHECK (bound >= 0),
    count INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (hour, name, bound)
) STRICT, WITHOUT ROWID;

CREATE TABLE moved_night (
    reservation BLOB NOT NULL,
    stay INTEGER NOT NULL,
    night INTEGER NOT NULL,
    room_type TEXT NOT NULL REFERENCES room_type (code),
    PRIMARY KEY (reservation, stay, night),
    FOREIGN KEY (reservation, stay) REFERENCES stay (reservation, stay) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX moved_night_by_type ON moved_night (room_type, night);

CREATE TABLE movement (
    night INTEGER PRIMARY KEY,
    arrivals INTEGER NOT NULL CHECK (arrivals >= 0),
    departures INTEGER NOT NULL CHECK (departures >= 0),
    day_use INTEGER NOT NULL CHECK (day_use BETWEEN 0 AND arrivals)
) STRICT;

CREATE TABLE outage (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    number TEXT NOT NULL UNIQUE,
    room_type TEXT NOT NULL REFERENCES room_type (code),
    from_night INTEGER NOT NULL,
    back_on INTEGER NOT NULL CHECK (back_on >= from_night),
    rooms INTEGER NOT NULL CHECK (rooms BETWEEN 1 AND 500),
    service INTEGER NOT NULL CHECK (service IN (0, 1)),
    reason BLOB,
    room TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX outage_by_end ON outage (back_on);

CREATE INDEX outage_by_type ON outage (room_type, back_on);

CREATE TABLE outage_event (
    outage BLOB NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (outage, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE property (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    currency TEXT NOT NULL,
    business_date INTEGER NOT NULL,
    desk TEXT NOT NULL,
    last_reservation INTEGER NOT NULL CHECK (last_reservation >= 0),
    last_hold INTEGER NOT NULL CHECK (last_hold >= 0),
    last_outage INTEGER NOT NULL CHECK (last_outage >= 0),
    catalogue_version INTEGER NOT NULL
, last_allotment INTEGER NOT NULL DEFAULT 0 CHECK (last_allotment >= 0), tentative_takes_none INTEGER NOT NULL DEFAULT 0
    CHECK (tentative_takes_none IN (0, 1))) STRICT;

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
    in_base INTEGER NOT NULL DEFAULT 0 CHECK (in_base IN (0, 1)), sent INTEGER NOT NULL DEFAULT 1 CHECK (sent IN (0, 1)),
    PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX queue_open ON queue (epoch, seq) WHERE in_base = 0;

CREATE INDEX queue_parked ON queue (epoch, seq) WHERE state = 'parked';

CREATE INDEX queue_unheard ON queue (epoch, seq, state)
    WHERE state = 'waiting' OR state IN ('parked', 'refused') AND told = 0;

CREATE INDEX queue_waiting ON queue (queued_at) WHERE state = 'waiting' OR state = 'parked';

CREATE TABLE queue_place (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    -- As it goes up where the centre asks for it once more.
    slot TEXT NOT NULL CHECK (json_valid(slot)), told INTEGER NOT NULL DEFAULT 1 CHECK (told IN (0, 1)),
    PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX queue_place_untold ON queue_place (epoch, seq) WHERE told = 0;

CREATE TABLE redacted (
    command INTEGER PRIMARY KEY REFERENCES command (seq),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE reservation (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    number TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    guest BLOB,
    source TEXT,
    external_number TEXT,
    adults INTEGER NOT NULL,
    children INTEGER NOT NULL,
    meal TEXT,
    guarantee BLOB,
    notes BLOB,
    attributes TEXT CHECK (json_valid(attributes))
, serial INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0, first_arrival INTEGER NOT NULL DEFAULT 0, last_leaving INTEGER NOT NULL DEFAULT 0, replaced TEXT CHECK (replaced IS NULL OR json_valid(replaced))) STRICT, WITHOUT ROWID;

CREATE INDEX reservation_arrival
    ON reservation (first_arrival, serial, number, last_leaving, total);

CREATE INDEX reservation_by_external_number ON reservation (external_number)
    WHERE external_number IS NOT NULL;

CREATE INDEX reservation_by_guarantee ON reservation (guarantee) WHERE guarantee IS NOT NULL;

CREATE INDEX reservation_by_guest ON reservation (guest);

CREATE INDEX reservation_by_notes ON reservation (notes) WHERE notes IS NOT NULL;

CREATE INDEX reservation_long ON reservation (first_arrival)
    WHERE last_leaving - first_arrival > 366;

CREATE INDEX reservation_newest
    ON reservation (created_at, serial, number, first_arrival, last_leaving, total);

CREATE INDEX reservation_open ON reservation (status)
    WHERE status = 'waitlisted' OR status = 'tentative' OR status = 'needs_confirmation'
        OR status = 'checked_in';

CREATE INDEX reservation_value ON reservation (total, serial, number, first_arrival, last_leaving);

CREATE TABLE reservation_event (
    reservation BLOB NOT NULL,
    version INTEGER NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (reservation, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER admins_administer BEFORE DELETE ON role_permission
WHEN OLD.role = 'admin' AND OLD.permission = 'administer'
BEGIN
    SELECT RAISE(ABORT, 'an admin can always administer');
END;

CREATE TABLE role_permission (
    role TEXT NOT NULL CHECK (role IN ('front_desk', 'night_audit', 'manager', 'admin')),
    permission TEXT NOT NULL
        CHECK (permission IN ('look', 'sell', 'operate', 'configure', 'administer')),
    PRIMARY KEY (role, permission)
) STRICT, WITHOUT ROWID;

CREATE TABLE room_type (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    rank INTEGER NOT NULL CHECK (rank >= 0),
    rooms INTEGER NOT NULL CHECK (rooms BETWEEN 0 AND 1000000),
    overbooking INTEGER NOT NULL CHECK (overbooking BETWEEN -1000000 AND 1000000),
    status TEXT NOT NULL CHECK (status IN ('draft', 'on_sale', 'stopped', 'retired')),
    retired_from INTEGER CHECK ((retired_from IS NOT NULL) = (status = 'retired'))
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    token BLOB PRIMARY KEY CHECK (length(token) = 32),
    staff BLOB NOT NULL REFERENCES staff (id),
    signed_in_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_staff ON session (staff);

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE share (
    room_type TEXT NOT NULL,
    night INTEGER NOT NULL,
    granted INTEGER NOT NULL CHECK (granted >= 0),
    consumed INTEGER NOT NULL CHECK (consumed >= 0),
    returned INTEGER NOT NULL CHECK (returned >= 0 AND consumed + returned <= granted),
    PRIMARY KEY (room_type, night)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_in_failure (
    name BLOB PRIMARY KEY CHECK (length(name) = 32),
    failures INTEGER NOT NULL CHECK (failures >= 1),
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    role TEXT NOT NULL CHECK (role IN ('front_desk', 'night_audit', 'manager', 'admin')),
    password TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TRIGGER stay_changes AFTER UPDATE OF arrival, departure, leaves_on, status ON stay
WHEN (OLD.arrival, OLD.departure, OLD.leaves_on,
        OLD.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out'))
    IS NOT (NEW.arrival, NEW.departure, NEW.leaves_on,
        NEW.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out'))
BEGIN
    INSERT INTO movement (night, arrivals, departures, day_use)
    SELECT NEW.arrival, 1, 0, NEW.departure = NEW.arrival
    WHERE NEW.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
    ON CONFLICT (night) DO UPDATE SET arrivals = arrivals + 1, day_use = day_use + excluded.day_use;
    INSERT INTO movement (night, arrivals, departures, day_use)
    SELECT NEW.leaves_on, 0, 1, 0
    WHERE NEW.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
    ON CONFLICT (night) DO UPDATE SET departures = departures + 1;
    UPDATE movement SET arrivals = arrivals - 1, day_use = day_use - (OLD.departure = OLD.arrival)
    WHERE night = OLD.arrival
        AND OLD.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out');
    UPDATE movement SET departures = departures - 1
    WHERE night = OLD.leaves_on
        AND OLD.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out');
    DELETE FROM movement
    WHERE night IN (OLD.arrival, OLD.leaves_on) AND arrivals = 0 AND departures = 0;
END;

CREATE TRIGGER stay_comes AFTER INSERT ON stay
WHEN NEW.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
BEGIN
    INSERT INTO movement (night, arrivals, departures, day_use)
    VALUES (NEW.arrival, 1, 0, NEW.departure = NEW.arrival)
    ON CONFLICT (night) DO UPDATE SET arrivals = arrivals + 1, day_use = day_use + excluded.day_use;
    INSERT INTO movement (night, arrivals, departures, day_use) VALUES (NEW.leaves_on, 0, 1, 0)
    ON CONFLICT (night) DO UPDATE SET departures = departures + 1;
END;

CREATE TRIGGER stay_goes AFTER DELETE ON stay
WHEN OLD.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
BEGIN
    UPDATE movement SET arrivals = arrivals - 1, day_use = day_use - (OLD.departure = OLD.arrival)
    WHERE night = OLD.arrival;
    UPDATE movement SET departures = departures - 1 WHERE night = OLD.leaves_on;
    DELETE FROM movement
    WHERE night IN (OLD.arrival, OLD.leaves_on) AND arrivals = 0 AND departures = 0;
END;

CREATE TABLE stay (
    reservation BLOB NOT NULL REFERENCES reservation (id),
    stay INTEGER NOT NULL CHECK (stay >= 1),
    room_type TEXT NOT NULL REFERENCES room_type (code),
    arrival INTEGER NOT NULL,
    departure INTEGER NOT NULL CHECK (departure >= arrival),
    leaves_on INTEGER NOT NULL CHECK (leaves_on BETWEEN arrival AND departure),
    status TEXT NOT NULL CHECK (status IN ('waitlisted', 'tentative', 'needs_confirmation',
        'confirmed', 'checked_in', 'checked_out', 'cancelled', 'no_show')),
    status_before TEXT,
    checked_in_on INTEGER,
    checked_out_on INTEGER,
    freed_from INTEGER,
    assigned TEXT,
    room TEXT,
    price INTEGER,
    option_until INTEGER, takes_none INTEGER NOT NULL DEFAULT 0 CHECK (takes_none IN (0, 1)), kept_on INTEGER, allotment BLOB REFERENCES allotment (id), cost INTEGER, ending TEXT CHECK (ending IS NULL OR json_valid(ending)), kept_from INTEGER,
    PRIMARY KEY (reservation, stay)
) STRICT, WITHOUT ROWID;

CREATE INDEX stay_by_allotment ON stay (allotment) WHERE allotment IS NOT NULL;

CREATE INDEX stay_by_arrival ON stay (arrival);

CREATE INDEX stay_by_leaving ON stay (leaves_on, status);

CREATE INDEX stay_by_type ON stay (room_type, arrival, leaves_on, status);

CREATE INDEX stay_in_house ON stay (reservation) WHERE status = 'checked_in';

CREATE INDEX stay_kept ON stay (kept_on) WHERE kept_on IS NOT NULL;

CREATE INDEX stay_long ON stay (arrival) WHERE leaves_on - arrival > 31;

CREATE INDEX stay_open ON stay (status, arrival)
    WHERE status IN ('waitlisted', 'tentative', 'needs_confirmation', 'confirmed', 'checked_in');

CREATE UNIQUE INDEX stay_room_in_house ON stay (room)
    WHERE status = 'checked_in' AND room IS NOT NULL;

CREATE TABLE undone (
    command INTEGER PRIMARY KEY REFERENCES command (seq),
    undone_by INTEGER NOT NULL REFERENCES command (seq)
) STRICT;

CREATE TABLE upkeep (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('backup', 'verify')),
    instant INTEGER NOT NULL,
    ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
    -- The backup's file name, or the first check that failed.
    about TEXT,
    bytes INTEGER,
    job BLOB
) STRICT;

CREATE INDEX upkeep_by_kind ON upkeep (kind, instant);
