//! The tree on a terminal: stacks, what their resources do, which stacks all others wait for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::cloud::StackStatus;
use ce_deploy::engine::{Moment, Progress, Span};

use super::{clean, lines};

/// So many resources of a stack are shown at once, and so many stacks.
const RESOURCES: usize = 3;
const STACKS: usize = 12;
/// It is not drawn more often.
const PAUSE: Span = Span(100);

/// The tree, and how much of it is on the screen.
pub(super) struct Tree {
    needs: BTreeMap<StackId, Vec<StackId>>,
    running: BTreeMap<StackId, Running>,
    changes: BTreeMap<StackId, usize>,
    over: BTreeSet<StackId>,
    drawn: usize,
    at: Moment,
}

struct Running {
    since: Moment,
    status: Option<StackStatus>,
    done: BTreeSet<String>,
    busy: BTreeMap<String, (String, Moment)>,
}

impl Tree {
    pub(super) fn new(assembly: &Assembly) -> Self {
        Self {
            needs: assembly.stacks.iter().map(|stack| (stack.id.clone(), stack.needs.clone())).collect(),
            running: BTreeMap::new(),
            changes: BTreeMap::new(),
            over: BTreeSet::new(),
            drawn: 0,
            at: Moment::default(),
        }
    }

    /// Takes note of what happened.
    pub(super) fn hear(&mut self, now: Moment, progress: &Progress) {
        match progress {
            Progress::ChangeSet { stack, changes, .. } => {
                self.changes.insert(stack.clone(), *changes);
            }
            Progress::Begun { stack, .. } => {
                let running = Running { since: now, status: None, done: BTreeSet::new(), busy: BTreeMap::new() };
                self.running.insert(stack.clone(), running);
            }
            Progress::Status { stack, status } => {
                if let Some(running) = self.running.get_mut(stack) {
                    running.status = Some(*status);
                }
            }
            Progress::Resource { stack, event } => {
                if let Some(running) = self.running.get_mut(stack) {
                    running.hear(now, &clean(&event.logical_id), &clean(&event.status));
                }
            }
            Progress::Finished { stack, .. } => {
                self.running.remove(stack);
                self.over.insert(stack.clone());
            }
            _ => {}
        }
    }

    /// Whether it stays as a line above the tree: what the tree shows itself does not.
    pub(super) fn keeps(progress: &Progress) -> bool {
        match progress {
            Progress::Resource { event, .. } => event.status.ends_with("FAILED"),
            Progress::Finished { .. }
            | Progress::Leaked { .. }
            | Progress::Unheld { .. }
            | Progress::Stopping { .. }
            | Progress::TurningBack { .. } => true,
            _ => false,
        }
    }

    /// What takes the tree off the screen.
    pub(super) fn erase(&mut self) -> String {
        match std::mem::take(&mut self.drawn) {
            0 => String::new(),
            // Up to the first line of it, and clear from there.
            lines => format!("\u{1b}[{lines}A\u{1b}[J"),
        }
    }

    /// What puts a line above the tree and draws it anew; nothing if it was drawn just now.
    pub(super) fn redraw(&mut self, now: Moment, line: Option<&str>) -> String {
        if line.is_none() && (now - self.at).0 < PAUSE.0 {
            return String::new();
        }
        self.at = now;
        let mut text = self.erase();
        if let Some(line) = line {
            writeln!(text, "{line}").ok();
        }
        let lines = self.lines(now);
        self.drawn = lines.len();
        for line in lines {
            writeln!(text, "{}", line.chars().take(width()).collect::<String>()).ok();
        }
        text
    }

