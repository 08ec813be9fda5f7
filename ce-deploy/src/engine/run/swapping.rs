//! Changing resources past CloudFormation.
//!
//! Cloud Control is asked with the caller's own credentials: the role that deploys may change stacks, not what is in them.
//! Source: aws-cdk-cli, `hotswap-deployments.ts`.

use ce_synth::schema::Schemas;

use super::{News, Routine, Run};
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, FailureKind, Page, RequestState, ResourceRequest, StackRef, Target};
use crate::engine::swap::{Part, SwapStep, Swapping, Wish};
use crate::engine::{Moment, Progress, ResourceEvent, Span};
use crate::journal::Entry;

const LOOKS_APART: Span = Span(700);
/// A resource that is being changed already, by a run that died, is waited for.
const AGAIN: Span = Span(2_000);
const TRIES: u32 = 60;
/// A service of ECS takes some minutes until it is stable.
const PATIENCE: Span = Span::seconds(20 * 60);

impl<P: From<Routine>> Run<P> {
    /// Works out what is sent to change resources of a stack. It ends with [`News::SwapReady`] or [`News::SwapRefused`];
    /// nothing is changed before [`carry_out_swap`](Self::carry_out_swap).
    pub(in crate::engine) fn prepare_swap(&mut self, now: Moment, id: &StackId, wish: Wish, schemas: &'static Schemas) {
        let swapping = Swapping::new(wish, schemas, &self.stack(id).place);
        self.swaps.insert(id.clone(), swapping);
        self.list_for_swap(now, id, Page::first());
    }

    /// Whose credentials resources of a stack are changed with.
    pub(in crate::engine) fn own_target(&self, id: &StackId) -> Target {
        Target::new(self.stack(id).place.clone())
    }

    fn list_for_swap(&mut self, now: Moment, id: &StackId, page: Page) {
        let Some(swapping) = self.swaps.get(id) else { return };
        let call = Call::ListStackResources { stack: StackRef::id(swapping.arn()), page };
        self.ask_of(now, id, Routine::Swap(id.clone(), SwapStep::Resources).into(), call);
    }

    pub(super) fn took_swap(
        &mut self,
        now: Moment,
        id: &StackId,
        step: SwapStep,
        result: Result<Answer, Failure>,
    ) -> Option<News> {
        match step {
            SwapStep::Resources => self.took_names(now, id, result),
            SwapStep::Read(logical_id) => {
                let swapping = self.swaps.get_mut(id)?;
                let properties = match &result {
                    Ok(Answer::Properties(properties)) => Some(properties),
                    _ => None,
                };
                swapping.read(&logical_id, properties);
                swapping.reading = swapping.reading.saturating_sub(1);
                self.work_out_swap(id)
            }
            SwapStep::Begin(part) => self.took_part(now, id, &part, result),
            SwapStep::Look(part, _) => self.took_part(now, id, &part, result),
        }
    }

    fn took_names(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) -> Option<News> {
        let refused = |why: String| Some(News::SwapRefused(id.clone(), String::new(), why));
        let (resources, rest) = match result {
            Ok(Answer::Resources(resources, rest)) => (resources, rest),
            Ok(_) => return refused("the answer belongs to another question".to_owned()),
            Err(failure) => return refused(format!("its resources cannot be listed: {failure}")),
        };
        let swapping = self.swaps.get_mut(id)?;
        swapping.lists(resources);
        if let Some(page) = rest {
            self.list_for_swap(now, id, page);
            return None;
        }
        let reads = swapping.to_read();
        swapping.reading = reads.len();
        let target = self.own_target(id);
        for (logical_id, call) in reads {
            let purpose = Routine::Swap(id.clone(), SwapStep::Read(logical_id));
            self.desk.ask(now, purpose.into(), &target, call);
        }
        self.work_out_swap(id)
    }

    fn work_out_swap(&mut self, id: &StackId) -> Option<News> {
        let swapping = self.swaps.get_mut(id).filter(|swapping| swapping.reading == 0)?;
        Some(match swapping.work_out() {
            Ok(()) => News::SwapReady(id.clone()),
            Err((logical_id, why)) => News::SwapRefused(id.clone(), logical_id, why),
        })
    }

    /// Changes what was worked out. The journal has it first. It ends with [`News::SwapOver`].
    pub(in crate::engine) fn carry_out_swap(&mut self, now: Moment, id: &StackId) {
        let Some(swapping) = self.swaps.get_mut(id) else { return };
        let swap = swapping.begin(now, id);
        self.desk.record(&Entry::Hotswapping(swap));
        self.began.entry(id.clone()).or_insert(now);
        self.begin_parts(now, id);
    }

