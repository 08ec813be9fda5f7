//! The engine against the simulated cloud.

mod apply;
mod basic;
mod cloud;
mod drive;
mod errands;
mod failing;
mod following;
mod interrupting;
mod resuming;
mod seeds;
mod shop;
