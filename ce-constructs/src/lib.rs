//! ce-constructs
