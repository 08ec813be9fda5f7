//! What a deployment will change, worked out without an account.
//!
//! What for: the question before every deployment is not which lines differ but what becomes of what is there. Each
//! resource that differs gets a [`Class`]: changed in place, with an interruption, replaced, replaced though it holds
//! data, or impossible.
//!
//! ```
//! use ce_deploy::difference::{Class, Difference};
//! use ce_deploy::template::{Template, Version};
//! let queue = |name: &str| {
//!     let text = format!(r#"{{"Resources": {{"Inbox": {{"Type": "AWS::SQS::Queue", "Properties": {{"QueueName": "{name}"}}}}}}}}"#);
//!     Template::parse(&text).map(Version::new)
//! };
//! let difference = Difference::between(Some(&queue("a")?), Some(&queue("b")?), &ce_cfn::SCHEMAS);
//! assert_eq!(difference.resources[0].class, Class::StatefulReplacement);
//! println!("{}", difference.text());
//! # Ok::<(), ce_deploy::template::TemplateError>(())
//! ```
//!
//! What you get: which property causes it, and through which references it spreads; what becomes of what is removed;
//! outputs and exports; as text, Markdown or JSON, with nothing secret in it. Replacement is from the schemas that AWS
//! publishes for its types; interruption from the user guide, for the properties it names.
//!
//! What it does not do: know what the account holds. A change set does: [`Difference::apply`] lets it overrule, and lists
//! where the two differ.

mod change_set;
mod class;
mod compare;
mod comparison;
mod effect;
mod elsewhere;
mod fixed_name;
mod interruptions;
mod markdown;
mod outputs;
mod propagate;
mod properties;
mod refusals;
mod removal;
mod shown;
mod text;
mod together;
mod whole;

pub use change_set::Disagreement;
pub use class::{Class, Effect};
pub use comparison::{Comparison, not_compared};
pub use elsewhere::{Elsewhere, Moved};
pub use outputs::OutputDifference;
pub use properties::PropertyDifference;
pub use removal::Fate;
pub use together::{HeldExport, Side};
pub use whole::{Difference, ResourceDifference};
