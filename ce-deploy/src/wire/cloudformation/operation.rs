//! What all operations have in common.

use super::{change_sets, drift, events, exports, refactors, repair, resources, stacks, templates};
use crate::cloud::{Failure, Page, StackRef, Token};
use crate::wire::context::Context;
use crate::wire::form::Form;
use crate::wire::xml::Xml;

pub(in crate::wire) const NAMESPACE: &str = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

/// An operation: its name, what it was given, and the id of the request.
pub(super) struct Operation<'a> {
    pub(super) action: &'a str,
    pub(super) form: &'a Form,
    id: &'a str,
}

/// The answer to an operation; none if no family knows it.
pub(in crate::wire) fn answer(
    context: &mut Context<'_>,
    action: &str,
    form: &Form,
    id: &str,
) -> Option<Result<Vec<u8>, Failure>> {
    let operation = Operation { action, form, id };
    let families = [
        stacks::answer,
        change_sets::answer,
        events::answer,
        resources::answer,
        templates::answer,
        repair::answer,
        exports::answer,
        drift::answer,
        refactors::answer,
    ];
    families.into_iter().find_map(|family| family(context, &operation))
}

impl Operation<'_> {
    /// The document around a result.
    pub(super) fn result(&self, body: impl FnOnce(&mut Xml)) -> Vec<u8> {
        let action = self.action;
        Xml::document(&format!("{action}Response"), NAMESPACE, |xml| {
            xml.within(&format!("{action}Result"), body);
            xml.within("ResponseMetadata", |xml| xml.text("RequestId", self.id));
        })
    }

    /// The stack that must be named.
    pub(super) fn stack(&self) -> Result<StackRef, Failure> {
        self.form.required("StackName").map(StackRef::name)
    }

    /// The stack, where an ARN of something else may name it.
    pub(super) fn stack_beside(&self, key: &str) -> Result<StackRef, Failure> {
        match self.form.text(key).filter(|value| value.starts_with("arn:")) {
            Some(_) => Ok(StackRef::name(self.form.text("StackName").unwrap_or_default())),
            None => self.stack(),
        }
    }

    /// Which page.
    pub(super) fn page(&self) -> Page {
        Page(self.form.text("NextToken").filter(|token| !token.is_empty()).map(str::to_owned))
    }

    /// Whose operation it is: the token given, or one that the request makes.
    pub(super) fn token(&self, key: &str) -> Token {
        Token::given(self.form.text(key).unwrap_or(self.id))
    }

    /// A text that may be missing.
    pub(super) fn owned(&self, key: &str) -> Option<String> {
        self.form.text(key).map(str::to_owned)
    }
}

/// Where to go on, if there is more.
pub(super) fn next(xml: &mut Xml, page: Option<&Page>) {
    xml.maybe("NextToken", page.and_then(|page| page.0.as_deref()));
}

/// The name in a stack's ARN, `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID`; a name is its own.
pub(super) fn stack_name(arn: &str) -> &str {
    arn.split('/').nth(1).unwrap_or(arn)
}
