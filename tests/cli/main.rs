//! The real program, run as a shell runs it: in an empty folder, with a home of its own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bookmarks;
mod config;
mod desk;
mod extract;
mod feeds;
mod help;
mod keeping;
mod killed;
mod library;
#[path = "../loopback/mod.rs"]
mod loopback;
mod reader;
mod search;
