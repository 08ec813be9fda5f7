//! Any order of events, true and false, told to a deployment.

use ce_deploy::cloud::{Answer, Failure};
use ce_deploy::engine::{CallId, Deployment, Event, Judge, Options, Signal, Span, Stop, TimerId};
use ce_deploy::plan::{Approval, Decision};

use super::run::{Run, shop};

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
    let mut run = Run::of(Deployment::deploy(shop(), Judge::new(|_| Vec::new()), Options::default()));
    let mut bytes = data.iter().copied().take(4_000);
    while let Some(byte) = bytes.next() {
        let more = bytes.next().unwrap_or_default();
        if run.finished {
            return;
        }
        next(&mut run, byte, more);
    }
}

fn next(run: &mut Run, byte: u8, more: u8) {
    match byte % 16 {
        0..=7 => run.answer_truly(),
        8 => answer(run, more, Err(Failure::answered(CODES[usize::from(more) % CODES.len()], "does not exist"))),
        9 => answer(run, more, Err(Failure::no_answer("gone"))),
        10 => answer(run, more, Ok(other_answer(more))),
        11 => run.tell(Event::Answered { id: CallId(more.into()), result: Ok(Answer::Done) }),
        12 => run.tell(Event::Woke(TimerId(more.into()))),
        13 => interrupt(run, more),
        14 => run.tell(Event::Decided(Decision::Approved(Approval::default()))),
        _ => run.now = run.now + Span(1 << (more % 24)),
    }
}

fn answer(run: &mut Run, which: u8, result: Result<Answer, Failure>) {
    let at = usize::from(which) % run.calls.len().max(1);
    if let Some((id, ..)) = run.calls.remove(at) {
        run.tell(Event::Answered { id, result });
    }
}

fn interrupt(run: &mut Run, more: u8) {
    run.tell(match more % 5 {
        0 => Event::Interrupted(Signal::Interrupt),
        1 => Event::Interrupted(Signal::Terminate),
        2 => Event::Chosen(Stop::Wait),
        3 => Event::Chosen(Stop::Cancel),
        _ => Event::Decided(Decision::Declined),
    });
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
