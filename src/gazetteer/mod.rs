//! The tables in `assets/gazetteer/`, loaded and indexed once.

/// All tables, indexed.
#[derive(Debug)]
pub struct Gazetteer {}

impl Gazetteer {
    /// The tables built into the program.
    pub fn builtin() -> Self {
        Self {}
    }
}
