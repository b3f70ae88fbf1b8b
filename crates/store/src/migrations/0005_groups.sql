-- Restrictions of a type's or the house's night, packed: bit 0 stop-sell, 1 closed to arrival, 2 closed
-- to departure; from bit 8 the minimum and from bit 20 the maximum stay in nights, 0 where there is none.
ALTER TABLE cell ADD COLUMN restrictions INTEGER NOT NULL DEFAULT 0
    CHECK (restrictions BETWEEN 0 AND 4294967295);
ALTER TABLE house_limit ADD COLUMN restrictions INTEGER NOT NULL DEFAULT 0
    CHECK (restrictions BETWEEN 0 AND 4294967295);

ALTER TABLE property ADD COLUMN last_allotment INTEGER NOT NULL DEFAULT 0 CHECK (last_allotment >= 0);
ALTER TABLE property ADD COLUMN tentative_takes_none INTEGER NOT NULL DEFAULT 0
    CHECK (tentative_takes_none IN (0, 1));

ALTER TABLE stay ADD COLUMN takes_none INTEGER NOT NULL DEFAULT 0 CHECK (takes_none IN (0, 1));
ALTER TABLE stay ADD COLUMN kept_on INTEGER;
ALTER TABLE stay ADD COLUMN allotment BLOB REFERENCES allotment (id);
ALTER TABLE stay ADD COLUMN cost INTEGER;
CREATE INDEX stay_by_allotment ON stay (allotment) WHERE allotment IS NOT NULL;
-- What an end of day asks about: guests in the house, those who are expected, options, the waitlist.
CREATE INDEX stay_open ON stay (status, arrival)
    WHERE status IN ('waitlisted', 'tentative', 'needs_confirmation', 'confirmed', 'checked_in');

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
