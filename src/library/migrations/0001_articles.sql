-- The library's first schema: articles, what they mention, the user's marks and bookmarks.

-- One line of the list an article. Small, so that a page of the list and a scan for a filter stay cheap: the text is
-- in `body`.
CREATE TABLE article (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,      -- never reused
    source      TEXT    NOT NULL,
    distinct_by INTEGER NOT NULL DEFAULT 0,             -- 0, or the digest where the source names no place (`-`)
    digest      INTEGER NOT NULL,                       -- of everything but the source
    day         INTEGER NOT NULL DEFAULT 0,             -- days from 0001-01-01 counting from 1; 0 = undated, sorts last
    headline    TEXT    NOT NULL,
    derived     INTEGER NOT NULL CHECK (derived IN (0, 1)),
    title       TEXT,                                   -- only where it is not the headline to the letter
    outlet      TEXT    NOT NULL,                       -- the outlet, or the last part of the source
    has_outlet  INTEGER NOT NULL CHECK (has_outlet IN (0, 1)),
    url         TEXT,
    author      TEXT,
    language    TEXT,
    countries   TEXT    NOT NULL DEFAULT '',            -- up to four codes without space, most mentioned first
    n_quotes    INTEGER NOT NULL DEFAULT 0,
    subjects    BLOB    NOT NULL,                       -- all it mentions, as src/library/subjects.rs writes it
    engine      INTEGER NOT NULL,                       -- version of the engine that annotated it
    read        INTEGER NOT NULL DEFAULT 0 CHECK (read IN (0, 1)),
    starred     INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
    position    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, distinct_by)
);
CREATE INDEX article_by_day ON article (day DESC);
CREATE INDEX article_by_outlet ON article (outlet COLLATE NOCASE, day DESC);
CREATE INDEX article_by_read ON article (read, day DESC);
CREATE INDEX article_starred ON article (day DESC) WHERE starred = 1;
CREATE INDEX article_by_engine ON article (engine);

-- Read only when an article is opened: one row has all of it.
CREATE TABLE body (
    article     INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    annotations BLOB    NOT NULL,                       -- as src/library/record.rs writes it
    text        TEXT    NOT NULL
);

-- Full text. The words stay in `article` and `body`; the index can be rebuilt from them at any time.
CREATE VIEW article_text AS
    SELECT article.id AS id, article.headline AS headline, body.text AS body
    FROM article JOIN body ON body.article = article.id;
CREATE VIRTUAL TABLE words USING fts5 (
    headline, body, content = 'article_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

-- Countries, people and organizations that articles mention.
CREATE TABLE subject (
    id         INTEGER PRIMARY KEY,
    kind       INTEGER NOT NULL CHECK (kind IN (0, 1, 2)), -- country, person, organization
    key        TEXT    NOT NULL,                           -- the code, or the name folded
    name       TEXT    NOT NULL,
    n_articles INTEGER NOT NULL DEFAULT 0,
    n_official INTEGER NOT NULL DEFAULT 0,                 -- articles that show the person as an official
    UNIQUE (kind, key)
);
CREATE INDEX official_by_count ON subject (n_official DESC) WHERE n_official > 0;

-- The wordings under which articles present a person.
CREATE TABLE portrait (
    id         INTEGER PRIMARY KEY,
    person     INTEGER NOT NULL REFERENCES subject,
    role       TEXT    NOT NULL,                           -- '' where none is stated
    country    TEXT    NOT NULL,                           -- '' where none is stated
    official   INTEGER NOT NULL CHECK (official IN (0, 1)),
    n_articles INTEGER NOT NULL DEFAULT 0,
    UNIQUE (person, role, country, official)
);

-- For each subject its articles in the order of the list: a filter reads one stretch of this tree.
CREATE TABLE mention (
    subject INTEGER NOT NULL REFERENCES subject,
    day     INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (subject, day DESC, article)
) WITHOUT ROWID;

-- Totals that would cost a scan.
CREATE TABLE total (
    what TEXT PRIMARY KEY,
    n    INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO total VALUES ('articles', 0), ('unread', 0);
CREATE TRIGGER article_counted AFTER INSERT ON article BEGIN
    UPDATE total SET n = n + 1 WHERE what = 'articles';
    UPDATE total SET n = n + 1 - new.read WHERE what = 'unread';
END;
CREATE TRIGGER article_uncounted AFTER DELETE ON article BEGIN
    UPDATE total SET n = n - 1 WHERE what = 'articles';
    UPDATE total SET n = n - 1 + old.read WHERE what = 'unread';
END;
CREATE TRIGGER article_read AFTER UPDATE OF read ON article WHEN old.read <> new.read BEGIN
    UPDATE total SET n = n + old.read - new.read WHERE what = 'unread';
END;

-- Quotes the user keeps, with all that a citation needs even when the article is gone.
CREATE TABLE bookmark (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,           -- never reused
    article   INTEGER REFERENCES article ON DELETE SET NULL,
    quote     TEXT    NOT NULL,
    exact     TEXT    NOT NULL,
    prefix    TEXT    NOT NULL,
    suffix    TEXT    NOT NULL,
    starts    INTEGER NOT NULL,
    ends      INTEGER NOT NULL CHECK (ends >= starts),
    speaker   TEXT,
    role      TEXT,
    country   TEXT,
    note      TEXT    NOT NULL,
    source    TEXT    NOT NULL,
    outlet    TEXT,
    url       TEXT,
    headline  TEXT    NOT NULL,
    day       INTEGER NOT NULL,
    created   INTEGER NOT NULL,                            -- milliseconds since 1970, UTC
    removed   INTEGER                                      -- when it was removed; it can be restored until purged
);
CREATE INDEX bookmark_of ON bookmark (article);

-- What the screen keeps between runs.
CREATE TABLE state (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
