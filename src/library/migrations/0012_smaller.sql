-- Less to store, and less to write for an article that is added.

-- The numbers of signatures are without any order, so that each was a page of a large tree to be written. Only those of
-- the latest articles are kept, in two tables that take turns (src/library/stories).
CREATE TABLE band_even (
    number  INTEGER PRIMARY KEY,
    article INTEGER NOT NULL
);
CREATE TABLE band_odd (
    number  INTEGER PRIMARY KEY,
    article INTEGER NOT NULL
);
INSERT INTO band_even SELECT number, article FROM band
WHERE article / 40000 % 2 = 0 AND article / 40000 >= (SELECT max(id) FROM article) / 40000 - 1;
INSERT INTO band_odd SELECT number, article FROM band
WHERE article / 40000 % 2 = 1 AND article / 40000 >= (SELECT max(id) FROM article) / 40000 - 1;
DROP TABLE band;

-- A quote is known by its article and its place there, and its words stand in `body` alone.
CREATE TABLE said (
    id      INTEGER PRIMARY KEY,                           -- the article's number << 12, and its place there from 0
    day     INTEGER NOT NULL,                              -- of the article
    speaker INTEGER REFERENCES speaker
);
INSERT INTO said SELECT article << 12 | number, day, speaker FROM quote WHERE number < 4096;
CREATE VIRTUAL TABLE said_words USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO said_words (rowid, text) SELECT article << 12 | number, text FROM quote WHERE number < 4096;
DROP TABLE quote;
DROP TABLE quoted;
ALTER TABLE said RENAME TO quote;
ALTER TABLE said_words RENAME TO quoted;
CREATE INDEX quote_by_day ON quote (day DESC);
CREATE INDEX quote_by_speaker ON quote (speaker, day DESC);
CREATE TRIGGER quote_gone AFTER DELETE ON quote BEGIN
    DELETE FROM quoted WHERE rowid = old.id;
END;
CREATE TRIGGER article_gone AFTER DELETE ON article BEGIN
    DELETE FROM quote WHERE id BETWEEN old.id << 12 AND old.id << 12 | 4095;
END;
