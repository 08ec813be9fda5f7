//! Templates: parsed, with the values of parameters filled in, and flat over nested stacks.
//!
//! What for: two templates can only be compared once it is known what they say. `{"Ref": "Size"}` is whatever the
//! parameter is; `Fn::Sub` and `Fn::Join` of the same parts are the same text; a resource whose condition is false is
//! not there.
//!
//! ```
//! use ce_deploy::template::{Resolved, Template, Version};
//! let text = r#"{
//!     "Parameters": {"Stage": {"Type": "String", "Default": "prod"}},
//!     "Resources": {"Inbox": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "inbox-${Stage}"}}}}
//! }"#;
//! let version = Version::new(Template::parse(text)?);
//! let resolved = Resolved::of(&version);
//! assert_eq!(resolved.resources["Inbox"].properties["QueueName"], "inbox-prod");
//! # Ok::<(), ce_deploy::template::TemplateError>(())
//! ```
//!
//! What is only known when it is deployed, such as the ARN of a resource, stays as a [`symbol`]; equal symbols are
//! equal values. A value that the template hides (`NoEcho`) is a symbol too, so it cannot be shown by accident.
//!
//! A template may be JSON or YAML. `AWS::LanguageExtensions` is carried out, loops over what is known with it. What it does
//! not do: run other macros, or look anything up.

mod evaluate;
pub(crate) mod extensions;
mod functions;
mod model;
mod outputs;
mod parameters;
mod pieces;
mod resolved;
mod scalar;
pub mod symbol;
mod taken;
mod version;
mod yaml;

pub(crate) use model::makes_nothing;
pub use model::{Output, Parameter, Resource, Template, TemplateError};
pub(crate) use pieces::{Piece, pieces};
pub use resolved::{Active, ActiveOutput, Resolved};
pub(crate) use scalar::as_text;
pub use taken::Taken;
pub use version::Version;
pub(crate) use yaml::{as_json, value};
