-- The full-text index gathers the words of a whole commit before it writes them (32 MB at most, in the memory of the
-- process that imports), and lets more pieces lie side by side before it merges them: an import is a third cheaper.
INSERT INTO words (words, rank) VALUES ('hashsize', 33554432);
INSERT INTO words (words, rank) VALUES ('automerge', 8);
