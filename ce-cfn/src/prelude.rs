//! What generated files import, under names no AWS type has.
//!
//! AWS calls its own types `Resource`, `Value`, `Property`, `Tag` or `Default`; a nested type of that name would
//! shadow the import. The generator refuses to give a nested type one of the names below.

pub(crate) use ce_synth::{
    IntoValue as IntoVal, Json as AnyJson, ListOf, MapOf, PropMap, Property as TypedKey, Value as Val,
};

pub(crate) use crate::ids;
pub(crate) use crate::macros::{cfn_enum, cfn_property, cfn_resource, cfn_stand_in};
