//! The construct tree, values, findings, and the synthesis of CloudFormation templates.
//!
//! An [`App`] owns an arena of nodes. A [`Scope`] is a `Copy` handle to one of them; constructs are plain structs of
//! such handles. Resources stay editable until [`App::synth`] takes the app, resolves references between stacks,
//! runs every rule, and gives an [`Assembly`]: templates, findings, and what deployers need, in memory or on disk.
//!
//! ```
//! use ce_synth::{Account, App, Environment, Expr, Region, Scope, Tier};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//!
//! /// A construct: a plain struct, no trait to implement.
//! struct Inbox<'a> {
//!     queue: ce_synth::Resource<'a, ce_synth::Raw>,
//! }
//!
//! impl<'a> Inbox<'a> {
//!     #[track_caller]
//!     fn new(scope: Scope<'a>, id: &str) -> Self {
//!         let queue = scope.child(id).raw("Queue", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
//!         Self { queue }
//!     }
//! }
//!
//! let app = App::new();
//! let inbox = Inbox::new(app.stack("Mail", PROD), "Inbox");
//! let reader = app.stack("Reader", PROD);
//! reader.output("InboxUrl", inbox.queue.reference::<String>());
//! let assembly = app.synth()?;
//! assert_eq!(assembly.stack("Reader").unwrap().dependencies(), ["Mail"]);
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! It knows CloudFormation and no AWS service: resource types come from `ce-cfn`, blocks from `ce-constructs`.
//! It does not talk to AWS.

mod app;
pub mod assembly;
mod deferred;
pub mod diagnostics;
pub mod document;
pub mod environment;
pub mod lock;
pub mod logical_id;
pub mod quantity;
mod resource;
pub mod rules;
pub mod schema;
mod scope;
mod stack;
mod synth;
mod template;
pub mod tree;
pub mod value;

pub use app::{App, Check, Hook, Report};
pub use assembly::Assembly;
pub use deferred::{Deferred, Placing};
pub use diagnostics::{Code, Diagnostic, Finding, Findings, Place, Rule, Severity};
pub use document::Document;
pub use environment::{Account, Environment, Region, Tier};
pub use quantity::{Duration, Percent, Size};
pub use resource::{CfnResource, DeletionPolicy, Raw, Resource, ResourceId, UpdateReplacePolicy};
pub use scope::Scope;
pub use stack::{Sharing, Stack};
pub use template::{Output, Parameter, ParameterRef, Test};
pub use tree::{Found, NodeId, Tree};
pub use value::{Expr, Id, IntoValue, Json, ListOf, Literal, MapOf, PropMap, Property, StrLike, Value};
