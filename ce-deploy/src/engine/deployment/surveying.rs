//! What is there.

use std::collections::BTreeSet;

use super::reducer::{Deployment, Goal};
use super::stage::Stage;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{self, StackStatus, Token};
use crate::engine::watch::{Kind, Watched};
use crate::engine::{Exit, Moment, Problem, Progress};
use crate::plan::Seen;

impl Deployment {
    /// Looks at the stacks, and at those they read values of.
    pub(super) fn begin_surveying(&mut self, now: Moment) {
        self.stage = Stage::Surveying;
        let of_interest = self.of_interest();
        self.run.survey(now, of_interest);
    }

    fn of_interest(&self) -> BTreeSet<StackId> {
        let mut ids: BTreeSet<StackId> = self.works.keys().cloned().collect();
        for id in self.works.keys() {
            let facts = &self.work(id).facts;
            ids.extend(facts.reads.iter().filter_map(|read| self.producer(id, read)));
            ids.extend(self.run.stack(id).kept.iter().map(|kept| kept.stack.clone()));
            let place = &self.run.stack(id).place;
            let exporter = |name: &String| self.exports.get(&(place.clone(), name.clone()));
            ids.extend(facts.imports.iter().filter_map(exporter).map(|(exporter, _)| exporter.clone()));
        }
        ids.retain(|id| self.run.assembly.stack(id).is_some());
        ids
    }

    pub(super) fn after_surveying(&mut self, now: Moment) {
        if self.run.pending > 0 {
            return;
        }
        if !self.may_go_on() {
            return self.end_before_changes(now);
        }
        if self.looks_again(now) {
            return;
        }
        self.refuse_missing_values();
        self.refuse_idle_alarms();
        self.refuse_way_back();
        if !self.may_go_on() {
            return self.end_before_changes(now);
        }
        self.order_standbys();
        self.stage = Stage::Reading;
        if let Goal::Apply(plan) = self.goal.clone() {
            return self.take_over(now, *plan);
        }
        self.ids().iter().for_each(|id| self.sort(now, id));
    }

    /// The service would say so too, but only when the stack's turn comes, after others were changed.
    fn refuse_missing_values(&mut self) {
        for id in self.ids() {
            for name in self.missing_values(&id) {
                let message = format!("parameter `{name}` of stack `{id}` has no value");
                self.run.problem(
                    Problem::new(Exit::Refused, message)
                        .of(&id)
                        .help(format!("give it one: `--parameters {id}:{name}=…`")),
                );
            }
        }
    }

    /// A value that is kept must be there once. Afterwards the standby does not wait for its primary, which may be down.
    fn order_standbys(&mut self) {
        for id in self.ids() {
            let has = |name: &str| {
                self.existing(&id).is_some_and(|found| found.parameters.iter().any(|value| value.key == name))
            };
            let missing = self.run.stack(&id).kept.iter().filter(|kept| !has(&kept.parameter));
            let primaries: Vec<StackId> = missing.map(|kept| kept.stack.clone()).collect();
            primaries.iter().for_each(|primary| self.after(&id, primary));
        }
    }

    /// Whether a stack can be worked on as it is.
    fn sort(&mut self, now: Moment, id: &StackId) {
        let Some(found) = self.existing(id).cloned() else {
            let work = self.work_mut(id);
            work.phase = if work.facts.is_empty { Phase::Unchanged } else { Phase::Read };
            return;
        };
        if self.work(id).facts.is_empty {
            return self.refuse_emptying(id, &found.name);
        }
        let work = self.work_mut(id);
        work.seen = Some(Seen::of(&found));
        work.status = Some(found.status);
        let status = found.status;
        if status.is_in_progress() {
            self.busy(now, id, &found);
        } else if status == StackStatus::RollbackComplete {
            self.read_leftover(now, id);
        } else if status.takes_updates() {
            self.read(now, id);
        } else {
            let message = format!("stack `{}` is in `{status}` and takes no update", found.name);
            self.run.problem(
                Problem::new(Exit::NeedsRepair, message).of(id).help("run `ce recover` to see what can be done"),
            );
        }
    }

    /// CloudFormation keeps no stack without resources; to delete one is for somebody to decide who knows that it is.
    fn refuse_emptying(&mut self, id: &StackId, name: &str) {
        let message = format!("stack `{name}` is there, and its template has no resources any more");
        let help = format!("`ce destroy {id}` deletes it");
        self.run.problem(Problem::new(Exit::Refused, message).of(id).help(help));
    }

    /// An operation goes on: ours is waited for, another's is not disturbed.
    fn busy(&mut self, now: Moment, id: &StackId, found: &cloud::Stack) {
        match found.change_set.clone().filter(|change_set| self.is_ours(id, change_set)) {
            Some(change_set) if self.goal == Goal::Deploy => self.attach(now, id, found, &change_set),
            ours => {
                let whose = if ours.is_some() { "an earlier run of yours" } else { "somebody else" };
                let message = format!("{whose} works on stack `{}`: it is in `{}`", found.name, found.status);
                let help = "wait for it with `ce attach`, or look with `ce status`";
                self.run.problem(Problem::new(Exit::Stale, message).of(id).help(help));
            }
        }
    }

    /// Whether a change set brings the stack to what this very assembly says, or an earlier run wrote it down.
    pub(super) fn is_ours(&self, id: &StackId, change_set: &str) -> bool {
        let named = change_set_name(change_set).is_some_and(|name| name.starts_with(&self.name_stem(id)));
        let open = self.run.options.journal.open_operations();
        named || open.values().any(|operation| operation.change_set.as_deref() == Some(change_set))
    }

    /// Waits for an operation that an earlier run of ours began.
    pub(super) fn attach(&mut self, now: Moment, id: &StackId, found: &cloud::Stack, change_set: &str) {
        let stack = self.run.stack(id);
        let kind = match found.status {
            StackStatus::CreateInProgress | StackStatus::RollbackInProgress | StackStatus::ReviewInProgress => {
                Kind::Create
            }
            StackStatus::DeleteInProgress => Kind::Delete,
            _ => Kind::Update,
        };
        let token = match kind {
            Kind::Delete => self.deletion_of(&found.id),
            Kind::Create | Kind::Update => Token::of(change_set, &stack.name, "execute", 1),
        };
        let watched = Watched::new(id, &stack.target, &found.id, kind, token.clone())
            .change_set(Some(change_set.to_owned()).filter(|_| kind != Kind::Delete))
            .attached()
            .began(now);
        let work = self.work_mut(id);
        work.phase = Phase::Attached;
        work.attached = true;
        self.run.tell(now, Progress::Begun { stack: id.clone(), arn: found.id.clone(), token, attached: true });
        self.run.watch(now, watched);
    }

    /// The token of the deletion that goes on, if an earlier run wrote it down.
    fn deletion_of(&self, arn: &str) -> Token {
        let open = self.run.options.journal.open_operations();
        let deletion = open.into_values().rfind(|operation| operation.arn == arn && operation.change_set.is_none());
        deletion.map_or_else(|| Token::given("unknown"), |operation| operation.token)
    }
}

/// The name in `arn:aws:cloudformation:REGION:ACCOUNT:changeSet/NAME/ID`.
fn change_set_name(arn: &str) -> Option<&str> {
    arn.split_once(":changeSet/")?.1.split('/').next()
}
