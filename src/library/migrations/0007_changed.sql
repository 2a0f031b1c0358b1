-- When other words last took the place of an article's first ones; NULL if they never did. Seconds since 1970, UTC.
ALTER TABLE article ADD COLUMN changed INTEGER;
