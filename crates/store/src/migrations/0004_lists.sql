-- Lists that scale: what they are found and sorted by stands in columns and indexes of its own. All of
-- it follows from the events; verify compares it, rebuild writes it anew.

-- The count in the number, the price of all nights in minor units, and the dates between which the
-- stays lie.
ALTER TABLE reservation ADD COLUMN serial INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN first_arrival INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN last_leaving INTEGER NOT NULL DEFAULT 0;
UPDATE reservation SET
    serial = CAST(ltrim(number, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ-') AS INTEGER),
    total = (SELECT coalesce(sum(price * (leaves_on - arrival)), 0) FROM stay WHERE reservation = id),
    first_arrival = coalesce((SELECT min(arrival) FROM stay WHERE reservation = id), 0),
    last_leaving = coalesce((SELECT max(leaves_on) FROM stay WHERE reservation = id), 0);

-- Each order of the list of reservations, with what narrows it, so that a walk stays in the index.
CREATE INDEX reservation_newest
    ON reservation (created_at, serial, number, first_arrival, last_leaving, total);
CREATE INDEX reservation_value ON reservation (total, serial, number, first_arrival, last_leaving);
CREATE INDEX reservation_arrival
    ON reservation (first_arrival, serial, number, last_leaving, total);
-- The few that are in a status which does not last.
CREATE INDEX reservation_open ON reservation (status)
    WHERE status = 'waitlisted' OR status = 'tentative' OR status = 'needs_confirmation'
        OR status = 'checked_in';
-- The fewer whose stays lie further apart than one stay may be long.
CREATE INDEX reservation_long ON reservation (first_arrival)
    WHERE last_leaving - first_arrival > 366;
CREATE INDEX stay_by_arrival ON stay (arrival);
CREATE INDEX stay_in_house ON stay (reservation) WHERE status = 'checked_in';
CREATE INDEX hold_by_expiry ON hold (expires_at);
CREATE INDEX outage_by_end ON outage (back_on);

CREATE INDEX event_by_type ON event (type);
CREATE INDEX command_by_actor ON command (actor);
CREATE INDEX audit_by_object ON audit (object);
CREATE INDEX audit_by_actor ON audit (actor);
CREATE INDEX audit_by_what ON audit (what);
CREATE INDEX audit_by_instant ON audit (instant);

-- Which events a hold and an outage went through, as cell_event and reservation_event say it of theirs.
CREATE TABLE hold_event (
    hold BLOB NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (hold, event)
) STRICT, WITHOUT ROWID;
INSERT INTO hold_event (hold, event)
    SELECT unhex(replace(payload ->> 'hold', '-', '')), seq FROM event
    WHERE type IN ('hold_placed', 'hold_extended', 'hold_ended');

CREATE TABLE outage_event (
    outage BLOB NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (outage, event)
) STRICT, WITHOUT ROWID;
INSERT INTO outage_event (outage, event)
    SELECT unhex(replace(iif(type = 'outage_placed', payload ->> '$.outage.id', payload ->> 'outage'),
        '-', '')), seq FROM event
    WHERE type IN ('outage_placed', 'outage_end_set');
