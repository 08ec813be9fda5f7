//! Cloud assemblies and templates as anyone's tool writes them: read, indexed, and with every intrinsic resolved.

pub(crate) mod app;
pub(crate) mod assembly;
pub(crate) mod json;
pub(crate) mod managed_policies;
pub(crate) mod naming;
pub(crate) mod path;
pub(crate) mod resolve;
pub(crate) mod roles;
pub(crate) mod value;
pub(crate) mod virtual_paths;
pub(crate) mod yaml;
