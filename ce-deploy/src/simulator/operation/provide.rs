//! How long it takes to make, change or delete a resource, and whether it works.

use super::event::Told;
use super::step::Begun;
use crate::cloud::{Mode, StackStatus};
use crate::engine::Span;
use crate::simulator::fault::{Chance, Fault, FaultKind as K};
use crate::simulator::provider::Act;
use crate::simulator::service::Service;
use crate::simulator::stack::{Leftover, Resource, StackKey};
use crate::simulator::template::as_text;

/// So many seconds what needs an unready resource is tried again.
const TRIED_AGAIN: u32 = 30;

/// What handlers and hooks say.
const NOT_READY: &str =
    "Resource handler returned message: \"what it needs is not ready\" (HandlerErrorCode: AccessDenied)";
const STRUCK: &str =
    "Resource handler returned message: \"struck by a fault\" (HandlerErrorCode: GeneralServiceException)";
const HOOK_WARNS: &str = "Hook Example::Warns::Hook: policy says to look again. Failure was in WARN mode.";

impl Service {
    /// Hands a resource of the stack to what makes it.
    pub(super) fn provide(&mut self, key: StackKey, at: usize, logical: &str, act: Act) -> Begun {
        let Some(resource) = self.stack(key).resources.get(logical).cloned() else { return Begun::Nothing };
        self.take_time(key, at, logical, act, &resource)
    }

    /// Hands what is left over to what deletes it.
    pub(super) fn provide_leftover(&mut self, key: StackKey, at: usize, leftover: &Leftover) -> Begun {
        self.take_time(key, at, &leftover.logical, Act::Delete, &leftover.resource)
    }

    fn take_time(&mut self, key: StackKey, at: usize, logical: &str, act: Act, resource: &Resource) -> Begun {
        let (mut span, mut doom) = self.ordinary(act, resource);
        if let Some(behaviour) = &resource.behaviour {
            span = behaviour.span.unwrap_or(span);
            doom = behaviour.failure(act).or(doom);
        }
        if self.is_express(key) && !waits_for_a_signal(resource) {
            let ready = self.now + span;
            if let Some(resource) = self.stack_mut(key).resources.get_mut(logical) {
                resource.ready = ready;
            }
            span = Span(span.0 / 3);
        }
        self.strike_resource(key, logical, act, resource, &mut span, &mut doom);
        if resource.gone && matches!(act, Act::Update | Act::RollBack) {
            doom = Some(format!(
                "Resource handler returned message: \"{logical} does not exist\" (HandlerErrorCode: NotFound)"
            ));
        }
        self.step_mut(key, at, |step| step.doom = doom);
        Begun::Takes(span)
    }

    /// Whether its operation counts what is configured as complete.
    pub(super) fn is_express(&self, key: StackKey) -> bool {
        self.stack(key).running.as_ref().is_some_and(|running| running.options.mode == Mode::Express)
    }

    /// Whether a resource meets one that it needs and that is complete, but not yet stable.
    fn meets_unready(&self, key: StackKey, resource: &Resource) -> bool {
        let needed = |logical: &String| self.stack(key).resources.get(logical);
        self.is_express(key) && resource.needs.iter().filter_map(needed).any(|needed| needed.ready > self.now)
    }

    /// Faults that strike a resource.
    fn strike_resource(
        &mut self,
        key: StackKey,
        logical: &str,
        act: Act,
        resource: &Resource,
        span: &mut Span,
        doom: &mut Option<String>,
    ) {
        let undoes = act == Act::Delete && self.stack(key).status == StackStatus::RollbackInProgress;
        let unready = self.meets_unready(key, resource);
        let fits = |fault: &Fault| match fault.kind() {
            K::StillStabilizing => unready && !matches!(act, Act::Delete | Act::RollBack),
            K::RollbackFails => act == Act::RollBack || undoes,
            K::DeletionFails => act == Act::Delete,
            _ => !matches!(act, Act::Delete | Act::RollBack),
        };
        let struck = self.faults.strike(Chance::Resource, fits);
        for (kind, size) in struck.faults {
            match kind {
                K::SlowResource => *span = Span::seconds(size.into()),
                K::Stuck => {
                    *span = self.settings.times.stuck;
                    *doom = Some("Exceeded attempts to wait".to_owned());
                }
                // It is tried again while what it needs is not ready, and given up at last.
                K::StillStabilizing => {
                    *span = Span(span.0 + u64::from(size) * 1_000);
                    if size > TRIED_AGAIN {
                        *doom = Some(NOT_READY.to_owned());
                    }
                }
                K::HookWarns => self.hook_warns(key, logical, resource),
                _ => *doom = Some(STRUCK.to_owned()),
            }
        }
    }

    fn hook_warns(&mut self, key: StackKey, logical: &str, resource: &Resource) {
        let (status, physical) = (resource.status, resource.physical.clone());
        let (type_name, reason) = (&resource.type_name, Some(HOOK_WARNS.to_owned()));
        self.tell(key, Told { logical, physical, type_name, status, reason, configured: false });
    }

    /// What a resource of the type does when nothing else is said.
    fn ordinary(&self, act: Act, resource: &Resource) -> (Span, Option<String>) {
        let times = &self.settings.times;
        if act == Act::Delete {
            return (times.deletion, None);
        }
        if resource.type_name == "AWS::CloudFormation::WaitCondition" && act == Act::Create {
            let number =
                |name: &str| resource.desired.get(name).and_then(as_text).and_then(|text| text.parse::<u64>().ok());
            let expected = number("Count").unwrap_or(1);
            if expected > 0 {
                let words = format!("WaitCondition timed out. Received 0 conditions when expecting {expected}");
                return (Span::seconds(number("Timeout").unwrap_or(43_200)), Some(words));
            }
        }
        (times.making(&resource.type_name), None)
    }
}

/// Whether a resource is complete when somebody says so, also in express mode.
/// Source: user guide, express mode, "Custom resources"; that a wait condition is alike is assumed.
fn waits_for_a_signal(resource: &Resource) -> bool {
    resource.is_custom() || resource.type_name == "AWS::CloudFormation::WaitCondition"
}
