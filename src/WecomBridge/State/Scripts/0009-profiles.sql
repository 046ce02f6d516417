-- What this service has written into the fields of a relation. Texts are kept as SHA-256 only, for they are personal; of mobiles, one such print for each number.
-- life is when the two had been added, by the platform's clock, when it was written: a removal at that time or later has ended what stands here.
CREATE TABLE relation_fields (
    corp TEXT NOT NULL,
    user_key TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    field TEXT NOT NULL,
    written TEXT,
    intended TEXT,
    life BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (corp, external_user_id, user_key, field)
);

INSERT INTO relation_fields (corp, user_key, external_user_id, field, written, intended, life, changed_at)
SELECT corp, user_key, external_user_id, 'remark', written, intended, changed_at, changed_at FROM remarks WHERE written IS NOT NULL OR intended IS NOT NULL;

-- The profile last published of each relation, as print, and who holds its fields, as JSON.
CREATE TABLE profile_relations (
    corp TEXT NOT NULL,
    user_key TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    announced TEXT,
    fields TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (corp, external_user_id, user_key)
);

INSERT INTO profile_relations (corp, user_key, external_user_id, announced, fields, changed_at)
SELECT corp, user_key, external_user_id, announced, '{}', changed_at FROM remarks WHERE announced IS NOT NULL;

DROP TABLE remarks;

-- What the CRM last said of a customer. facts are personal, as JSON by name; print tells whether an answer says anything new.
CREATE TABLE profiles (
    corp TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    identity_key TEXT,
    confidence TEXT NOT NULL,
    crm_id TEXT,
    source TEXT,
    facts TEXT NOT NULL,
    facts_at BIGINT,
    print TEXT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (corp, external_user_id)
);
