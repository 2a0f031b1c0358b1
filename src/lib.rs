//! `attache`: a reader for international news that knows who said what, in which office, for which country.
//!
//! Data flows one way: [`ingest`] turns files into [`model::Article`]s, [`extract`] turns an article's text into
//! [`model::Annotations`] with the tables of [`gazetteer`], [`library`] keeps both, [`tui`] and [`cli`] show them,
//! and [`export`] writes them out. See `ARCHITECTURE.md` for the map.

pub mod cli;
pub mod config;
pub mod export;
pub mod extract;
pub mod feeds;
pub mod fetch;
pub mod gazetteer;
pub mod import;
pub mod ingest;
pub mod library;
pub mod model;
pub mod query;
pub mod tui;
