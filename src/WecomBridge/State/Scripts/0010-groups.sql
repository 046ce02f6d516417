-- The chain of a group's member versions. read_at: when it was last read; version_at: the time the members are known to be true for;
-- baseline_at: when a group that was there before us was first read. What was last published of owner, name and notice is kept as SHA-256.
ALTER TABLE chat_groups DROP COLUMN gap_expected;
ALTER TABLE chat_groups DROP COLUMN gap_found;
ALTER TABLE chat_groups ADD COLUMN first_event_at BIGINT;
ALTER TABLE chat_groups ADD COLUMN read_at BIGINT;
ALTER TABLE chat_groups ADD COLUMN version_at BIGINT;
ALTER TABLE chat_groups ADD COLUMN baseline_at BIGINT;
ALTER TABLE chat_groups ADD COLUMN last_news BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chat_groups ADD COLUMN announced_owner TEXT;
ALTER TABLE chat_groups ADD COLUMN announced_profile TEXT;
ALTER TABLE chat_group_members ADD COLUMN kind TEXT;

-- What events said about members: what waits for its place in the chain, and for some days what has found it. members: one id a line, null when not listed.
CREATE TABLE chat_group_changes (
    corp TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    app TEXT NOT NULL,
    event_time BIGINT NOT NULL,
    joined BIGINT NOT NULL,
    scene TEXT NOT NULL,
    members TEXT,
    is_complete BIGINT NOT NULL,
    previous_version TEXT,
    version TEXT,
    placed_at BIGINT,
    PRIMARY KEY (corp, chat_id, event_id)
);

-- What is to be published of a group, in order, and for some days what was: what comes late is told only as far as it adds to it. is_open: no event has listed it yet.
CREATE TABLE chat_group_news (
    corp TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    cause_id TEXT NOT NULL,
    discriminator TEXT NOT NULL,
    app TEXT NOT NULL,
    member_id TEXT,
    member_kind TEXT,
    scene TEXT,
    inviter TEXT,
    at BIGINT,
    expected TEXT,
    found TEXT,
    is_open BIGINT NOT NULL,
    noted_at BIGINT NOT NULL,
    told_at BIGINT,
    PRIMARY KEY (corp, chat_id, seq)
);
