-- What WeCom last said of the corp tags on a relation, as JSON; the groups in which the machine stands back for a person; and news of them that may not have been published yet.
CREATE TABLE relation_tags (
    corp TEXT NOT NULL,
    user_key TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    tags TEXT NOT NULL,
    held TEXT NOT NULL,
    news TEXT,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (corp, external_user_id, user_key)
);

-- Who wants which tag, by command of the CRM; user_key is empty where every member is meant. The newest word for a tag stands.
CREATE TABLE tag_wishes (
    corp TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    user_key TEXT NOT NULL,
    tag_group TEXT NOT NULL,
    tag TEXT NOT NULL,
    wanted BIGINT NOT NULL,
    wished_at BIGINT NOT NULL,
    command_id TEXT NOT NULL,
    PRIMARY KEY (corp, external_user_id, user_key, tag_group, tag)
);

-- Groups and tags of the settings with the ids they have in WeCom. tag is empty for the group itself.
CREATE TABLE tag_dictionary (
    corp TEXT NOT NULL,
    tag_group TEXT NOT NULL,
    tag TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (corp, tag_group, tag)
);

-- Per corp: by which settings and for which day its customers were last all marked, and how many tags it has.
CREATE TABLE tag_corps (
    corp TEXT NOT NULL PRIMARY KEY,
    settings TEXT,
    day TEXT,
    tag_count BIGINT
);

-- A tag of the ledger is being added, ours, being removed, or a person's: set, or taken away, by one.
-- From read_at to written_at (open while the call is out) a person's own act could not be told from ours; doubted says that there may have been one.
ALTER TABLE tag_ledger ADD COLUMN status TEXT NOT NULL DEFAULT 'ours';
ALTER TABLE tag_ledger ADD COLUMN cause TEXT;
ALTER TABLE tag_ledger ADD COLUMN read_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tag_ledger ADD COLUMN written_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tag_ledger ADD COLUMN doubted BIGINT NOT NULL DEFAULT 0;
-- Until now a tag stayed in the ledger when a person had taken it away, and set it again: none of them is known to be ours.
UPDATE tag_ledger SET status = 'personal', read_at = changed_at, written_at = changed_at;
ALTER TABLE tag_ledger DROP COLUMN confirmed;