    fn lines(&self, now: Moment) -> Vec<String> {
        let critical = self.critical();
        let mut lines = Vec::new();
        for (stack, running) in self.running.iter().take(STACKS) {
            let mark = if critical.contains(stack) { '*' } else { ' ' };
            let total = self.changes.get(stack).copied().unwrap_or_default().max(running.done.len());
            let status = running.status.map(|status| status.as_str()).unwrap_or_default();
            let elapsed = now - running.since;
            let left = estimate(elapsed, running.done.len(), total);
            let left = left.map(|left| format!(", about {} left", lines::length(left))).unwrap_or_default();
            lines.push(format!(
                "{mark} {stack}  {status}  {}/{total}  {}{left}",
                running.done.len(),
                lines::length(elapsed)
            ));
            for (resource, (status, since)) in running.busy.iter().take(RESOURCES) {
                lines.push(format!("      {resource}  {status}  {}", lines::length(now - *since)));
            }
        }
        if self.running.len() > STACKS {
            lines.push(format!("  and {} more stacks", self.running.len() - STACKS));
        }
        if !lines.is_empty() {
            lines.push(format!(
                "  {} of {} stacks done; * is what the others wait for",
                self.over.len(),
                self.needs.len()
            ));
        }
        lines
    }

    /// The stacks on the longest way to the end, counted in changes that are left.
    fn critical(&self) -> BTreeSet<StackId> {
        let mut needed: BTreeMap<&StackId, Vec<&StackId>> = BTreeMap::new();
        for (stack, needs) in &self.needs {
            for need in needs {
                needed.entry(need).or_default().push(stack);
            }
        }
        let mut known = BTreeMap::new();
        let longest = self.running.keys().max_by_key(|stack| self.length_from(stack, &needed, &mut known));
        longest.into_iter().cloned().collect()
    }

    /// The length of the longest way from a stack to the end. Each stack is looked at once, however many ways lead there.
    fn length_from<'a>(
        &'a self,
        stack: &'a StackId,
        needed: &BTreeMap<&StackId, Vec<&'a StackId>>,
        known: &mut BTreeMap<&'a StackId, usize>,
    ) -> usize {
        if let Some(length) = known.get(stack) {
            return *length;
        }
        let own = if self.over.contains(stack) { 0 } else { 1 + self.changes.get(stack).copied().unwrap_or_default() };
        let following = needed.get(stack).into_iter().flatten().copied();
        let after = following.map(|next| self.length_from(next, needed, known)).max();
        let length = own + after.unwrap_or_default();
        known.insert(stack, length);
        length
    }
}

impl Running {
    fn hear(&mut self, now: Moment, resource: &str, status: &str) {
        if status.ends_with("IN_PROGRESS") {
            self.done.remove(resource);
            self.busy.insert(resource.to_owned(), (status.to_owned(), now));
        } else {
            self.busy.remove(resource);
            self.done.insert(resource.to_owned());
        }
    }
}

/// How long the rest takes if it goes on as before; nothing while too little is known.
fn estimate(elapsed: Span, done: usize, total: usize) -> Option<Span> {
    let (done, left) = (u64::try_from(done).ok()?, u64::try_from(total.checked_sub(done)?).ok()?);
    (done >= 3 && left > 0).then(|| Span(elapsed.0 / done * left))
}

fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).max(20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_ways_through_many_stacks_are_no_more_work() {
        let ids: Vec<StackId> = (0..60).map(|at| StackId::new(format!("S{at:02}"))).collect();
        let needs = ids.iter().enumerate().map(|(at, id)| (id.clone(), ids[..at].to_vec())).collect();
        let running = |id: &StackId| {
            (id.clone(), Running { since: Moment(0), status: None, done: BTreeSet::new(), busy: BTreeMap::new() })
        };
        let mut tree = Tree::new(&Assembly {
            folder: "ce.out".into(),
            digest: String::new(),
            stacks: Vec::new(),
            assets: Vec::new(),
        });
        tree.needs = needs;
        tree.running = [&ids[3], &ids[1]].map(running).into();
        let lines = tree.lines(Moment(1_000));
        assert!(lines[0].starts_with("* S01") && lines[1].starts_with("  S03"), "{lines:?}");
    }
}
