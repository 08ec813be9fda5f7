//! Reading stacks, events and resources: late, as the service's reads are.

use std::sync::Arc;

use super::place::PlaceKey;
use super::service::Service;
use super::stack::StackKey;
use super::words::{no_stack_with_id, no_such_stack};
use crate::cloud::{self, Answer, Failure, Page, StackEvent, StackRef, StackResource, StackStatus};
use crate::engine::Moment;

impl Service {
    /// The stack that a call names, or the service's words that there is none.
    pub(super) fn need_stack(&self, place: PlaceKey, stack: &StackRef) -> Result<StackKey, Failure> {
        self.find_stack(place, stack).ok_or_else(|| no_such_stack(stack.as_str()))
    }

    pub(super) fn describe_stacks(
        &self,
        place: PlaceKey,
        stack: Option<&StackRef>,
        page: &Page,
    ) -> Result<Answer, Failure> {
        let Some(stack) = stack else {
            let living: Vec<StackKey> = self.place(place).names.values().copied().collect();
            let (keys, next) = self.page(&living, page)?;
            let shown = keys.into_iter().filter_map(|key| self.shown_stack(key));
            return Ok(Answer::Stacks(shown.map(|stack| cloud::Stack::clone(&stack)).collect(), next));
        };
        let missing = || no_stack_with_id(stack.as_str());
        let key = self.find_stack(place, stack).ok_or_else(missing)?;
        let shown = self.shown_stack(key).ok_or_else(missing)?;
        Ok(Answer::Stacks(vec![cloud::Stack::clone(&shown)], None))
    }

    /// The stack as a read shows it. A new one shows at once.
    pub(super) fn shown_stack(&self, key: StackKey) -> Option<Arc<cloud::Stack>> {
        let lag = self.settings.read_lag.0 + self.more_lag.0;
        let until = Moment(self.now.0.saturating_sub(lag));
        let history = &self.stack(key).history;
        let shown = history.iter().rev().find(|(since, _)| *since <= until).or_else(|| history.first());
        shown.map(|(_, stack)| Arc::clone(stack))
    }

    pub(super) fn describe_events(&self, place: PlaceKey, stack: &StackRef, page: &Page) -> Result<Answer, Failure> {
        let key = self.need_stack(place, stack)?;
        let until = self.now.0.saturating_sub(self.settings.event_lag.0 + self.more_lag.0);
        let visible: Vec<&StackEvent> = self.stack(key).events.iter().rev().filter(|event| event.at <= until).collect();
        let (items, next) = self.page(&visible, page)?;
        Ok(Answer::Events(items.into_iter().cloned().collect(), next))
    }

    pub(super) fn list_resources(&self, place: PlaceKey, stack: &StackRef, page: &Page) -> Result<Answer, Failure> {
        let key = self.need_stack(place, stack)?;
        let (items, next) = self.page(&self.resources_of(key), page)?;
        Ok(Answer::Resources(items, next))
    }

    pub(super) fn resources_of(&self, key: StackKey) -> Vec<StackResource> {
        let shown = |(logical, resource): (&String, &super::stack::Resource)| StackResource {
            logical_id: logical.clone(),
            physical_id: resource.physical.clone(),
            type_name: resource.type_name.clone(),
            status: resource.status.to_owned(),
            status_reason: resource.reason.clone(),
        };
        self.stack(key).resources.iter().map(shown).collect()
    }

    pub(super) fn get_template(
        &self,
        place: PlaceKey,
        stack: &StackRef,
        change_set: Option<&str>,
    ) -> Result<Answer, Failure> {
        let template = match change_set {
            Some(name) => self.change_set(self.find_change_set(place, stack, name)?).goal.template.clone(),
            None => {
                let key = self.need_stack(place, stack)?;
                self.stack(key).definition.template.clone()
            }
        };
        Ok(Answer::Template(template.map(|template| template.text.to_string()).unwrap_or_default()))
    }

    pub(super) fn list_imports(&self, place: PlaceKey, export: &str, page: &Page) -> Result<Answer, Failure> {
        let unused = || super::words::invalid(format!("Export '{export}' is not imported by any stack."));
        let missing = || super::words::invalid(format!("Export '{export}' does not exist."));
        let (owner, _) = self.place(place).exports.get(export).ok_or_else(missing)?;
        let importers = self.importers(*owner, export);
        if importers.is_empty() {
            return Err(unused());
        }
        let (items, next) = self.page(&importers, page)?;
        Ok(Answer::Imports(items, next))
    }

    /// Whether a stack is there for good: not deleted.
    pub(super) fn is_living(&self, key: StackKey) -> bool {
        self.stack(key).status != StackStatus::DeleteComplete
    }
}
