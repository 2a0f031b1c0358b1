-- Words of the user's own by which articles are filed.

CREATE TABLE tagged (
    key     TEXT    NOT NULL,                              -- the tag folded, as the names in `subject` are
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    tag     TEXT    NOT NULL,                              -- as it was first written
    PRIMARY KEY (key, article)
) WITHOUT ROWID;
CREATE INDEX tagged_of ON tagged (article, tag);

-- Of what was removed.
ALTER TABLE trash ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'; -- as JSON
