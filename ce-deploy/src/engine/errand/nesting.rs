//! What nested stacks hold, before they are deleted with their root.

use super::purpose::Purpose;
use super::reducer::Errand;
use crate::assembly::StackId;
use crate::cloud::{Answer, Failure, Page};
use crate::engine::Moment;
use crate::engine::nested::Nested;

impl Errand {
    /// Lists the nested stacks of a stack, if its template has any.
    pub(super) fn read_nested(&mut self, now: Moment, id: &StackId, at: Nested, template: &str) {
        if Nested::may_be_in(template) {
            self.list_nested(now, id, at, Page::first());
        }
    }

    fn list_nested(&mut self, now: Moment, id: &StackId, at: Nested, page: Page) {
        let (target, call) = (self.stack(id).target.clone(), at.resources(page));
        self.ask(now, Purpose::NestedStacks(id.clone(), at), &target, call);
    }

    /// A nested stack whose template cannot be had is missing from what the judge sees, who then asks about it by name.
    pub(super) fn took_nested_stacks(
        &mut self,
        now: Moment,
        id: &StackId,
        at: Nested,
        result: Result<Answer, Failure>,
    ) {
        self.pending = self.pending.saturating_sub(1);
        let Ok(Answer::Resources(resources, rest)) = result else { return };
        for inner in resources.into_iter().filter_map(|resource| at.inside(resource)) {
            let (target, call) = (self.stack(id).target.clone(), inner.template());
            self.ask(now, Purpose::NestedTemplate(id.clone(), inner), &target, call);
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
        self.pending = self.pending.saturating_sub(1);
        if let Ok(Answer::Template(template)) = result {
            self.subject_mut(id).inside.insert(at.path.clone(), template.clone());
            self.read_nested(now, id, at, &template);
        }
    }
}
