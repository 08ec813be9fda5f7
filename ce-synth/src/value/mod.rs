//! Values of properties: literals, references and intrinsic functions, typed.
//!
//! A property takes `impl IntoValue<T>`: a literal, a resource whose `Ref` is a `T`, or what an intrinsic
//! function gives. A literal and a deferred value never look alike: there are no string tokens.
//!
//! ```
//! use ce_synth::{join, Value};
//! use ce_synth::value::{partition, region};
//! let arn: Value<String> = join!["arn:", partition(), ":sqs:", region(), ":111111111111:orders"];
//! assert!(arn.literal().is_none());
//! assert_eq!(join!["a", "b"].literal().and_then(|text| text.as_text()), Some("ab"));
//! ```
//!
//! By default nothing is evaluated here: `Ref`s become text, imports or parameters when the app is synthesized.
//! What it does not do: parse templates, or evaluate functions on literals other than [`join!`](crate::join).

mod dynamic;
mod expr;
mod functions;
mod into_value;
mod prop_map;
mod property;
mod token;
mod typed;

pub(crate) use dynamic::dynamic_references;
pub use dynamic::{secret_field, ssm_parameter};
pub use expr::Expr;
pub use functions::{
    account_id, base64, cidr_blocks, find_in_map, get_azs, get_stack_output, if_, import_value, join_with, joined,
    length, no_value, notification_arns, partition, region, select, split, stack_id, stack_name, sub, to_json_string,
    transform, url_suffix,
};
pub use into_value::IntoValue;
pub use prop_map::PropMap;
pub use property::Property;
pub use token::{Function, Pseudo, Token};
pub use typed::{Id, Json, ListOf, Literal, MapOf, StrLike, Value};
