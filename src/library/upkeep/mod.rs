//! What keeps a library in good order: checking, mending, shrinking and copying it.

mod adopt;
mod backup;
mod check;
mod compact;
mod rebuild;
mod rows;
mod salvage;
mod transfer;

pub(super) use self::adopt::{Kept, adopt_in};
pub use self::{compact::Compacted, salvage::Salvaged, transfer::Imported};

/// A table that holds what only the user knows, beside the articles and their marks. It is copied row by row with all
/// its columns, so that a new column needs nothing here.
pub(super) struct OwnTable {
    pub(super) name: &'static str,
    /// Columns of which no two rows may have the same values; none if only rows that are equal but for their number are
    /// the same.
    key: &'static [&'static str],
}

/// In this order, as a column that has the name of an earlier table, or `article`, holds a number there. All other tables
/// are made from the articles.
pub(super) const OWN_TABLES: &[OwnTable] = &[
    OwnTable { name: "feed", key: &["address"] },
    OwnTable { name: "feed_item", key: &["feed", "item"] },
    OwnTable { name: "bookmark", key: &[] },
    OwnTable { name: "tagged", key: &["key", "article"] },
    OwnTable { name: "trash", key: &["removed", "number"] },
    OwnTable { name: "state", key: &["key"] },
    OwnTable { name: "watch", key: &["name"] },
];
