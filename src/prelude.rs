//! What an app needs, in one `use`.

pub use ce_constructs::prelude::*;
pub use ce_synth::{
    Account, App, Code, Duration, Environment, Expr, Findings, IntoValue, ListOf, MapOf, Parameter, Percent, Region,
    Report, Scope, Sharing, Size, Test, Tier, Tree, Value, join,
};
