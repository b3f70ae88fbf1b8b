-- Who comes and goes on each date, counted as stays are written: a grid of a year shows it for every date.
-- It follows from the stays; verify compares it. A date on which nobody moves has no row.
CREATE TABLE movement (
    night INTEGER PRIMARY KEY,
    arrivals INTEGER NOT NULL CHECK (arrivals >= 0),
    departures INTEGER NOT NULL CHECK (departures >= 0),
    day_use INTEGER NOT NULL CHECK (day_use BETWEEN 0 AND arrivals)
) STRICT;

INSERT INTO movement (night, arrivals, departures, day_use)
SELECT night, sum(arrives), sum(leaves), sum(uses) FROM (
    SELECT arrival AS night, 1 AS arrives, 0 AS leaves, departure = arrival AS uses FROM stay
    WHERE status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
    UNION ALL SELECT leaves_on, 0, 1, 0 FROM stay
    WHERE status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
) GROUP BY night;

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

-- The few stays of more than a month, so that who is over a night is not sought among a year of arrivals.
CREATE INDEX stay_long ON stay (arrival) WHERE leaves_on - arrival > 31;
