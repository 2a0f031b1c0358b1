-- What the user subscribed to, and which articles came from where.

CREATE TABLE feed (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,       -- never reused
    address       TEXT    NOT NULL UNIQUE,                 -- without a name or password, ever
    name          TEXT    NOT NULL,
    named         INTEGER NOT NULL DEFAULT 0 CHECK (named IN (0, 1)), -- by the user: no title replaces it
    groups        TEXT    NOT NULL DEFAULT '',             -- a line each
    site          TEXT,
    full_text     INTEGER CHECK (full_text IN (0, 1)),     -- NULL: as the config says
    etag          TEXT,
    last_modified TEXT,
    succeeded     INTEGER,                                 -- times are milliseconds since 1970, UTC
    error         TEXT,                                    -- of the last attempt, if it failed
    failures      INTEGER NOT NULL DEFAULT 0,              -- since the last success
    due           INTEGER,                                 -- not before, unless asked for by name
    barred        INTEGER                                  -- not before, as its server wishes
);

-- The items that were seen. One whose article was removed stays, so that it does not come back.
CREATE TABLE feed_item (
    feed    INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
    item    INTEGER NOT NULL,                              -- digest of what the feed knows it by
    digest  INTEGER NOT NULL,                              -- of its words as the feed had them
    article INTEGER REFERENCES article ON DELETE SET NULL,
    PRIMARY KEY (feed, item)
) WITHOUT ROWID;
CREATE INDEX feed_item_of ON feed_item (article);
