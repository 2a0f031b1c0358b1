-- Quotes by who said them and by their words, and searches that are kept.

-- Whoever is quoted: people, and bodies and descriptions of people ("the ministry").
CREATE TABLE speaker (
    id   INTEGER PRIMARY KEY,
    key  TEXT NOT NULL UNIQUE,                             -- the name folded, as in `subject`
    name TEXT NOT NULL
);

-- Made from the annotations of `body`; can be made anew from them at any time.
CREATE TABLE quote (
    id      INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    number  INTEGER NOT NULL,                              -- place among the quotes of its article, from 0
    day     INTEGER NOT NULL,                              -- of the article
    speaker INTEGER REFERENCES speaker,
    text    TEXT    NOT NULL,
    UNIQUE (article, number)
);
CREATE INDEX quote_by_day ON quote (day DESC, article, number);
CREATE INDEX quote_by_speaker ON quote (speaker, day DESC, article, number);

CREATE VIRTUAL TABLE quoted USING fts5 (
    text, content = 'quote', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER quote_gone AFTER DELETE ON quote BEGIN
    INSERT INTO quoted (quoted, rowid, text) VALUES ('delete', old.id, old.text);
END;

-- Searches that the user keeps.
CREATE TABLE watch (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    query   TEXT    NOT NULL,                              -- as written
    created INTEGER NOT NULL                               -- milliseconds since 1970, UTC
);

-- All articles are annotated anew in the background, which fills `quote`.
UPDATE article SET engine = 0;
