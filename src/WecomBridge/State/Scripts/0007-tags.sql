-- What WeCom last said of the corp tags on a relation, as JSON; the groups in which the machine stands back for a person; and what was found out of them.
CREATE TABLE relation_tags (
    corp TEXT NOT NULL,
    user_key TEXT NOT NULL,
    external_user_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    tags TEXT NOT NULL,
    held TEXT NOT NULL,
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

-- When each corp's customers were last all marked, for which day and by which settings.
CREATE TABLE tag_sweeps (
    corp TEXT NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL,
    day TEXT NOT NULL,
    swept_at BIGINT NOT NULL
);
