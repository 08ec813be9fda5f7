//! ce
