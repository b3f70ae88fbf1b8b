-- Acts by the id under which they were asked for, so that the same request is done once and another
-- one under its id is refused. `answer` is what was said, ids and figures only; `audit` is the row that
-- tells of the act.
CREATE TABLE act (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
    audit INTEGER NOT NULL UNIQUE REFERENCES audit (seq),
    answer TEXT NOT NULL CHECK (json_valid(answer))
) STRICT, WITHOUT ROWID;
