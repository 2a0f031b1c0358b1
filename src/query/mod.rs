//! The language in which the library is searched: in the reader, on the command line and in watches alike.
//!
//! [`parse`] makes a [`Query`] of a text or says where it is wrong; a query printed and parsed is the same query.
//! `docs/query.md` has the grammar.

mod complete;
mod error;
mod keys;
mod lexer;
mod parser;
#[cfg(test)]
mod tests;

pub use self::{
    complete::{Blank, blank_at, offers},
    error::QueryError,
    keys::Key,
};
use crate::{gazetteer::Geography, model::Query};

/// Reads a query. Nothing, or `*` alone, finds everything.
///
/// # Errors
/// If the text is no query; the error says where and what was expected.
pub fn parse(text: &str, geography: &Geography) -> Result<Query, QueryError> {
    parser::Parser::new(text, geography).query()
}
