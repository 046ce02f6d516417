-- Media that greetings carry, as uploaded: one row for a corp and a content. media_key is the kind, a slash and a hash of the content.
CREATE TABLE greeting_media (
    corp TEXT NOT NULL,
    media_key TEXT NOT NULL,
    media_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    refresh_at BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    PRIMARY KEY (corp, media_key)
);

-- Missed greetings that staff are to be told of, and those they were told of within the hour.
-- tried_at stands while a message is under way, and stays when its answer was lost.
CREATE TABLE staff_notices (
    corp TEXT NOT NULL,
    user_key TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    channel_state TEXT,
    reason TEXT NOT NULL,
    missed_at BIGINT NOT NULL,
    tried_at BIGINT,
    sent_at BIGINT,
    PRIMARY KEY (corp, user_key, external_user_id)
);
