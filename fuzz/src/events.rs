//! Any order of events, true and false, told to a deployment.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::cloud::{Answer, Call, Failure, Place, Target};
use ce_deploy::digest::sha256;
use ce_deploy::engine::{Action, CallId, Deployment, Event, Judge, Moment, Operation, Options, Signal, Stop, TimerId};
use ce_deploy::plan::{Approval, Decision};
use ce_deploy::simulator::{Settings, Simulator};

const FIRST: &str = r#"{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}},"Outputs":{"Out":{"Value":"x"}}}"#;
const SECOND: &str = r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}"#;
/// More than this for one event would be a loop.
const MOST_ACTIONS: usize = 1_000;
const CODES: [&str; 8] = [
    "Throttling",
    "ValidationError",
    "InternalFailure",
    "ExpiredToken",
    "AccessDenied",
    "ChangeSetNotFound",
    "InvalidChangeSetStatus",
    "TokenAlreadyExistsException",
];

/// Whatever it is told, a deployment goes on or ends, and does little at a time.
pub fn events(data: &[u8]) {
    let mut run = Run::new();
    run.tell(Event::Started);
    let mut bytes = data.iter().copied().take(4_000);
    while let Some(byte) = bytes.next() {
        let more = bytes.next().unwrap_or_default();
        if run.finished {
            return;
        }
        run.next(byte, more);
    }
}

struct Run {
    deployment: Deployment,
    cloud: Simulator,
    calls: VecDeque<(CallId, Target, Call)>,
    timers: BTreeMap<(Moment, u64), TimerId>,
    now: Moment,
    finished: bool,
}

impl Run {
    fn new() -> Self {
        let stacks = vec![stack("First", FIRST, &[]), stack("Second", SECOND, &["First"])];
        let assembly = Assembly { folder: "ce.out".into(), digest: sha256("both"), stacks, assets: Vec::new() };
        let judge = Judge::new(|_| Vec::new());
        Self {
            deployment: Deployment::deploy(Arc::new(assembly), judge, Options::default()),
            cloud: Simulator::new(Settings::default(), &ce_cfn::SCHEMAS),
            calls: VecDeque::new(),
            timers: BTreeMap::new(),
            now: Moment(1_767_225_600_000),
            finished: false,
        }
    }

    fn next(&mut self, byte: u8, more: u8) {
        match byte % 16 {
            0..=7 => self.answer_truly(),
            8 => self.answer(more, Err(Failure::answered(CODES[usize::from(more) % CODES.len()], "does not exist"))),
            9 => self.answer(more, Err(Failure::no_answer("gone"))),
            10 => self.answer(more, Ok(other_answer(more))),
            11 => self.tell(Event::Answered { id: CallId(more.into()), result: Ok(Answer::Done) }),
            12 => self.tell(Event::Woke(TimerId(more.into()))),
            13 => self.interrupt(more),
            14 => self.tell(Event::Decided(Decision::Approved(Approval::default()))),
            _ => self.now = self.now + ce_deploy::engine::Span(1 << (more % 24)),
        }
    }

    /// The oldest call is answered by the service; if there is none, the next timer goes off.
    fn answer_truly(&mut self) {
        if let Some((id, target, call)) = self.calls.pop_front() {
            let result = self.cloud.call(self.now, &target, call);
            return self.tell(Event::Answered { id, result });
        }
        if let Some(((at, _), timer)) = self.timers.pop_first() {
            self.now = self.now.max(at);
            self.tell(Event::Woke(timer));
        }
    }

    fn answer(&mut self, which: u8, result: Result<Answer, Failure>) {
        let at = usize::from(which) % self.calls.len().max(1);
        if let Some((id, ..)) = self.calls.remove(at) {
            self.tell(Event::Answered { id, result });
        }
    }

    fn interrupt(&mut self, more: u8) {
        self.tell(match more % 5 {
            0 => Event::Interrupted(Signal::Interrupt),
            1 => Event::Interrupted(Signal::Terminate),
            2 => Event::Chosen(Stop::Wait),
            3 => Event::Chosen(Stop::Cancel),
            _ => Event::Decided(Decision::Declined),
        });
    }

    fn tell(&mut self, event: Event) {
        let actions = self.deployment.step(self.now, event);
        assert!(actions.len() < MOST_ACTIONS);
        for action in actions {
            match action {
                Action::Call { id, target, call } => self.calls.push_back((id, target, call)),
                Action::Wake { id, at } => {
                    self.timers.insert((at, id.0), id);
                }
                Action::Finish(_) => self.finished = true,
                _ => {}
            }
        }
    }
}

fn other_answer(which: u8) -> Answer {
    match which % 8 {
        0 => Answer::Done,
        1 => Answer::Stacks(Vec::new(), None),
        2 => Answer::Events(Vec::new(), Some(ce_deploy::cloud::Page::first())),
        3 => Answer::Template(String::new()),
        4 => Answer::Parameter("x".into()),
        5 => Answer::ChangeSetCreated { change_set: String::new(), stack: String::new() },
        6 => Answer::Resources(Vec::new(), None),
        _ => Answer::Identity { account: "222222222222".into(), arn: String::new() },
    }
}

fn stack(id: &str, template: &str, needs: &[&str]) -> Stack {
    let place = Place::new("111111111111", "eu-west-1");
    Stack {
        id: StackId::new(id),
        name: id.to_lowercase(),
        template: Arc::from(template),
        template_digest: sha256(template),
        template_url: None,
        parameters: BTreeMap::new(),
        kept: Vec::new(),
        tags: BTreeMap::new(),
        termination_protection: None,
        notification_arns: None,
        target: Target::new(place.clone()),
        place,
        lookup: None,
        execution_role: None,
        bootstrap: None,
        needs: needs.iter().map(|need| StackId::new(*need)).collect(),
        assets: Vec::new(),
        origins: BTreeMap::new(),
        nested: BTreeMap::new(),
    }
}
