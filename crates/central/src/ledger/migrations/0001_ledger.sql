-- Everything that the centre knows of a property. The key of every table begins with the property, so that
-- no statement reaches another's rows by forgetting a condition. Nights are days since 1970-01-01, instants
-- milliseconds, numbers of entries without gaps.

CREATE TABLE property (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[A-Za-z0-9_-]{1,32}$'),
    -- Nothing until a history is taken in or the property is opened.
    catalogue jsonb,
    -- The desk whose history comes in, until all of it is here.
    genesis_desk uuid,
    feed_epoch integer NOT NULL DEFAULT 1 CHECK (feed_epoch >= 1),
    feed_head bigint NOT NULL DEFAULT 0 CHECK (feed_head >= 0),
    audit_head bigint NOT NULL DEFAULT 0 CHECK (audit_head >= 0),
    audit_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (length(audit_hash) = 32),
    created_at bigint NOT NULL
);

CREATE TABLE desk (
    property integer NOT NULL REFERENCES property (id),
    id uuid NOT NULL,
    letters text NOT NULL CHECK (letters ~ '^[A-Z]{1,4}$'),
    name text NOT NULL,
    epoch integer NOT NULL DEFAULT 1 CHECK (epoch >= 1),
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
    last_seq bigint NOT NULL DEFAULT 0 CHECK (last_seq >= 0),
    last_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (length(last_hash) = 32),
    -- The highest count given in its short numbers.
    last_reservation bigint NOT NULL DEFAULT 0,
    last_hold bigint NOT NULL DEFAULT 0,
    last_outage bigint NOT NULL DEFAULT 0,
    last_allotment bigint NOT NULL DEFAULT 0,
    enrolled_at bigint NOT NULL,
    seen_at bigint,
    -- When it last said that nothing of its queue was left.
    rested_at bigint,
    -- Since two copies of it were seen; it is granted nothing.
    forked_at bigint,
    revoked_at bigint,
    -- Since it was declared lost, until it comes back in a new epoch; and the last epoch whose rights a person
    -- took back.
    lost_at bigint,
    lost_epoch integer NOT NULL DEFAULT 0,
    PRIMARY KEY (property, id),
    UNIQUE (property, letters)
);

CREATE TABLE enrol_code (
    property integer NOT NULL REFERENCES property (id),
    hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    expires_at bigint NOT NULL,
    used_at bigint,
    PRIMARY KEY (property, hash)
);

-- The feed: commands that were accepted, and what came of them. These bytes rule.
CREATE TABLE entry (
    property integer NOT NULL REFERENCES property (id),
    number bigint NOT NULL CHECK (number >= 1),
    id uuid NOT NULL,
    desk text NOT NULL,
    actor text NOT NULL,
    at bigint NOT NULL,
    business_date integer NOT NULL,
    request uuid NOT NULL,
    kind text NOT NULL,
    payload text NOT NULL,
    outcome text NOT NULL,
    reason text,
    override_text uuid,
    undone_by bigint,
    PRIMARY KEY (property, number),
    UNIQUE (property, id)
);
CREATE INDEX entry_by_actor ON entry (property, desk, actor, number);

CREATE TABLE event (
    property integer NOT NULL,
    number bigint NOT NULL,
    position integer NOT NULL CHECK (position >= 0),
    name text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    payload text NOT NULL,
    PRIMARY KEY (property, number, position),
    FOREIGN KEY (property, number) REFERENCES entry (property, number) ON DELETE CASCADE
);

-- Every place of a desk's queue and the answer it got, refusals too, for good.
CREATE TABLE queued (
    property integer NOT NULL,
    desk uuid NOT NULL,
    epoch integer NOT NULL,
    seq bigint NOT NULL CHECK (seq >= 1),
    id uuid NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    -- The bytes as the desk wrote them; nothing where it parked the command.
    sealed text,
    answer text NOT NULL,
    number bigint,
    stored_at bigint NOT NULL,
    PRIMARY KEY (property, desk, epoch, seq),
    FOREIGN KEY (property, desk) REFERENCES desk (property, id)
);
CREATE INDEX queued_by_id ON queued (property, id);
CREATE INDEX queued_parked ON queued (property) WHERE sealed IS NULL;

