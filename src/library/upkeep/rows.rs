//! Rows of the user's own tables, whatever columns they have, out of one library and into another.

use std::collections::HashMap;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter, types::Value};
use serde_json::{Map, Value as Json};

use super::OwnTable;
use crate::library::{Library, LibraryError};

/// A row by the names of its columns.
pub(super) type Fields = Vec<(String, Value)>;

/// The columns of a table; none if there is no such table.
pub(super) fn columns(on: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    on.prepare("SELECT name FROM pragma_table_info(?1)")?.query_map([table], |row| row.get(0))?.collect()
}

/// A row whose columns are `columns`, in this order.
pub(super) fn read(row: &Row<'_>, columns: &[String]) -> rusqlite::Result<Fields> {
    columns.iter().enumerate().map(|(at, name)| Ok((name.clone(), row.get(at)?))).collect()
}

/// Numbers of articles, feeds and so on where they came from, that are others here.
#[derive(Default, Clone)]
pub(super) struct Renumbered(HashMap<(&'static str, i64), i64>);

impl Renumbered {
    pub(super) fn note(&mut self, table: &'static str, there: i64, here: i64) {
        if there != here {
            self.0.insert((table, there), here);
        }
    }
}

impl Library {
    /// Takes in rows of `table` in one transaction; answers how many are new.
    pub(super) fn adopt_rows(
        &mut self,
        table: &OwnTable,
        all: &[Fields],
        renumbered: &mut Renumbered,
    ) -> Result<u64, LibraryError> {
        let (n_new, known) = self.writing(|on| {
            let there = columns(on, table.name)?;
            let (mut n_new, mut numbers) = (0, renumbered.clone());
            for fields in all {
                let mut fields = fields.clone();
                fields.retain(|(name, _)| there.contains(name));
                if refer(on, table, &mut fields, &numbers)? {
                    n_new += u64::from(insert(on, table, fields, &mut numbers)?);
                }
            }
            Ok((n_new, numbers))
        })?;
        *renumbered = known;
        Ok(n_new)
    }
}

/// Lets a row name its article and its feed by their numbers here. Without its article a bookmark or an item stands for
/// itself; a tag without its article, and anything without its feed, has no meaning, and the answer is `false`.
fn refer(on: &Connection, of: &OwnTable, fields: &mut Fields, numbers: &Renumbered) -> rusqlite::Result<bool> {
    for (name, value) in fields {
        let Some(table) = ["article", "feed"].into_iter().find(|table| name == table) else { continue };
        let Value::Integer(number) = value else { continue };
        *number = numbers.0.get(&(table, *number)).copied().unwrap_or(*number);
        if !on.prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ?1"))?.exists([*number])? {
            *value = Value::Null;
            if table == "feed" || of.name == "tagged" {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Inserts a row, unless it is there; answers whether it is new. A number that is taken is replaced by a new one.
fn insert(on: &Connection, table: &OwnTable, mut fields: Fields, numbers: &mut Renumbered) -> rusqlite::Result<bool> {
    let name = table.name;
    let number = fields.iter().position(|(name, _)| name == "id").map(|at| fields.remove(at).1);
    let is_key = |field: &&(String, Value)| table.key.is_empty() || table.key.contains(&field.0.as_str());
    let key: Vec<_> = fields.iter().filter(is_key).collect();
    if key.is_empty() {
        return Ok(false);
    }
    let same: Vec<String> = key.iter().map(|(name, _)| format!("{name} IS ?")).collect();
    let which = if number.is_some() { "id" } else { "0" };
    let here: Option<i64> = on
        .prepare_cached(&format!("SELECT {which} FROM {name} WHERE {}", same.join(" AND ")))?
        .query_row(params_from_iter(key.iter().map(|(_, value)| value)), |row| row.get(0))
        .optional()?;
    let is_new = here.is_none();
    let here = match here {
        Some(here) => here,
        None => {
            if let Some(number) = &number
                && !on.prepare_cached(&format!("SELECT 1 FROM {name} WHERE id = ?1"))?.exists([number])?
            {
                fields.push(("id".to_owned(), number.clone()));
            }
            let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
            let places = vec!["?"; names.len()].join(", ");
            let insert = format!("INSERT INTO {name} ({}) VALUES ({places})", names.join(", "));
            on.prepare_cached(&insert)?.execute(params_from_iter(fields.iter().map(|(_, value)| value)))?;
            on.last_insert_rowid()
        }
    };
    if let Some(Value::Integer(there)) = number {
        numbers.note(name, there, here);
    }
    Ok(is_new)
}

/// As JSON. Bytes are an object of one field, `base64`.
pub(super) fn to_json(fields: Fields) -> Json {
    let value = |value| match value {
        Value::Null => Json::Null,
        Value::Integer(number) => number.into(),
        Value::Real(number) => number.into(),
        Value::Text(text) => text.into(),
        Value::Blob(bytes) => {
            Json::Object(Map::from_iter([("base64".to_owned(), BASE64_STANDARD.encode(bytes).into())]))
        }
    };
    fields.into_iter().map(|(name, it)| (name, value(it))).collect::<Map<_, _>>().into()
}

/// What [`to_json`] wrote; `None` if it is something else.
pub(super) fn from_json(json: Json) -> Option<Fields> {
    let Json::Object(fields) = json else { return None };
    let value = |json| {
        Some(match json {
            Json::Null => Value::Null,
            Json::String(text) => Value::Text(text),
            Json::Number(number) => match number.as_i64() {
                Some(number) => Value::Integer(number),
                None => Value::Real(number.as_f64()?),
            },
            Json::Object(object) => Value::Blob(BASE64_STANDARD.decode(object.get("base64")?.as_str()?).ok()?),
            Json::Bool(_) | Json::Array(_) => return None,
        })
    };
    fields.into_iter().map(|(name, json)| Some((name, value(json)?))).collect()
}
