//! Runbooks: what people do, written from the app that they do it to.
//!
//! ```
//! use ce_constructs::runbooks::{Runbook, RunbookStep};
//! use ce_synth::{Account, App, Environment, Expr, Region, Tier, join};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! let app = App::new();
//! let stack = app.stack("Mail", PROD);
//! let queue = stack.raw("Inbox", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
//! let purge = join!["aws sqs purge-queue --queue-url ", queue.reference::<String>()];
//! Runbook::builder("Purge the inbox")
//!     .purpose("Takes every letter out of the inbox.")
//!     .when("A sender floods it.")
//!     .who("On-call engineer")
//!     .step(RunbookStep::new("Purge").command(purge).stop_if("somebody waits for a letter"))
//!     .verify(RunbookStep::new("Look at the dashboard").expect("no letters are left"))
//!     .roll_back(RunbookStep::new("Ask senders to send again"))
//!     .build(stack, "PurgeInbox");
//! let assembly = app.synth()?;
//! let text = assembly.file("runbooks/purge-the-inbox.md").unwrap();
//! assert!(text.contains("--logical-resource-id Inbox"), "{text}");
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! A runbook is Markdown, a file of the assembly in `runbooks/`. What it names is read from the app each time it is
//! synthesized: a resource by its physical name, or by a command that looks it up; one that is gone is a finding
//! (`CE0303`), not a surprise at night. The same steps may be a document of Systems Manager too, which pauses where people
//! act, see [`RunbookBuilder::automated`].
//!
//! [`procedure`] has the usual ones ready. By default nothing is automated.
//!
//! It does not run anything by itself: [`operations`](crate::operations) does.

mod markdown;
mod paragraph;
pub mod procedure;
pub mod rules;
mod runbook;
mod runbook_builder;
mod runbook_step;

pub use rules::RULES;
pub use runbook::Runbook;
pub use runbook_builder::RunbookBuilder;
pub use runbook_step::RunbookStep;
