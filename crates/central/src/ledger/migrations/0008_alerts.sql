-- What is amiss with a property, from when to when; and who is told of it.
CREATE TABLE alert (
    -- No reference: it would wait for the lock under which the property is worked on, and keep other alerts waiting.
    property integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('deficit', 'commands_parked', 'desk_silent', 'desk_lost', 'desk_exists_twice',
        'desk_token_reused', 'stored_wrong', 'not_compared')),
    -- The letters of the desk that it is about; nothing where it is about the property.
    desk text NOT NULL,
    -- How much it was as it was opened.
    count bigint NOT NULL CHECK (count >= 0),
    opened_at bigint NOT NULL,
    closed_at bigint,
    PRIMARY KEY (property, id)
);
CREATE UNIQUE INDEX alert_open ON alert (property, kind, desk) WHERE closed_at IS NULL;

-- A message to one of those who are told, until it has arrived.
CREATE TABLE alert_message (
    property integer NOT NULL,
    id uuid NOT NULL,
    alert uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('opened', 'closed')),
    target text NOT NULL,
    tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    -- Not before then: who claims a message moves this on, and nobody else sends it meanwhile.
    next_at bigint NOT NULL,
    sent_at bigint,
    PRIMARY KEY (property, id),
    UNIQUE (property, alert, state, target),
    FOREIGN KEY (property, alert) REFERENCES alert (property, id) ON DELETE CASCADE
);
CREATE INDEX alert_message_due ON alert_message (target, next_at) WHERE sent_at IS NULL;
