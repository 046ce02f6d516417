-- Who may fetch an app's next token, and what the platform last said no to; secrets are kept as SHA-256 only.
ALTER TABLE access_tokens ADD COLUMN secret_hash TEXT;
ALTER TABLE access_tokens ADD COLUMN lease_owner TEXT;
ALTER TABLE access_tokens ADD COLUMN lease_until BIGINT;
ALTER TABLE access_tokens ADD COLUMN refused_hash TEXT;
ALTER TABLE access_tokens ADD COLUMN refused_code BIGINT;
ALTER TABLE access_tokens ADD COLUMN refused_count BIGINT;
ALTER TABLE access_tokens ADD COLUMN refused_until BIGINT;

-- Calls made of one API by all instances, counted in slots, and whether the API is closed.
CREATE TABLE call_budgets (
    corp TEXT NOT NULL,
    api TEXT NOT NULL,
    ledger TEXT NOT NULL,
    PRIMARY KEY (corp, api)
);

-- Work is claimed corp by corp, so that none waits behind another's backlog.
CREATE INDEX work_due_by_corp ON work (lane, corp, due) WHERE parked_at IS NULL;
