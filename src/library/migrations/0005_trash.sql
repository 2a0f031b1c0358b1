-- Articles that were removed, for some days, so that it can be undone.
CREATE TABLE trash (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    removed     INTEGER NOT NULL,                          -- milliseconds since 1970; the same for what went together
    number      INTEGER NOT NULL,                          -- of the article
    content     TEXT    NOT NULL,                          -- the article with its marks, as JSON
    annotations BLOB    NOT NULL,
    bookmarks   TEXT    NOT NULL,                          -- numbers of the bookmarks it had, as JSON
    items       TEXT    NOT NULL                           -- feeds that brought it, and as which item, as JSON
);
CREATE INDEX trash_by_time ON trash (removed);
