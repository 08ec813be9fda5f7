//! Proves that synthesized `CloudFormation` templates are the reference architecture.
//!
//! What for: a reference document, restated as facts (`tests/reference/*.toml`), is held against cloud assemblies on
//! disk. Only templates count, so the output of any tool is judged alike.
//!
//! ```no_run
//! use ce_facts::{Assemblies, Assembly, Facts, Scope, judge};
//!
//! let facts = Facts::load("tests/reference/claude-enhancer.toml")?;
//! let assemblies = Assemblies::new().with("prod", Assembly::read("cdk.out/prod")?);
//! let report = judge(&facts, &assemblies, &Scope::default());
//! println!("{report}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! By default every section is due, and the facts of kind `template` and `impossible` are judged.
//!
//! It does not judge manifests, models, pipelines or prose, and it calls no cloud.

mod app;
mod assembly;
mod assertion;
mod facts;
mod iam;
mod json;
mod judge;
mod managed_policies;
mod naming;
mod operators;
mod path;
mod report;
mod resolve;
mod roles;
mod row;
mod select;
mod value;
mod virtual_paths;

pub use app::App;
pub use assembly::{Assembly, AssemblyError};
pub use assertion::{Assertion, RowError};
pub use facts::{ArtifactRow, DeriveRow, Fact, Facts, FactsError, Kind, Meta};
pub use judge::{Assemblies, Scope, judge};
pub use path::PathError;
pub use report::{DueFailed, Outcome, Report, RowVerdict, Verdict, prove};
pub use row::{Grant, MirrorRow, OneOrMany, Quantifier, Row};
pub use virtual_paths::NAMES as VIRTUAL_PATHS;
