//! What happened in a simulation: for people, and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write;

use ce_deploy::engine::{Exit, Span};
use ce_deploy::simulator::Fault;
use serde_json::{Map, Value, json};

use super::{Screen, lines, outcome, records, style};
use crate::exit::meaning;
use crate::simulate::{Chapter, Story, Verdict};

/// For people: a line a stack, then what it took, then why it failed, then what to do.
pub(crate) fn text(screen: &Screen, story: &Story) -> String {
    let mut parts = vec![table(story), sums(story)];
    let problems = story.outcome.iter().flat_map(|outcome| &outcome.problems);
    parts.extend(
        problems.map(|problem| outcome::block(screen, problem, &story.causes, &BTreeMap::new()).trim_end().to_owned()),
    );
    parts.extend(story.breaches.iter().map(|breach| format!("what must always hold does not: {breach}")));
    parts.push(end(story));
    parts.join("\n\n")
}

/// As data. Times are in milliseconds, from the beginning of the simulation.
pub(crate) fn facts(screen: &Screen, story: &Story, seed: u64) -> Value {
    let stacks: Vec<Value> = story.chapters.iter().map(chapter).collect();
    let problems = story.outcome.iter().flat_map(|outcome| &outcome.problems);
    let problems: Vec<Value> = problems.map(|problem| records::problem(screen, problem)).collect();
    let causes: Map<String, Value> = story
        .causes
        .iter()
        .map(|(stack, causes)| {
            (stack.to_string(), causes.iter().map(|cause| records::resource(screen, cause)).collect())
        })
        .collect();
    let breaches: Vec<String> = story.breaches.iter().map(ToString::to_string).collect();
    json!({
        "version": 1, "command": "simulate", "seed": seed, "exit": exit_of(story).code(),
        "millis": story.took.0, "runs": story.runs, "stacks": stacks, "criticalPath": story.critical,
        "calls": story.calls, "throttled": story.throttled, "faults": faults(&story.faults), "problems": problems,
        "causes": causes, "breaches": breaches, "healed": story.healed.map(Exit::code),
        "next": meaning(exit_of(story)).1,
    })
}

/// What came of many schedules, for people.
pub(crate) fn verdict_text(verdict: &Verdict, first: u64) -> String {
    let last = first.wrapping_add(verdict.played.saturating_sub(1));
    let struck: u64 = verdict.struck.values().sum();
    let mut lines = vec![
        format!("{} schedules played, seeds {first} to {last}", verdict.played),
        format!("{} kinds of fault struck, {struck} times", verdict.struck.len()),
        "with faults:".to_owned(),
    ];
    lines.extend(ends(&verdict.faulty));
    lines.push("once more, without:".to_owned());
    lines.extend(ends(&verdict.healed));
    match &verdict.broken {
        None => lines.push("what must always hold held".to_owned()),
        Some(broken) => {
            let faults: Vec<String> =
                broken.faults.iter().map(|fault| format!(" --fault {}", fault.written())).collect();
            lines.push(format!("seed {} breaks what must always hold: {}", broken.seed, broken.breach));
            lines.push(format!("   = help: report it; `ce simulate --seed {first}{}` shows it", faults.concat()));
        }
    }
    lines.join("\n")
}

/// What came of many schedules, as data.
pub(crate) fn verdict_facts(verdict: &Verdict, first: u64, exit: Exit) -> Value {
    let numbers = |ends: &BTreeMap<Exit, u64>| -> Map<String, Value> {
        ends.iter().map(|(exit, count)| (exit.to_string(), json!(count))).collect()
    };
    let struck: Map<String, Value> = verdict.struck.iter().map(|(kind, count)| (kind.word(), json!(count))).collect();
    let broken = verdict.broken.as_ref().map(|broken| {
        let faults: Vec<String> = broken.faults.iter().map(Fault::written).collect();
        json!({ "seed": broken.seed, "faults": faults, "breach": broken.breach.to_string() })
    });
    json!({
        "version": 1, "command": "simulate", "seed": first, "exit": exit.code(), "schedules": verdict.played,
        "struck": struck, "withFaults": numbers(&verdict.faulty), "healed": numbers(&verdict.healed), "broken": broken,
    })
}

