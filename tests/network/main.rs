//! What attache does with servers, good and bad ones, on the loopback of this computer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod fetching;

#[path = "../loopback/mod.rs"]
mod loopback;
mod refreshing;
