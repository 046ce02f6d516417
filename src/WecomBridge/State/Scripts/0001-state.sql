-- What WeCom's events have said about a member and a customer: the newest event of each kind.
-- user_key is user_id in lower case; the platform takes member ids in any case.
CREATE TABLE relations (
    corp TEXT NOT NULL,
    user_key TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    half_added_at BIGINT,
    half_added_id TEXT,
    half_added_state TEXT,
    added_at BIGINT,
    added_id TEXT,
    added_state TEXT,
    edited_at BIGINT,
    edited_id TEXT,
    left_at BIGINT,
    left_id TEXT,
    removed_at BIGINT,
    removed_id TEXT,
    PRIMARY KEY (corp, external_user_id, user_key)
);

-- Tags that this service has set, or is about to set.
CREATE TABLE tag_ledger (
    corp TEXT NOT NULL,
    user_key TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    tag_id TEXT NOT NULL,
    tag_group TEXT NOT NULL,
    owner TEXT NOT NULL,
    cause_id TEXT NOT NULL,
    confirmed BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (corp, external_user_id, user_key, tag_id)
);

-- One greeting per add: the claim of the event in hand, and the event that was last greeted, or may have been.
CREATE TABLE greetings (
    corp TEXT NOT NULL,
    user_key TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    event_time BIGINT NOT NULL,
    outcome TEXT,
    reason TEXT,
    attempt BIGINT NOT NULL,
    lease_owner TEXT,
    lease_until BIGINT,
    changed_at BIGINT NOT NULL,
    greeted_event_id TEXT,
    greeted_event_time BIGINT,
    PRIMARY KEY (corp, external_user_id, user_key)
);

-- Customer groups and the chain of their member versions.
CREATE TABLE chat_groups (
    corp TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    member_version TEXT,
    gap_expected TEXT,
    gap_found TEXT,
    owner_id TEXT,
    dismissed_at BIGINT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (corp, chat_id)
);

CREATE TABLE chat_group_members (
    corp TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (corp, chat_id, member_id)
);

-- Access tokens, shared by all instances.
CREATE TABLE access_tokens (
    corp TEXT NOT NULL,
    app TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    PRIMARY KEY (corp, app)
);

-- What is due.
CREATE TABLE work (
    lane TEXT NOT NULL,
    corp TEXT NOT NULL,
    work_key TEXT NOT NULL,
    app TEXT NOT NULL,
    due BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    claim TEXT,
    lease_owner TEXT,
    lease_until BIGINT,
    marked_at BIGINT NOT NULL,
    cause_id TEXT NOT NULL,
    note TEXT,
    reason TEXT,
    parked_at BIGINT,
    remedy TEXT,
    PRIMARY KEY (lane, corp, work_key)
);

CREATE INDEX work_due ON work (lane, due) WHERE parked_at IS NULL;
CREATE INDEX work_parked ON work (lane, parked_at) WHERE parked_at IS NOT NULL;
