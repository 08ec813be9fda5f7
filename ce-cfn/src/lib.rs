//! ce-cfn
