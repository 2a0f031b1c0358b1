-- Files that were read, so that the same file unchanged need not be read again. Can be emptied at any time: the next
-- import reads all files and finds that it knows their articles.
CREATE TABLE file (
    path     TEXT    PRIMARY KEY,                          -- the source of its first article
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,                             -- nanoseconds since 1970
    inode    INTEGER NOT NULL,
    reader   TEXT    NOT NULL,                             -- the version of the program that read it
    articles INTEGER NOT NULL                              -- how many articles are in it
) WITHOUT ROWID;
