-- What operators did, in two steps each: begun, then done with how much it changed. Rows are only ever added.
-- target: what was meant, in words; ids: of what was changed, one a line; reason: why, in the operator's words.
CREATE TABLE operator_acts (
    act_id TEXT NOT NULL,
    step TEXT NOT NULL,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    verb TEXT NOT NULL,
    target TEXT NOT NULL,
    reason TEXT,
    affected BIGINT,
    ids TEXT,
    PRIMARY KEY (act_id, step)
);
CREATE INDEX operator_acts_at ON operator_acts (at);

-- A dead letter of the embedded transport that an operator wants to be tried again; the running service takes it up.
ALTER TABLE dead_letters ADD COLUMN retry_at BIGINT;