CREATE TABLE audit (
    property integer NOT NULL REFERENCES property (id),
    seq bigint NOT NULL CHECK (seq >= 1),
    at bigint NOT NULL,
    desk text NOT NULL,
    actor text NOT NULL,
    what text NOT NULL,
    accepted boolean NOT NULL,
    -- The entry, and the place in a desk's queue, whose bytes the row covers.
    number bigint,
    queue_desk uuid,
    queue_epoch integer,
    queue_seq bigint,
    detail text,
    covers bytea NOT NULL CHECK (length(covers) = 32),
    previous_hash bytea NOT NULL CHECK (length(previous_hash) = 32),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (property, seq)
);

-- What follows is folded from the feed; a rebuild writes it anew.

CREATE TABLE cell (
    property integer NOT NULL REFERENCES property (id),
    room_type text NOT NULL,
    night integer NOT NULL,
    physical integer NOT NULL CHECK (physical >= 0),
    out_of_order integer NOT NULL CHECK (out_of_order BETWEEN 0 AND physical),
    sold integer NOT NULL CHECK (sold >= 0),
    held integer NOT NULL CHECK (held >= 0),
    blocked integer NOT NULL CHECK (blocked >= 0),
    overbooking integer NOT NULL,
    restrictions bigint NOT NULL CHECK (restrictions BETWEEN 0 AND 4294967295),
    version bigint NOT NULL CHECK (version >= 1),
    PRIMARY KEY (property, room_type, night)
);
CREATE INDEX cell_by_night ON cell (property, night);

CREATE TABLE house_limit (
    property integer NOT NULL REFERENCES property (id),
    night integer NOT NULL,
    overbooking integer,
    restrictions bigint NOT NULL CHECK (restrictions BETWEEN 0 AND 4294967295),
    version bigint NOT NULL CHECK (version >= 1),
    PRIMARY KEY (property, night)
);

CREATE TABLE reservation (
    property integer NOT NULL REFERENCES property (id),
    id uuid NOT NULL,
    number text NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    status text NOT NULL,
    created_at bigint NOT NULL,
    doc jsonb NOT NULL,
    PRIMARY KEY (property, id),
    UNIQUE (property, number)
);
CREATE INDEX reservation_newest ON reservation (property, created_at, id);

