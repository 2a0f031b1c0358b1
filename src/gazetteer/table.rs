//! The format of the tables: tab-separated cells, `#` comments, `;` between the values of a cell.

/// The rows of a table; comments and empty lines are passed over. A missing cell reads as empty.
pub(super) fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(Row)
}

/// One line of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'t>(&'t str);

impl<'t> Row<'t> {
    /// The `idx`-th cell, trimmed.
    pub(super) fn cell(self, idx: usize) -> &'t str {
        self.0.split('\t').nth(idx).unwrap_or_default().trim()
    }

    /// The values of the `idx`-th cell.
    pub(super) fn values(self, idx: usize) -> impl Iterator<Item = &'t str> {
        self.cell(idx).split(';').map(str::trim).filter(|value| !value.is_empty())
    }
}
