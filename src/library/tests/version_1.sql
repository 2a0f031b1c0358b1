-- What a library of version 1 held: an article with a person, a country and a bookmark. Never to be changed.
INSERT INTO article (source, digest, day, headline, derived, outlet, has_outlet, countries, subjects, engine, read)
VALUES ('talks.txt', 7, 739467, 'Talks resume', 0, 'The Envoy', 1, 'SE', x'010100010302', 1, 1);
INSERT INTO body (article, annotations, text)
VALUES (1, x'010109416E6E61204C696E6401000153450653776564656E000000', '“We will talk,” said Anna Lind of Sweden.');
INSERT INTO words (rowid, headline, body) SELECT id, headline, body FROM article_text;
INSERT INTO subject (id, kind, key, name, n_articles, n_official)
VALUES (1, 0, 'SE', 'Sweden', 1, 0), (2, 1, 'anna lind', 'Anna Lind', 1, 1);
INSERT INTO portrait (id, person, role, country, official, n_articles)
VALUES (1, 2, 'Minister of Foreign Affairs', 'SE', 1, 1);
INSERT INTO mention (subject, day, article) VALUES (1, 739467, 1), (2, 739467, 1);
INSERT INTO bookmark (article, quote, exact, prefix, suffix, starts, ends, note, source, headline, day, created)
VALUES (1, 'We will talk,', 'We will talk,', '“', '” said', 3, 16, 'look up', 'talks.txt', 'Talks resume', 739467, 0);
INSERT INTO state (key, value) VALUES ('filter', '{}');
