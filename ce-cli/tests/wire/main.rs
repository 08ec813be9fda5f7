//! Every operation of the wire, asked by the AWS SDK over a socket: the call that arrives and what the SDK reads.

mod change_sets;
mod failures;
mod fake;
mod faults;
mod objects;
mod others;
mod stacks;
