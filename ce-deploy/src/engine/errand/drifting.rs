//! What differs from the templates.

use super::Report;
use super::purpose::Purpose;
use super::reducer::Errand;
use super::subject::Phase;
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, DriftDetection, DriftState, Failure, Page};
use crate::engine::{End, Exit, Moment, Problem, Span};

const FIRST_LOOK: Span = Span(1_000);
const LOOKS_APART: Span = Span(2_000);

impl Errand {
    pub(super) fn look_for_drift(&mut self, now: Moment, id: &StackId) {
        match self.run.found(id).map(|found| found.status) {
            Some(status) if !status.is_in_progress() => {
                let subject = self.subject_mut(id);
                subject.status = Some(status);
                subject.phase = Phase::Ready;
            }
            Some(status) => {
                let message = format!("stack `{}` is in `{status}`", self.run.stack(id).name);
                self.run.problem(Problem::new(Exit::Stale, message).of(id).help("wait for it with `ce attach`"));
            }
            None => self.over(now, id, End::Unchanged),
        }
    }

    pub(super) fn begin_detecting(&mut self, now: Moment, id: &StackId) {
        self.subject_mut(id).phase = Phase::Detecting;
        let (target, stack) = (self.run.stack(id).target.clone(), self.reference(id));
        self.run.desk.ask(now, Purpose::Detection(id.clone(), String::new()), &target, Call::DetectDrift { stack });
    }

    pub(super) fn took_detection(
        &mut self,
        now: Moment,
        id: &StackId,
        detection: String,
        result: Result<Answer, Failure>,
    ) {
        if self.subject(id).phase != Phase::Detecting {
            return;
        }
        match result {
            Ok(Answer::DriftStarted(detection)) => {
                self.run.desk.remind(now + FIRST_LOOK, Purpose::Detection(id.clone(), detection));
            }
            Ok(Answer::DriftDetection(DriftDetection::InProgress)) => {
                let at = self.run.desk.next_look(&self.run.stack(id).place.clone(), now + LOOKS_APART);
                self.run.desk.remind(at, Purpose::Detection(id.clone(), detection));
            }
            // What could be reached is judged, also when the detection failed for the rest.
            Ok(Answer::DriftDetection(end)) => {
                if let DriftDetection::Failed(why) = end {
                    let message =
                        format!("drift of stack `{}` could not be found out for all: {why}", self.run.stack(id).name);
                    self.run.problem(Problem::new(Exit::Unclassified, message).of(id));
                }
                self.ask_drifts(now, id, Page::first());
            }
            Ok(_) => self.not_detected(now, id, Problem::new(Exit::Bug, "the answer belongs to another question")),
            Err(failure) => {
                let message = format!("drift of stack `{}` cannot be found out: {failure}", self.run.stack(id).name);
                self.not_detected(now, id, Problem::failed(&failure, message));
            }
        }
    }

    pub(super) fn look_at_detection(&mut self, now: Moment, id: &StackId, detection: String) {
        if self.subject(id).phase == Phase::Detecting {
            let target = self.run.stack(id).target.clone();
            let call = Call::DescribeDriftDetection { detection: detection.clone() };
            self.run.desk.ask(now, Purpose::Detection(id.clone(), detection), &target, call);
        }
    }

    fn ask_drifts(&mut self, now: Moment, id: &StackId, page: Page) {
        let (target, stack) = (self.run.stack(id).target.clone(), self.reference(id));
        self.run.desk.ask(now, Purpose::Drifts(id.clone()), &target, Call::DescribeResourceDrifts { stack, page });
    }

    pub(super) fn took_drifts(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        if self.subject(id).phase != Phase::Detecting {
            return;
        }
        match result {
            Ok(Answer::ResourceDrifts(drifts, rest)) => {
                let differ =
                    drifts.into_iter().filter(|drift| matches!(drift.state, DriftState::Drifted | DriftState::Deleted));
                let report = self.subject_mut(id).report.get_or_insert_with(|| Report::Drift(Vec::new()));
                if let Report::Drift(known) = report {
                    known.extend(differ);
                }
                match rest {
                    Some(page) => self.ask_drifts(now, id, page),
                    None => self.over(now, id, End::Unchanged),
                }
            }
            Ok(_) => self.not_detected(now, id, Problem::new(Exit::Bug, "the answer belongs to another question")),
            Err(failure) => {
                let message = format!("drift of stack `{}` cannot be read: {failure}", self.run.stack(id).name);
                self.not_detected(now, id, Problem::failed(&failure, message));
            }
        }
    }

    fn not_detected(&mut self, now: Moment, id: &StackId, problem: Problem) {
        self.run.problem(problem.of(id));
        self.over(now, id, End::NotBegun);
    }
}
