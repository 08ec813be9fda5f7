//! Tables of facts, and how their rows are held against templates and files.

pub(crate) mod artifact;
pub(crate) mod assemblies;
pub(crate) mod assertion;
pub(crate) mod evidence;
pub(crate) mod files;
pub(crate) mod iam;
pub(crate) mod judge;
pub(crate) mod operators;
pub(crate) mod prose;
pub(crate) mod row;
pub(crate) mod scope;
pub(crate) mod select;
pub(crate) mod table;
