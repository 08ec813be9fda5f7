//! The templates that nested stacks have now, so that what goes from them is seen.

use super::purpose::Purpose;
use super::reducer::Deployment;
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, Page, StackRef};
use crate::engine::Moment;

const STACK: &str = "AWS::CloudFormation::Stack";

/// Where a nested stack is in its root: its dotted logical id, and its ARN.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Nested {
    pub(super) path: String,
    pub(super) arn: String,
}

impl Deployment {
    /// Lists the nested stacks of a stack, if its template has any.
    pub(super) fn read_nested(&mut self, now: Moment, id: &StackId, at: Nested, template: &str) {
        if template.contains(STACK) {
            self.list_nested(now, id, at, Page::first());
        }
    }

    fn list_nested(&mut self, now: Moment, id: &StackId, at: Nested, page: Page) {
        let call = Call::ListStackResources { stack: StackRef::id(&at.arn), page };
        let target = self.stack(id).target.clone();
        self.ask(now, Purpose::NestedStacks(id.clone(), at), &target, call);
    }

    /// What cannot be read is judged as if it were new: every right it gives is one more.
    pub(super) fn took_nested_stacks(
        &mut self,
        now: Moment,
        id: &StackId,
        at: Nested,
        result: Result<Answer, Failure>,
    ) {
        self.answered();
        let Ok(Answer::Resources(resources, rest)) = result else { return };
        for resource in resources.into_iter().filter(|resource| resource.type_name == STACK) {
            let Some(arn) = resource.physical_id.filter(|arn| arn.starts_with("arn:")) else { continue };
            let path = format!("{}.{}", at.path, resource.logical_id).trim_start_matches('.').to_owned();
            let call = Call::GetTemplate { stack: StackRef::id(&arn), change_set: None };
            let target = self.stack(id).target.clone();
            self.ask(now, Purpose::NestedTemplate(id.clone(), Nested { path, arn }), &target, call);
        }
        if let Some(page) = rest {
            self.list_nested(now, id, at, page);
        }
    }

    pub(super) fn took_nested_template(
        &mut self,
        now: Moment,
        id: &StackId,
        at: Nested,
        result: Result<Answer, Failure>,
    ) {
        self.answered();
        if let Ok(Answer::Template(template)) = result {
            self.work_mut(id).nested.insert(at.path.clone(), template.clone());
            self.read_nested(now, id, at, &template);
        }
    }
}
