//! Exports that go although somebody imports them: in phases, so that nobody has to deploy twice by hand.
//!
//! CloudFormation refuses to remove or change an export while a stack imports it, and the stack that imports it comes
//! after the one that exports it. So the exporter is first updated with the export kept, then those that imported it are
//! updated, then the exporter loses the export.

use std::collections::BTreeSet;

use super::amending::amended;
use super::purpose::Purpose;
use super::reducer::Deployment;
use super::stage::Stage;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, Page};
use crate::engine::{End, Exit, Moment, Problem};
use crate::plan::Then;

/// Source: quotas of CloudFormation, the template in a request.
pub(super) const LARGEST_BODY: usize = 51_200;

/// An export that a stack is to lose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Dropped {
    pub(super) output: String,
    pub(super) export: String,
    pub(super) importers: Vec<String>,
}

impl Deployment {
    /// Asks who imports what is to go.
    pub(super) fn begin_tracing(&mut self, now: Moment) {
        self.stage = Stage::Tracing;
        for id in self.ids_in(|phase| *phase == Phase::Read) {
            for dropped in self.dropped(&id) {
                self.ask_imports(now, &id, &dropped, Page::first());
                self.work_mut(&id).dropped.push(dropped);
            }
        }
    }

    fn dropped(&self, id: &StackId) -> Vec<Dropped> {
        let exported = &self.work(id).facts.exported;
        let outputs = self.existing(id).map(|stack| stack.outputs.as_slice()).unwrap_or_default();
        let gone = outputs.iter().filter(|output| !exported.contains(&output.key));
        gone.filter_map(|output| {
            let export = output.export.clone()?;
            Some(Dropped { output: output.key.clone(), export, importers: Vec::new() })
        })
        .collect()
    }

    fn ask_imports(&mut self, now: Moment, id: &StackId, dropped: &Dropped, page: Page) {
        let target = self.run.stack(id).target.clone();
        let call = Call::ListImports { export: dropped.export.clone(), page };
        self.run.ask(now, Purpose::Imports(id.clone(), dropped.export.clone()), &target, call);
    }

    pub(super) fn took_imports(&mut self, now: Moment, id: &StackId, export: &str, result: Result<Answer, Failure>) {
        self.run.answered();
        match result {
            Ok(Answer::Imports(names, rest)) => {
                let work = self.work_mut(id);
                let mut asked = work.dropped.iter_mut().chain(&mut work.held);
                let Some(dropped) = asked.find(|it| it.export == export) else { return };
                dropped.importers.extend(names);
                let dropped = dropped.clone();
                if let Some(page) = rest {
                    self.ask_imports(now, id, &dropped, page);
                }
            }
            // "Export is not imported by any stack" is an error in the API.
            Err(failure) if failure.message.contains("not imported") => {}
            Ok(_) => self.run.problem(Problem::new(Exit::Bug, "the answer belongs to another question").of(id)),
            Err(failure) => {
                let message = format!("who imports `{export}` cannot be found out: {failure}");
                self.run.problem(Problem::failed(&failure, message).of(id));
            }
        }
    }

    pub(super) fn after_tracing(&mut self, now: Moment) {
        if self.run.pending > 0 {
            return;
        }
        for id in self.ids_in(|phase| *phase == Phase::Read) {
            self.keep(&id);
            self.adopt(&id);
        }
        if self.may_go_on() { self.begin_preparing(now) } else { self.end_before_changes(now) }
    }

    /// Whether an exporter must keep something for a while, and for whom.
    fn keep(&mut self, id: &StackId) {
        let mut then = Then::default();
        let mut outputs = BTreeSet::new();
        for dropped in std::mem::take(&mut self.work_mut(id).dropped) {
            for importer in &dropped.importers {
                let Some(importer) = self.lets_go(id, importer, &dropped.export) else {
                    let message =
                        format!("`{importer}` imports `{}`, which stack `{id}` no longer has", dropped.export);
                    self.run.problem(
                        Problem::new(Exit::Refused, message)
                            .of(id)
                            .help("take the import out of that stack, and deploy both together"),
                    );
                    continue;
                };
                then.after.insert(importer);
                then.drops.insert(dropped.export.clone());
                outputs.insert(dropped.output.clone());
            }
        }
        if outputs.is_empty() {
            return;
        }
        let deployed = self.work(id).deployed.clone().unwrap_or_default();
        let amended = amended(&deployed, &self.run.stack(id).template, &outputs);
        let why_not = "what it stands on is gone from the template".to_owned();
        match amended.ok_or(why_not).and_then(|template| self.first_have(id, template)) {
            Ok(()) => self.work_mut(id).then = Some(then),
            Err(why) => {
                let drops = then.drops.into_iter().collect::<Vec<_>>().join("`, `");
                let message = format!("stack `{id}` cannot keep `{drops}` while others let go of it: {why}");
                let help = "leave the export in for one deployment, and take it out in the next";
                self.run.problem(Problem::new(Exit::Refused, message).of(id).help(help));
            }
        }
    }

    /// The stack of this deployment that no longer imports an export.
    pub(super) fn lets_go(&self, exporter: &StackId, importer: &str, export: &str) -> Option<StackId> {
        let place = &self.run.stack(exporter).place;
        let ids = self.ids();
        let found = ids.iter().find(|id| self.run.stack(id).name == importer && self.run.stack(id).place == *place)?;
        let imports = &self.work(found).facts.imports;
        (!imports.contains(export)).then(|| found.clone())
    }

    /// The exporter was updated, and kept what is still imported.
    pub(super) fn kept(&mut self, id: &StackId) -> bool {
        if self.work(id).then.is_none() || self.work(id).phase == Phase::Kept {
            return false;
        }
        let work = self.work_mut(id);
        work.phase = Phase::Kept;
        work.draft = None;
        work.deployed = work.kept_template.take().map(|template| template.to_string());
        work.shelf = None;
        self.run.began.remove(id);
        true
    }

    /// Goes on with the last phase when nobody imports any more.
    pub(super) fn consider_kept(&mut self, now: Moment, id: &StackId) {
        let after = self.work(id).then.as_ref().map(|then| then.after.clone()).unwrap_or_default();
        let failed = after.iter().find_map(|other| self.works.get(other)?.blame(other));
        if let Some(cause) = failed {
            self.half_done = true;
            return self.over(now, id, End::Skipped(cause));
        }
        if !after.iter().all(|other| self.works.get(other).is_none_or(|work| work.is_done())) {
            return;
        }
        if self.run.stopping {
            self.half_done = true;
            return self.over(now, id, End::NotBegun);
        }
        self.work_mut(id).then = None;
        self.run.began.insert(id.clone(), now);
        self.draft(now, id);
    }
}
