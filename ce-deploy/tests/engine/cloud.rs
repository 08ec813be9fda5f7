//! The simulated cloud, with a hand in every call.

use std::cell::Cell;
use std::rc::Rc;

use ce_deploy::cloud::{
    Answer, Call, ChangeSetRequest, ChangeSetType, Failure, Mode, Page, Stack, StackRef, StackStatus, Target, Template,
    Token,
};
use ce_deploy::engine::{Moment, Span};
use ce_deploy::simulator::{ServiceTimes, Settings, Simulator};

use crate::shop::place;

/// What a call is refused with, given how many came before it.
pub(crate) type Fault = Box<dyn FnMut(&Call, usize) -> Option<Failure>>;

/// What becomes of an answer on its way, given how many calls came before it.
pub(crate) type Way = Box<dyn FnMut(&Call, usize, Result<Answer, Failure>) -> Result<Answer, Failure>>;

pub(crate) struct Cloud {
    pub(crate) simulator: Simulator,
    pub(crate) calls: Vec<(u64, Call)>,
    /// The role of each call.
    pub(crate) roles: Vec<Option<String>>,
    pub(crate) fault: Fault,
    pub(crate) way: Way,
    /// The time of the last call.
    pub(crate) clock: Rc<Cell<u64>>,
}

/// A change set takes a second, a resource three.
pub(crate) fn settings() -> Settings {
    let times = ServiceTimes::default().change_set(Span::seconds(1)).resource(Span::seconds(3));
    Settings::default().times(times)
}

impl Cloud {
    pub(crate) fn new() -> Self {
        Self::with(settings())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        Self {
            simulator: Simulator::new(settings, &ce_cfn::SCHEMAS),
            calls: Vec::new(),
            roles: Vec::new(),
            fault: Box::new(|_, _| None),
            way: Box::new(|_, _, answer| answer),
            clock: Rc::new(Cell::new(0)),
        }
    }

    pub(crate) fn call(&mut self, now: u64, target: &Target, call: &Call) -> Result<Answer, Failure> {
        let number = self.calls.len();
        self.calls.push((now, call.clone()));
        self.roles.push(target.role.clone());
        self.clock.set(now);
        if let Some(failure) = (self.fault)(call, number) {
            return Err(failure);
        }
        let answer = self.simulator.call(Moment(now), target, call.clone());
        (self.way)(call, number, answer)
    }

    pub(crate) fn count(&self, is_it: impl Fn(&Call) -> bool) -> usize {
        self.calls.iter().filter(|(_, call)| is_it(call)).count()
    }

    pub(crate) fn executions(&self) -> Vec<u64> {
        let executed = self.calls.iter().filter(|(_, call)| matches!(call, Call::ExecuteChangeSet { .. }));
        executed.map(|(at, _)| *at).collect()
    }

    /// A call of somebody else, at the moment of the last of ours.
    pub(crate) fn other(&mut self, call: Call) -> Result<Answer, Failure> {
        self.simulator.call(Moment(self.clock.get()), &Target::new(place()), call)
    }

    pub(crate) fn stack(&mut self, name: &str) -> Option<Stack> {
        let call = Call::DescribeStacks { stack: Some(StackRef::name(name)), page: Page::first() };
        match self.other(call) {
            Ok(Answer::Stacks(stacks, _)) => stacks.into_iter().next(),
            _ => None,
        }
    }

    pub(crate) fn status(&mut self, name: &str) -> Option<StackStatus> {
        self.stack(name).map(|stack| stack.status)
    }

    pub(crate) fn output(&mut self, name: &str) -> String {
        let stack = self.stack(name).expect("the stack is there");
        stack.outputs[0].value.reveal().to_owned()
    }

    /// Somebody else changes a stack, and is not done yet.
    pub(crate) fn somebody_updates(&mut self, name: &str, template: &str) {
        let request = ChangeSetRequest {
            stack: StackRef::name(name),
            name: "theirs".into(),
            kind: ChangeSetType::Update,
            template: Template::Body(template.to_owned()),
            parameters: Vec::new(),
            tags: None,
            capabilities: Vec::new(),
            role: None,
            notification_arns: None,
            guard: None,
            token: Token::given("theirs"),
            on_failure: None,
            include_nested: false,
            imports: Vec::new(),
            mode: Mode::Standard,
            disable_rollback: false,
        };
        let made = self.other(Call::CreateChangeSet(Box::new(request)));
        let Ok(Answer::ChangeSetCreated { change_set, stack }) = made else { panic!("{made:?}") };
        self.clock.set(self.clock.get() + 5_000);
        let done = self.other(Call::ExecuteChangeSet {
            stack: StackRef::id(stack),
            change_set,
            token: Token::given("theirs"),
            disable_rollback: false,
            retain_except_on_create: false,
        });
        assert!(done.is_ok(), "{done:?}");
    }
}
