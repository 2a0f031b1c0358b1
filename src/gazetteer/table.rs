//! The format of the tables: tab-separated cells, `#` comments, `;` between the values of a cell.

/// The rows of a table; comments and empty lines are passed over. A missing cell reads as empty.
pub(super) fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(Row::new)
}

/// Most columns that a table has.
const COLUMNS: usize = 9;

/// One line of a table, cut once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'t>([&'t str; COLUMNS]);

impl<'t> Row<'t> {
    fn new(line: &'t str) -> Self {
        let mut cells = [""; COLUMNS];
        for (cell, text) in cells.iter_mut().zip(line.split('\t')) {
            *cell = text.trim();
        }
        Self(cells)
    }

    /// The `idx`-th cell, trimmed.
    pub(super) fn cell(self, idx: usize) -> &'t str {
        self.0.get(idx).copied().unwrap_or_default()
    }

    /// The values of the `idx`-th cell.
    pub(super) fn values(self, idx: usize) -> impl Iterator<Item = &'t str> {
        self.cell(idx).split(';').map(str::trim).filter(|value| !value.is_empty())
    }
}
