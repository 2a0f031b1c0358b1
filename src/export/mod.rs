//! Annotations and bookmarks → JSON records, Markdown, CSV, citations.
