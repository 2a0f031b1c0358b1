//! The real program, run as a shell runs it: in an empty folder, with a home of its own.

mod bookmarks;
mod config;
mod desk;
mod extract;
mod help;
mod library;
mod reader;
