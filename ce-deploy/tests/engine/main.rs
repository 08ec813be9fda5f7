//! The engine against a small scripted cloud.

mod apply;
mod basic;
mod cloud;
mod drive;
mod failing;
mod following;
mod interrupting;
mod resuming;
mod shop;
