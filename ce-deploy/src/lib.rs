//! Deploys a cloud assembly: what will change, in which order, who must agree, and what to do when it fails.
//!
//! Everything here is a function of its input. The engine takes a state and an event and gives a new state and the
//! actions to carry out; who carries them out (`ce-cli` with the AWS SDK, or the simulator here) is not its matter. So
//! the same engine runs against an account, against a simulated cloud with faults, and against a recorded one.
//!
//! | folder | is |
//! |---|---|
//! | [`cloud`] | the words spoken with AWS: calls, answers, failures |
//! | [`assembly`] | a cloud assembly on disk, read as something that cannot be trusted |
//! | [`json`] | JSON that cannot be trusted |
//! | [`template`] | templates, with all filled in that is known |
//! | [`difference`] | what will change, and what becomes of what is there |
//! | [`risk`] | what somebody must agree to |
//! | [`hotswap`] | which changes need no deployment, while somebody works on an app |
//! | `wire` | the simulated cloud over HTTP; with the feature `wire` |
//! | [`plan`] | what will be done, as a file that is agreed to and applied |
//! | [`stack_policy`] | what the service itself refuses, whoever asks |
//! | [`journal`] | what a run did, so that the next can go on |
//! | [`engine`] | the reducer: state and event in, state and actions out |
//! | [`simulator`] | a simulated CloudFormation, with faults |
//!
//! What it does not do: open a socket, read a clock, start a process. It links neither the AWS SDK nor a runtime.

pub mod assembly;
pub mod cloud;
pub mod difference;
pub mod digest;
pub mod engine;
pub mod hotswap;
pub mod journal;
pub mod json;
pub mod plan;
pub mod risk;
pub mod simulator;
pub mod stack_policy;
pub mod template;
#[cfg(feature = "wire")]
pub mod wire;
