//! The engine against the simulated cloud.

mod across;
mod adopting;
mod agreeing;
mod apply;
mod basic;
mod blocked;
mod cloud;
mod drive;
mod errands;
mod explaining;
mod failing;
mod following;
mod garbled;
mod guarding;
mod hiding;
mod holding;
mod hotswapping;
mod interrupting;
mod nesting;
mod publishing;
mod putting_back;
mod resuming;
mod seeds;
mod shelving;
mod shop;