/// The number the command ends with: that of the deployment, or 70 if ce did what it must not.
pub(crate) fn exit_of(story: &Story) -> Exit {
    if story.breaches.is_empty() { story.exit } else { Exit::Bug }
}

fn table(story: &Story) -> String {
    let width = |of: &dyn Fn(&Chapter) -> usize| story.chapters.iter().map(of).max().unwrap_or_default();
    let (ids, places) =
        (width(&|chapter| chapter.stack.as_str().len()), width(&|chapter| chapter.place.to_string().len()));
    let line = |chapter: &Chapter| {
        let (id, place) = (chapter.stack.as_str(), chapter.place.to_string());
        let time = |span: Option<Span>| span.map_or_else(|| "-".to_owned(), seconds);
        let end = chapter.end.as_ref().map_or_else(|| "unknown".to_owned(), lines::ended);
        format!("{id:ids$}  {place:places$}  {:>9}  {:>9}  {end}", time(chapter.begun), time(chapter.took()))
    };
    let head = format!("{:ids$}  {:places$}  {:>9}  {:>9}  end", "stack", "place", "begun at", "took");
    std::iter::once(head).chain(story.chapters.iter().map(line)).collect::<Vec<_>>().join("\n")
}

fn sums(story: &Story) -> String {
    let mut lines = Vec::new();
    let critical: Vec<&str> = story.critical.iter().map(|id| id.as_str()).collect();
    if !critical.is_empty() {
        lines.push(format!("critical path: {}", critical.join(" > ")));
    }
    let total: usize = story.calls.values().sum();
    let calls: Vec<String> = story.calls.iter().map(|(api, count)| format!("{api} {count}")).collect();
    lines.push(format!("{}, {} throttled: {}", lines::counted(total, "call"), story.throttled, calls.join(", ")));
    for (fault, times) in &story.faults {
        lines.push(format!("fault {} struck {}", fault.written(), lines::counted(*times as usize, "time")));
    }
    lines.join("\n")
}

fn end(story: &Story) -> String {
    let exit = exit_of(story);
    let (color, (what, next)) = (if exit == Exit::Done { style::GOOD } else { style::BAD }, meaning(exit));
    let runs = if story.runs > 1 { format!(" in {} runs", story.runs) } else { String::new() };
    let mut text =
        format!("{color}exit {exit}{}: {what}; {} of virtual time{runs}", color.render_reset(), seconds(story.took));
    if exit != Exit::Done {
        write!(text, "\n   = next: {next}").ok();
    }
    if let Some(healed) = story.healed {
        write!(text, "\nthe same command again, without faults: exit {healed}: {}", meaning(healed).0).ok();
    }
    text
}

fn ends(ends: &BTreeMap<Exit, u64>) -> impl Iterator<Item = String> {
    ends.iter().map(|(exit, count)| format!("{count:>9}  exit {exit}: {}", meaning(*exit).0))
}

fn chapter(chapter: &Chapter) -> Value {
    json!({
        "stack": chapter.stack, "account": chapter.place.account, "region": chapter.place.region,
        "begunMillis": chapter.begun.map(|span| span.0), "tookMillis": chapter.took().map(|span| span.0),
        "end": chapter.end.as_ref().map(records::ended),
    })
}

fn faults(faults: &[(Fault, u32)]) -> Vec<Value> {
    faults.iter().map(|(fault, times)| json!({ "fault": fault.written(), "struck": times })).collect()
}

/// Seconds with a tenth, `12.5 s`.
fn seconds(span: Span) -> String {
    format!("{}.{} s", span.0 / 1_000, span.0 / 100 % 10)
}
