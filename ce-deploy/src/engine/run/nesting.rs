//! The templates that nested stacks have now, so that what goes from them is seen.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Nested, Routine, Run};
use crate::assembly::StackId;
use crate::cloud::{Answer, Failure, Page};
use crate::engine::Moment;

static NONE: BTreeMap<String, String> = BTreeMap::new();

impl<P: From<Routine>> Run<P> {
    /// The templates of the nested stacks of a stack, by dotted logical id, as far as they were read.
    pub(in crate::engine) fn nested(&self, id: &StackId) -> &BTreeMap<String, String> {
        self.nested.get(id).unwrap_or(&NONE)
    }

    /// From now on these are the templates of the nested stacks of a stack.
    pub(in crate::engine) fn replace_nested(&mut self, id: &StackId, templates: &BTreeMap<String, Arc<str>>) {
        let templates = templates.iter().map(|(path, text)| (path.clone(), text.to_string()));
        self.nested.insert(id.clone(), templates.collect());
    }

    /// Lists the nested stacks of a stack, if its template has any.
    pub(in crate::engine) fn read_nested(&mut self, now: Moment, id: &StackId, at: &Nested, template: &str) {
        if Nested::may_be_in(template) {
            self.list_nested(now, id, at, Page::first());
        }
    }

    fn list_nested(&mut self, now: Moment, id: &StackId, at: &Nested, page: Page) {
        let (target, call) = (self.stack(id).target.clone(), at.resources(page));
        self.ask(now, Routine::NestedStacks(id.clone(), at.clone()).into(), &target, call);
    }

    /// A nested stack whose template cannot be read is missing from what the judge sees: every right it gives is one more,
    /// and if it goes, that is asked about by name.
    pub(super) fn took_nested_stacks(
        &mut self,
        now: Moment,
        id: &StackId,
        at: &Nested,
        result: Result<Answer, Failure>,
    ) {
        self.answered();
        let Ok(Answer::Resources(resources, rest)) = result else { return };
        for inner in resources.into_iter().filter_map(|resource| at.inside(resource)) {
            let (target, call) = (self.stack(id).target.clone(), inner.template());
            self.ask(now, Routine::NestedTemplate(id.clone(), inner).into(), &target, call);
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
            self.read_nested(now, id, &at, &template);
            self.nested.entry(id.clone()).or_default().insert(at.path, template);
        }
    }
}
