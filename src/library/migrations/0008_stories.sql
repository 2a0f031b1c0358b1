-- Articles whose texts are the same, whole or nearly so.

ALTER TABLE article ADD COLUMN story   INTEGER;            -- number of the article it began with
ALTER TABLE article ADD COLUMN grouped INTEGER NOT NULL DEFAULT 0 CHECK (grouped IN (0, 1)); -- others were looked for
CREATE INDEX article_by_story ON article (story) WHERE story IS NOT NULL;
CREATE INDEX article_ungrouped ON article (id) WHERE grouped = 0;

-- For each number of a signature the article that had it first (src/library/stories). Can be emptied at any time: later
-- articles are then not grouped with earlier ones.
CREATE TABLE band (
    number  INTEGER PRIMARY KEY,
    article INTEGER NOT NULL
);
