//! The schema table.
use super::model::Model;

pub(crate) struct Table {
    pub(crate) bytes: Vec<u8>,
    pub(crate) patterns: usize,
    pub(crate) left_out: usize,
}

pub(crate) fn encode(_model: &Model) -> Table {
    Table { bytes: vec![], patterns: 0, left_out: 0 }
}
