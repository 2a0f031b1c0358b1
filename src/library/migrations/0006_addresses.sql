-- By what an article is known beside its source: its address on the web, and other sources that brought it.

ALTER TABLE article ADD COLUMN address INTEGER;            -- number that all variants of its address share
UPDATE article SET address = address_identity(url) WHERE url IS NOT NULL;
CREATE INDEX article_by_address ON article (address) WHERE address IS NOT NULL;

-- The sources of articles that came from several, each with the words that it brought last.
CREATE TABLE also (
    source      TEXT    NOT NULL,
    distinct_by INTEGER NOT NULL,
    article     INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    digest      INTEGER NOT NULL,
    PRIMARY KEY (source, distinct_by)
) WITHOUT ROWID;
CREATE INDEX also_of ON also (article);
