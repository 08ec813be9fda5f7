//! The schema table: what CloudFormation says about every resource type.
//!
//! Rules ask it whether a property exists, what it takes, whether a change replaces the resource, what `Ref` and
//! `Fn::GetAtt` give, and in which regions a type is missing.
//!
//! ```
//! use ce_synth::schema::Schemas;
//! // `ce_cfn::SCHEMAS` is the one with content; a table of other bytes is empty.
//! static EMPTY: Schemas = Schemas::new(b"");
//! assert!(EMPTY.find("AWS::EC2::VPC").is_none());
//! assert_eq!(EMPTY.names().len(), 0);
//! ```
//!
//! A type is decoded when it is first asked for, and kept: an app pays for the types it uses. The table itself is data
//! of `ce-cfn`; this module owns the format and knows no AWS service.
//!
//! What it does not do: judge a resource. That is for rules.

mod decode;
mod fragment;
mod model;
mod table;

pub use fragment::{Fragment, JsonType, Member};
pub use model::{
    Assertion, AttributeSchema, Bounds, Constraint, Kind, ObjectSchema, PropertySchema, RefKind, RefSchema, Reference,
    Replacement, TagForm, TaggingSchema, TypeSchema, ValueSchema,
};
pub use table::Schemas;
