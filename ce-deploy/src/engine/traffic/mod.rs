//! Calls on their way: how fast, how often again, and what each answer is for.

mod allowance;
mod desk;
mod jitter;
mod pace;
mod patience;

pub(crate) use desk::Desk;
