//! The command itself: its help, its exit codes, and what it shows, run as a script would run it.

#![cfg(unix)]

mod adopting;
mod canaries;
mod certificates;
mod credentials;
mod doctoring;
mod drifting;
mod exit_codes;
mod explaining;
mod front;
mod help;
mod hiding;
mod holding;
mod hotswapping;
mod images;
mod past;
mod planning;
mod ran;
mod reporting;
mod simulating;
mod small;
mod stepping;
mod switching;
mod tagging;
mod terminal;
mod typed;
mod watching;
mod way;
