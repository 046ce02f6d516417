-- What this service has written into a member's remark of a customer, and what it last published about the two.
-- Texts are kept as SHA-256 only: a remark is personal.
CREATE TABLE remarks (
    corp TEXT NOT NULL,
    user_key TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    written TEXT,
    intended TEXT,
    announced TEXT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (corp, external_user_id, user_key)
);
