//! What becomes of the resources of a stack, for people.

use std::collections::BTreeMap;

use ce_deploy::assembly::{Origin, Stack};
use ce_deploy::cloud::{Action, Change, IgnoredDrift, Replacement};
use ce_deploy::plan::StackPlan;

use super::prompt::Detail;
use super::{Screen, lines, style};

/// So many resources that are new are shown one by one.
const FEW: usize = 20;
/// So many types are named of those that are only counted.
const TYPES: usize = 3;

/// A change, the id of its resource (`Nested.Logical` in a nested stack), and where that was written.
struct Line<'a> {
    id: String,
    change: &'a Change,
    origin: Option<&'a Origin>,
}

/// A line a resource that changes. Of a stack with many that are new, those of one construct are counted together.
pub(super) fn of_stack(screen: &Screen, plan: &StackPlan, stack: Option<&Stack>, detail: Detail) -> Vec<String> {
    let all = all(plan, stack);
    let (new, others): (Vec<Line<'_>>, Vec<Line<'_>>) =
        all.into_iter().partition(|line| line.change.action == Action::Add);
    let others = others.iter().map(|line| of_one(screen, line));
    if new.len() <= FEW || detail == Detail::Full {
        return others.chain(new.iter().map(|line| of_one(screen, line))).collect();
    }
    let mut constructs: BTreeMap<String, Vec<&Line<'_>>> = BTreeMap::new();
    for line in &new {
        constructs.entry(construct(line)).or_default().push(line);
    }
    let counted = constructs.iter().map(|(construct, lines)| match lines.as_slice() {
        [one] => of_one(screen, one),
        lines => of_many(screen, construct, lines),
    });
    others.chain(counted).collect()
}

/// All changes, those of nested stacks after those of the stack.
fn all<'a>(plan: &'a StackPlan, stack: Option<&'a Stack>) -> Vec<Line<'a>> {
    let Some(set) = plan.step.change_set() else { return Vec::new() };
    let own = set.changes.iter().map(|change| (change.logical_id.clone(), change));
    let nested = set.nested.iter().flat_map(|(path, changes)| {
        changes.iter().map(move |change| (format!("{path}.{}", change.logical_id), change))
    });
    let line = |(id, change): (String, &'a Change)| {
        let origin = stack.and_then(|stack| origin(stack, &id));
        Line { id, change, origin }
    };
    own.chain(nested).map(line).collect()
}

/// Where a resource was written, or at least the nested stack that it is in.
fn origin<'a>(stack: &'a Stack, id: &str) -> Option<&'a Origin> {
    let outer = id.split('.').next().unwrap_or_default();
    stack.origins.get(id).or_else(|| stack.origins.get(outer))
}

/// The construct right below the stack that a resource belongs to; its type, if nobody knows.
fn construct(line: &Line<'_>) -> String {
    match line.origin {
        Some(origin) => {
            let steps: Vec<&str> = origin.path.splitn(3, '/').take(2).collect();
            steps.join("/")
        }
        None => line.change.type_name.clone(),
    }
}

fn of_one(screen: &Screen, line: &Line<'_>) -> String {
    let (id, type_name) = (screen.foreign(&line.id), screen.foreign(&line.change.type_name));
    let (sign, color) = match line.change.action {
        Action::Add | Action::Import => ('+', style::GOOD),
        Action::Remove => ('-', style::BAD),
        _ => ('~', style::CARE),
    };
    let replaced = match line.change.replacement {
        Some(Replacement::True) => "  is replaced",
        Some(Replacement::Conditional) => "  may be replaced",
        _ => "",
    };
    let place = line.origin.map(|origin| screen.foreign(&format!("  [{}]", lines::written(origin))));
    let end = color.render_reset();
    format!(
        "{color}{sign}{end} {id}  {type_name}{replaced}{}{}",
        place.unwrap_or_default(),
        ignored(screen, line.change)
    )
}

/// What a drift-aware change set left out, and why.
fn ignored(screen: &Screen, change: &Change) -> String {
    let one = |ignored: &IgnoredDrift| format!("{} ({})", ignored.path, ignored.reason.words());
    match change.ignored.iter().map(one).collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => none,
        all => format!("\n      not compared: {}", screen.foreign(&all)),
    }
}

/// `+ 71 resources of Network/Vpc: 20 AWS::EC2::NetworkAclEntry, …`, and the line that made most of them.
fn of_many(screen: &Screen, construct: &str, lines: &[&Line<'_>]) -> String {
    let types = most(lines.iter().map(|line| line.change.type_name.as_str()));
    let named: Vec<String> = types.iter().take(TYPES).map(|(name, count)| format!("{count} {name}")).collect();
    let others = match types.len().saturating_sub(TYPES) {
        0 => String::new(),
        others => format!(", and {others} other types"),
    };
    let sources = most(lines.iter().filter_map(|line| line.origin?.source.as_deref()));
    let source = sources.first().map(|(source, _)| format!(" at {source}")).unwrap_or_default();
    let (good, end) = (style::GOOD, style::GOOD.render_reset());
    let what = format!("{} resources: {}{others}  [{construct}{source}]", lines.len(), named.join(", "));
    format!("{good}+{end} {}", screen.foreign(&what))
}

/// The most frequent first.
fn most<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    counts
}
