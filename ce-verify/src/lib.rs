//! Judges what was synthesized: a table of facts is held against cloud assemblies and the files of a repository.
//!
//! What for: a reference document, a contract or a standard, restated as facts (`tests/reference/*.toml` show how), says
//! what an architecture must be. Only templates and files count, so the output of any tool is judged alike.
//!
//! ```no_run
//! use ce_verify::{Assemblies, Assembly, Facts, Scope, judge};
//!
//! let facts = Facts::load("tests/reference/claude-enhancer.toml")?;
//! let assemblies = Assemblies::new().with("prod", Assembly::read("cdk.out/prod")?).repository(".");
//! let report = judge(&facts, &assemblies, &Scope::default());
//! println!("{}", report.line());
//! std::fs::write("conformance.md", report.markdown())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! By default every section is due, and facts of kind `template`, `pipeline`, `runbook` and `impossible` are judged.
//!
//! It does not judge manifests or models, and it calls no cloud.

mod conformance;
mod facts;
mod template;

pub use conformance::prove::{DueFailed, prove};
pub use conformance::report::Report;
pub use conformance::verdict::{Outcome, RowVerdict, Substitute, Verdict, Word};
pub use facts::assemblies::Assemblies;
pub use facts::assertion::{Assertion, RowError};
pub use facts::evidence::{Evidence, EvidenceError};
pub use facts::judge::judge;
pub use facts::row::{Grant, MirrorRow, OneOrMany, Quantifier, Row};
pub use facts::scope::Scope;
pub use facts::table::{ArtifactRow, DeriveRow, Fact, Facts, FactsError, Kind, Meta, Status};
pub use template::app::App;
pub use template::assembly::{Assembly, AssemblyError};
pub use template::path::PathError;
pub use template::virtual_paths::NAMES as VIRTUAL_PATHS;
