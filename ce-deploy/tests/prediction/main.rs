//! How well the difference tells what CloudFormation will do, asked of sources that it does not read.

mod measured;
mod page;
mod recorded;
mod relaxed;
mod witnesses;
