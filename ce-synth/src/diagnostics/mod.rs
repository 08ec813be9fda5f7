//! Findings: what is wrong or doubtful in an app, as data.
//!
//! Nothing stops at the first mistake: constructs, synthesis and checks record findings, and all are shown at once,
//! each with a code, the construct's path, the line that made it, and what to write instead.
//!
//! ```
//! use ce_synth::{Account, App, Code, Environment, Region, Tier};
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! let app = App::new();
//! app.stack("Shop", PROD).error(Code::new("SHOP001"), "`3` replicas are too few").help("write `.replicas(5)`");
//! let findings = app.synth().unwrap_err();
//! assert!(findings.to_string().contains("error[SHOP001]: `3` replicas are too few"));
//! ```
//!
//! A finding is waived at a scope with [`Scope::accept`](crate::Scope::accept); the waiver and its reason are recorded
//! in the assembly. Errors of grammar (codes below `CE0400`) cannot be waived: CloudFormation would refuse the template.

mod code;
mod diagnostic;
mod findings;
mod nearest;
mod render;

pub use code::{Code, Rule};
pub use diagnostic::{Diagnostic, Finding, Place, Severity};
pub use findings::{Findings, Waiver};
pub(crate) use nearest::nearest;
