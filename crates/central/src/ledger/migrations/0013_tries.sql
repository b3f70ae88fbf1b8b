-- A walk that cannot go on is tried again later and later, so that it keeps no other one waiting, and is told of.
ALTER TABLE walk
    ADD COLUMN tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    ADD COLUMN next_at bigint NOT NULL DEFAULT 0;
UPDATE walk SET next_at = changed_at;
DROP INDEX walk_open;
CREATE INDEX walk_due ON walk (next_at) WHERE state IN ('begun', 'reserved', 'giving_back');
CREATE INDEX walk_left ON walk (property, changed_at) WHERE state = 'left';
ALTER TABLE alert DROP CONSTRAINT alert_kind_check;
ALTER TABLE alert ADD CONSTRAINT alert_kind_check CHECK (kind IN ('deficit', 'commands_parked', 'desk_silent', 'desk_lost',
    'desk_exists_twice', 'desk_token_reused', 'stored_wrong', 'not_compared', 'walk_stuck', 'walk_left'));