    fn begin_parts(&mut self, now: Moment, id: &StackId) {
        for part in self.swaps.get(id).map(Swapping::ready).unwrap_or_default() {
            self.tell_part(now, id, &part, "HOTSWAP_IN_PROGRESS", None);
            self.begin_part(now, id, part);
        }
    }

    fn begin_part(&mut self, now: Moment, id: &StackId, part: Part) {
        let Some(call) = self.swaps.get_mut(id).and_then(|swapping| swapping.call(&part)) else { return };
        let target = self.own_target(id);
        self.desk.ask(now, Routine::Swap(id.clone(), SwapStep::Begin(part)).into(), &target, call);
    }

    /// It is time to begin a part again, or to look how far it is.
    pub(super) fn swap_reminded(&mut self, now: Moment, id: &StackId, step: &SwapStep) {
        match step.clone() {
            SwapStep::Begin(part) => self.begin_part(now, id, part),
            SwapStep::Look(part, request) => {
                let target = self.own_target(id);
                let call = Call::DescribeResourceRequest { request: request.clone() };
                self.desk.ask(now, Routine::Swap(id.clone(), SwapStep::Look(part, request)).into(), &target, call);
            }
            SwapStep::Resources | SwapStep::Read(_) => {}
        }
    }

    fn took_part(&mut self, now: Moment, id: &StackId, part: &Part, result: Result<Answer, Failure>) -> Option<News> {
        let swapping = self.swaps.get(id).filter(|swapping| swapping.is_open(part))?;
        let (tries, late) = (swapping.tries(part), now - swapping.since() > PATIENCE);
        match result {
            Ok(Answer::ResourceRequest(request)) => self.took_request(now, id, part, request, late),
            Ok(_) => self.part_failed(now, id, part, "the answer belongs to another question".to_owned()),
            Err(failure) if failure.kind == FailureKind::InProgress && tries < TRIES && !late => {
                self.desk.remind(now + AGAIN, Routine::Swap(id.clone(), SwapStep::Begin(part.clone())).into());
                None
            }
            Err(failure) => self.part_failed(now, id, part, failure.to_string()),
        }
    }

    fn took_request(
        &mut self,
        now: Moment,
        id: &StackId,
        part: &Part,
        request: ResourceRequest,
        late: bool,
    ) -> Option<News> {
        match request.state {
            RequestState::InProgress if late => {
                self.part_failed(now, id, part, "it is still going on after twenty minutes".to_owned())
            }
            RequestState::InProgress => {
                let place = self.stack(id).place.clone();
                let at = self.desk.next_look(&place, now + LOOKS_APART);
                let step = SwapStep::Look(part.clone(), request.id);
                self.desk.remind(at, Routine::Swap(id.clone(), step).into());
                None
            }
            RequestState::Done => {
                self.tell_part(now, id, part, "HOTSWAP_COMPLETE", None);
                self.swaps.get_mut(id)?.done(part, request.identifier);
                self.begin_parts(now, id);
                self.swap_over(id)
            }
            RequestState::Failed(failure) => self.part_failed(now, id, part, failure.to_string()),
        }
    }

    fn part_failed(&mut self, now: Moment, id: &StackId, part: &Part, why: String) -> Option<News> {
        self.tell_part(now, id, part, "HOTSWAP_FAILED", Some(why.clone()));
        self.swaps.get_mut(id)?.failed(part, why);
        self.swap_over(id)
    }

    /// Whether all is done. What failed may be set or not, and the journal says so.
    fn swap_over(&mut self, id: &StackId) -> Option<News> {
        let swapping = self.swaps.get(id).filter(|swapping| swapping.is_over())?;
        let (failures, entry) = (swapping.failures.clone(), Entry::Hotswapped(swapping.swap(id)));
        self.desk.record(&entry);
        self.swaps.remove(id);
        Some(News::SwapOver(id.clone(), failures))
    }

    fn tell_part(&mut self, now: Moment, id: &StackId, part: &Part, status: &str, reason: Option<String>) {
        let Some(swapping) = self.swaps.get(id) else { return };
        let event = ResourceEvent {
            logical_id: part.logical_id().to_owned(),
            physical_id: swapping.physical(part).map(str::to_owned),
            type_name: swapping.type_name(part).to_owned(),
            status: status.to_owned(),
            reason,
            handler: None,
            at: now.0,
            origin: self.stack(id).origins.get(part.logical_id()).cloned(),
        };
        self.tell(now, Progress::Resource { stack: id.clone(), event });
    }
}