CREATE TABLE stay (
    property integer NOT NULL,
    reservation uuid NOT NULL,
    stay integer NOT NULL,
    room_type text NOT NULL,
    arrival integer NOT NULL,
    departure integer NOT NULL CHECK (departure >= arrival),
    leaves_on integer NOT NULL,
    status text NOT NULL,
    takes_none boolean NOT NULL,
    option_until integer,
    kept_on integer,
    room text,
    PRIMARY KEY (property, reservation, stay),
    FOREIGN KEY (property, reservation) REFERENCES reservation (property, id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX stay_by_type ON stay (property, room_type, arrival);
CREATE INDEX stay_open ON stay (property, status, arrival)
    WHERE status IN ('waitlisted', 'tentative', 'needs_confirmation', 'confirmed', 'checked_in');
CREATE UNIQUE INDEX stay_by_room ON stay (property, room)
    WHERE status = 'checked_in' AND room IS NOT NULL;

CREATE TABLE moved_night (
    property integer NOT NULL,
    reservation uuid NOT NULL,
    stay integer NOT NULL,
    night integer NOT NULL,
    room_type text NOT NULL,
    PRIMARY KEY (property, reservation, stay, night),
    FOREIGN KEY (property, reservation, stay) REFERENCES stay (property, reservation, stay) ON DELETE CASCADE
);
CREATE INDEX moved_night_by_type ON moved_night (property, room_type, night);

-- Which entries changed a reservation, and of which desk they were.
CREATE TABLE reservation_change (
    property integer NOT NULL,
    reservation uuid NOT NULL,
    number bigint NOT NULL,
    desk text NOT NULL,
    PRIMARY KEY (property, reservation, number)
);

CREATE TABLE hold (
    property integer NOT NULL REFERENCES property (id),
    id uuid NOT NULL,
    number text NOT NULL,
    -- The letters of the desk whose hold it is.
    letters text NOT NULL,
    status text NOT NULL,
    expires_at bigint NOT NULL,
    doc jsonb NOT NULL,
    PRIMARY KEY (property, id),
    UNIQUE (property, number)
);
CREATE INDEX hold_active ON hold (property, letters, expires_at) WHERE status = 'active';

CREATE TABLE outage (
    property integer NOT NULL REFERENCES property (id),
    id uuid NOT NULL,
    number text NOT NULL,
    room_type text NOT NULL,
    from_night integer NOT NULL,
    back_on integer NOT NULL,
    doc jsonb NOT NULL,
    PRIMARY KEY (property, id),
    UNIQUE (property, number)
);
CREATE INDEX outage_by_type ON outage (property, room_type, back_on);

CREATE TABLE allotment (
    property integer NOT NULL REFERENCES property (id),
    id uuid NOT NULL,
    number text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    cut_off integer,
    doc jsonb NOT NULL,
    PRIMARY KEY (property, id),
    UNIQUE (property, number)
);
CREATE INDEX allotment_open ON allotment (property, cut_off) WHERE status = 'open';

-- What no event tells: rights, deficits, and people.

CREATE TABLE share (
    property integer NOT NULL,
    night integer NOT NULL,
    room_type text NOT NULL,
    desk uuid NOT NULL,
    epoch integer NOT NULL CHECK (epoch >= 1),
    granted bigint NOT NULL CHECK (granted BETWEEN 0 AND 4294967295),
    consumed bigint NOT NULL CHECK (consumed >= 0),
    returned bigint NOT NULL CHECK (returned >= 0),
    -- How many unused rooms the desk should keep at most.
    keep bigint NOT NULL CHECK (keep BETWEEN 0 AND 4294967295),
    -- Where the feed stood when `granted` or `keep` last changed.
    changed bigint NOT NULL,
    PRIMARY KEY (property, night, room_type, desk, epoch),
    FOREIGN KEY (property, desk) REFERENCES desk (property, id),
    CHECK (consumed + returned <= granted)
);
CREATE INDEX share_by_desk ON share (property, desk, epoch, changed);

-- Rooms that commands promised which the centre could not read. They pay no pool and are sold to nobody until
-- a person at the desk has the command sent again, or gives it up.
CREATE TABLE apart (
    property integer NOT NULL,
    night integer NOT NULL,
    room_type text NOT NULL,
    desk uuid NOT NULL,
    command uuid NOT NULL,
    rooms bigint NOT NULL CHECK (rooms BETWEEN 1 AND 4294967295),
    PRIMARY KEY (property, night, room_type, desk, command),
    FOREIGN KEY (property, desk) REFERENCES desk (property, id)
);
CREATE INDEX apart_by_command ON apart (property, desk, command);

CREATE TABLE deficit (
    property integer NOT NULL REFERENCES property (id),
    night integer NOT NULL,
    pool text NOT NULL,
    rooms bigint NOT NULL CHECK (rooms >= 0),
    PRIMARY KEY (property, night, pool)
);

CREATE TABLE deficit_entry (
    property integer NOT NULL REFERENCES property (id),
    id bigint GENERATED ALWAYS AS IDENTITY,
    night integer NOT NULL,
    pool text NOT NULL,
    rooms bigint NOT NULL CHECK (rooms <> 0),
    cause text NOT NULL CHECK (cause IN ('fact', 'limit', 'lost_desk', 'restored', 'freed')),
    command uuid,
    desk uuid,
    at bigint NOT NULL,
    PRIMARY KEY (property, id),
    CHECK ((cause IN ('fact', 'limit')) = (command IS NOT NULL)),
    CHECK ((cause IN ('lost_desk', 'restored')) = (desk IS NOT NULL)),
    CHECK ((cause = 'freed') = (rooms < 0))
);

CREATE TABLE guest (
    property integer NOT NULL REFERENCES property (id),
    id uuid NOT NULL,
    name text NOT NULL,
    phone text,
    email text,
    PRIMARY KEY (property, id)
);

CREATE TABLE free_text (
    property integer NOT NULL REFERENCES property (id),
    id uuid NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (property, id)
);

-- Guests and texts that were erased: never written again, whoever brings them.
CREATE TABLE erased (
    property integer NOT NULL REFERENCES property (id),
    id uuid NOT NULL,
    number bigint NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (property, id)
);
