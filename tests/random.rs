//! Any configuration gives a template or findings, never a panic.
//!
//! Apps, seeded by the number of the case, so that a failure names the case that fails again:
//!
//! - 10,000 apps of one to three stacks that hold together ([`sound`]): one in 16 has a load balancer, a service or
//!   a database, the others are made of small blocks that use each other. None has an error, and nothing but a rule of a
//!   block has a warning for it.
//! - 2,000 of the same kind whose numbers and names are now and then out of bounds: a template, or errors with help.
//! - 3,000 apps with one mistake in each ([`wrong`]): every one must have an error that says what to write instead.
//!
//! And 20,000 texts ([`texts`]) are read as everything that is read from text.

#![allow(missing_docs, reason = "a test")]

#[path = "random/dice.rs"]
mod dice;
#[path = "random/large.rs"]
mod large;
#[path = "random/sound.rs"]
mod sound;
#[path = "random/texts.rs"]
mod texts;
#[path = "random/wrong.rs"]
mod wrong;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use ce::prelude::*;
use ce::synth::{Assembly, Severity};

use dice::Dice;

const SOUND: u64 = 10_000;
const BOLD: u64 = 2_000;
const WRONG: u64 = 3_000;
const TEXTS: u64 = 20_000;

/// Runs a case a number, on all processors; a panic is told with the number of its case.
fn each(cases: u64, run: impl Fn(&mut Dice) + Sync) {
    let next = AtomicU64::new(0);
    let work = || {
        loop {
            let case = next.fetch_add(1, Ordering::Relaxed);
            if case >= cases {
                break;
            }
            let outcome = catch_unwind(AssertUnwindSafe(|| run(&mut Dice::of(case))));
            assert!(outcome.is_ok(), "case {case} panicked, see above");
        }
    };
    thread::scope(|scope| {
        let processors = thread::available_parallelism().map_or(2, usize::from);
        let threads: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            assert!(thread.join().is_ok(), "a case failed, see above");
        }
    });
}

fn synthesized(build: impl FnOnce(&App)) -> Result<Assembly, Findings> {
    let app = App::new();
    app.use_schemas(&ce::cfn::SCHEMAS);
    build(&app);
    app.synth()
}

/// The number in a code of ce: below 1,000 is the core's own.
fn number(code: Code) -> u32 {
    code.as_str().trim_start_matches("CE").parse().expect("a code of ce is CE and a number")
}

#[test]
fn what_holds_together_is_synthesized() {
    each(SOUND, |dice| {
        let case = dice.case();
        let assembly =
            synthesized(|app| sound::app(app, dice)).unwrap_or_else(|findings| panic!("case {case}: {findings}"));
        assert_parses(case, &assembly);
        let core = assembly.findings().iter().find(|finding| number(finding.code) < 1_000);
        assert!(core.is_none(), "case {case}: {}", assembly.findings());
        if case.is_multiple_of(50) {
            same_again(case, &assembly);
        }
    });
}

#[test]
fn what_may_not_hold_together_is_synthesized_or_explained() {
    let refused = AtomicU64::new(0);
    each(BOLD, |dice| {
        dice.bold();
        let case = dice.case();
        match synthesized(|app| sound::app(app, dice)) {
            Ok(assembly) => assert_parses(case, &assembly),
            Err(findings) => {
                refused.fetch_add(1, Ordering::Relaxed);
                let helpless = findings.iter().find(|error| error.help.is_none());
                assert!(helpless.is_none(), "case {case}: {helpless:?}");
            }
        }
    });
    let refused = refused.into_inner();
    assert!((BOLD / 4..BOLD * 3 / 4).contains(&refused), "{refused} of {BOLD} are refused: too tame, or too wild");
}

fn assert_parses(case: u64, assembly: &Assembly) {
    for stack in assembly.stacks() {
        let template: Result<serde_json::Value, _> = serde_json::from_str(stack.template());
        assert!(template.is_ok(), "case {case}: {} is no JSON", stack.name());
    }
}

fn same_again(case: u64, first: &Assembly) {
    let again = synthesized(|app| sound::app(app, &mut Dice::of(case))).unwrap_or_else(|findings| panic!("{findings}"));
    for (one, other) in first.stacks().zip(again.stacks()) {
        assert!(one.template() == other.template(), "case {case}: {} differs from run to run", one.name());
    }
}

#[test]
fn every_mistake_is_found_and_helped() {
    each(WRONG, |dice| {
        let case = dice.case();
        let mut mistake = "";
        let outcome = synthesized(|app| mistake = wrong::app(app, dice));
        let Err(findings) = outcome else { panic!("case {case}: `{mistake}` is not found") };
        let helped = findings.iter().any(|error| error.severity == Severity::Error && error.help.is_some());
        assert!(helped, "case {case}: `{mistake}` is found without help: {findings}");
    });
}

#[test]
fn every_text_is_read_or_refused() {
    each(TEXTS, texts::read);
}
