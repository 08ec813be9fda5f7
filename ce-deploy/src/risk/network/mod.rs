//! Ranges of addresses, and what rules let through.

mod access;
mod cidr;

pub(super) use access::Access;
pub(crate) use cidr::Cidr;
