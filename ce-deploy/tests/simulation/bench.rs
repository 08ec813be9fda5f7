//! A place to try calls on: one account and region, with short words for what tests do most.

use ce_cfn::SCHEMAS;
use ce_deploy::cloud::{
    Answer, Call, Capability, ChangeSetAnswer, ChangeSetRequest, ChangeSetState, ChangeSetType, Failure, Mode, Page,
    Place, Stack, StackEvent, StackRef, StackStatus, Target, Template, Token,
};
use ce_deploy::engine::{Moment, Span};
use ce_deploy::simulator::{Settings, Simulator};
use serde_json::Value;

pub(crate) struct Bench {
    pub(crate) simulator: Simulator,
    pub(crate) target: Target,
    pub(crate) now: Moment,
    count: u32,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with(Settings::default())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        let target = Target::new(Place::new("111111111111", "eu-west-1"));
        Self { simulator: Simulator::new(settings, &SCHEMAS), target, now: Moment(1_000_000), count: 0 }
    }

    pub(crate) fn call(&mut self, call: Call) -> Result<Answer, Failure> {
        self.simulator.call(self.now, &self.target, call)
    }

    pub(crate) fn wait(&mut self, seconds: u64) {
        self.now = self.now + Span::seconds(seconds);
        self.simulator.advance(self.now);
    }

    /// Lets everything happen that is under way.
    pub(crate) fn settle(&mut self) {
        while let Some(next) = self.simulator.next_change() {
            self.now = next.max(self.now);
            self.simulator.advance(self.now);
        }
    }

    pub(crate) fn token(&mut self) -> Token {
        self.count += 1;
        Token::of("bench", "bench", "try", self.count)
    }

    pub(crate) fn request(&mut self, stack: &str, kind: ChangeSetType, template: &Value) -> ChangeSetRequest {
        let token = self.token();
        ChangeSetRequest {
            stack: StackRef::name(stack),
            name: format!("change-{}", self.count),
            kind,
            template: Template::Body(template.to_string()),
            parameters: vec![],
            tags: None,
            capabilities: vec![Capability::NamedIam],
            role: None,
            notification_arns: None,
            guard: None,
            token,
            on_failure: None,
            include_nested: true,
            imports: vec![],
            mode: Mode::Standard,
            disable_rollback: false,
        }
    }

    /// Makes a change set and waits for it.
    pub(crate) fn change_set(&mut self, request: ChangeSetRequest) -> Result<ChangeSetAnswer, Failure> {
        let answer = self.call(Call::CreateChangeSet(Box::new(request)))?;
        let Answer::ChangeSetCreated { change_set, stack } = answer else { panic!("{answer:?}") };
        self.wait(1);
        let call = Call::DescribeChangeSet { stack: StackRef::id(stack), change_set, page: Page::first() };
        match self.call(call)? {
            Answer::ChangeSet(answer) => Ok(*answer),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn execute(&mut self, change_set: &ChangeSetAnswer) -> Result<Answer, Failure> {
        self.execute_with(change_set, false)
    }

    pub(crate) fn execute_without_rollback(&mut self, change_set: &ChangeSetAnswer) -> Result<Answer, Failure> {
        self.execute_with(change_set, true)
    }

    fn execute_with(&mut self, change_set: &ChangeSetAnswer, disable_rollback: bool) -> Result<Answer, Failure> {
        let token = self.token();
        self.call(Call::ExecuteChangeSet {
            stack: StackRef::id(&change_set.stack),
            change_set: change_set.id.clone(),
            token,
            disable_rollback,
            retain_except_on_create: false,
        })
    }

    /// Makes and executes a change set, and waits until all is over.
    pub(crate) fn deploy(&mut self, stack: &str, template: &Value) -> StackStatus {
        let kind = match self.describe(stack) {
            Some(found) if found.status != StackStatus::ReviewInProgress => ChangeSetType::Update,
            _ => ChangeSetType::Create,
        };
        let request = self.request(stack, kind, template);
        self.deploy_as(request)
    }

    pub(crate) fn deploy_as(&mut self, request: ChangeSetRequest) -> StackStatus {
        let stack = request.stack.as_str().to_owned();
        let change_set = self.change_set(request).expect("a change set");
        assert_eq!(change_set.state, ChangeSetState::Complete, "{:?}", change_set.reason);
        self.execute(&change_set).expect("executed");
        self.settle();
        self.describe(&stack).expect("a stack").status
    }

    pub(crate) fn describe(&mut self, stack: &str) -> Option<Stack> {
        let stack = if stack.starts_with("arn:") { StackRef::id(stack) } else { StackRef::name(stack) };
        let call = Call::DescribeStacks { stack: Some(stack), page: Page::first() };
        match self.call(call) {
            Ok(Answer::Stacks(mut stacks, _)) => stacks.pop(),
            _ => None,
        }
    }

    /// Events of a stack, the first first.
    pub(crate) fn events(&mut self, stack: &str) -> Vec<StackEvent> {
        let stack = if stack.starts_with("arn:") { StackRef::id(stack) } else { StackRef::name(stack) };
        let mut page = Page::first();
        let mut all = Vec::new();
        loop {
            let call = Call::DescribeStackEvents { stack: stack.clone(), page };
            let Ok(Answer::Events(events, next)) = self.call(call) else { panic!("no events") };
            all.extend(events);
            match next {
                Some(next) => page = next,
                None => break,
            }
        }
        all.reverse();
        all
    }

    /// Events as `logical id: state`.
    pub(crate) fn story(&mut self, stack: &str) -> Vec<String> {
        let tell = |event: StackEvent| format!("{}: {}", event.logical_id, event.status);
        self.events(stack).into_iter().map(tell).collect()
    }
}
