//! A template: read once, evaluated often.
//!
//! Reading finds what the service finds when it is handed the text; evaluating gives values as far as they are known.
//! What a property needs of other resources is [`Resolved::Later`] until these are there.

mod cidr;
mod evaluate;
mod expression;
mod extended;
mod library;
pub(super) mod limits;
mod parameter;
mod read;
mod read_function;
mod references;
mod text;

pub(super) use evaluate::{Pseudo, Resolved, Scope, World, partition};
pub(super) use expression::{Expression, Function, Piece};
pub(super) use library::Library;
pub(super) use parameter::Parameter;
pub(super) use read::{Declaration, Policy, Template};
pub(super) use references::Target;
pub(super) use text::same;

pub(super) use crate::template::as_text;
