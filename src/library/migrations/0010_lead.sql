-- The words of the lead, which is the first paragraph, in a column of their own, so that articles that have the words
-- there can be found first.

DROP TABLE words;
DROP VIEW article_text;
CREATE VIEW article_text AS
    SELECT article.id AS id, article.headline AS headline,
           iif(instr(body.text, char(10, 10)) = 0, body.text, substr(body.text, 1, instr(body.text, char(10, 10)) - 1))
               AS lead,
           iif(instr(body.text, char(10, 10)) = 0, '', substr(body.text, instr(body.text, char(10, 10)))) AS body
    FROM article JOIN body ON body.article = article.id;
CREATE VIRTUAL TABLE words USING fts5 (
    headline, lead, body, content = 'article_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
-- As 0004 set them.
INSERT INTO words (words, rank) VALUES ('hashsize', 33554432);
INSERT INTO words (words, rank) VALUES ('automerge', 8);
INSERT INTO words (words) VALUES ('rebuild');
