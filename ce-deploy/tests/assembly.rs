//! Reading assemblies, ours and those of others, and refusing what is not to be trusted.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

#[path = "assembly/folder.rs"]
mod folder;

#[path = "assembly/aws_cdk.rs"]
mod aws_cdk;
#[path = "assembly/from_aws_cdk.rs"]
mod from_aws_cdk;
#[path = "assembly/mutated.rs"]
mod mutated;
#[path = "assembly/ours.rs"]
mod ours;
#[path = "assembly/untrusted.rs"]
mod untrusted;
