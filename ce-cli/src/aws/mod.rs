//! AWS, asked with the SDK: carries out a [`Call`](ce_deploy::cloud::Call) and gives its answer.
//!
//! The SDK repeats nothing here: what is sent again, and when, the engine decides. Its inputs and outputs hold values of
//! parameters, so none of them is ever printed.
//!
//! What the SDK offers for Systems Manager, ECR and Cloud Control is not linked: of minutes of compiling a few operations
//! are used. [`signed`] sends those, the one question to IAM, and what is asked of others about a failure.

mod clients;
mod clock;
mod connection;
mod control;
mod evidence;
mod formation;
mod identity;
mod kept;
mod line;
mod named;
mod objects;
mod permissions;
mod refusal;
mod registry;
mod service;
mod signed;
#[cfg(test)]
mod tests;

pub(crate) use connection::Connection;
pub(crate) use registry::RegistryLogin;
pub(crate) use service::Aws;
