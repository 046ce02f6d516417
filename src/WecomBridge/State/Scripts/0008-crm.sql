-- What the CRM was told of a customer. Texts are kept as SHA-256 only.
-- intended stands with its key while a write is under way, and stays when its answer was lost: the repetition has the same key.
CREATE TABLE crm_writes (
    corp TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    crm_id TEXT,
    intended TEXT,
    write_key TEXT,
    confirmed TEXT,
    check_at BIGINT,
    repairs BIGINT NOT NULL,
    created_at BIGINT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (corp, external_user_id)
);

-- Whether another customer is written to the same record.
CREATE INDEX crm_writes_by_record ON crm_writes (corp, crm_id);
