//! Who sees what a deployment does, and who is asked.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::cloud::{Call, Target};
use ce_deploy::engine::{Evidence, Moment, Progress, Question, ResourceEvent, Stop};
use ce_deploy::plan::Decision;

use super::prompt::Prompt;
use super::tree::Tree;
use super::{Screen, approval, lines, pipeline, records};
use crate::drive::Audience;

/// Tells people on a terminal or in a log, and programs in the file of events.
pub(crate) struct Telling {
    screen: Arc<Screen>,
    tree: Option<Tree>,
    prompt: Prompt,
    pub(super) assembly: Arc<Assembly>,
    /// Why stacks failed, for the end.
    pub(crate) causes: BTreeMap<StackId, Vec<ResourceEvent>>,
    /// What other services say about it.
    pub(crate) evidence: BTreeMap<StackId, Vec<Evidence>>,
    /// What remains that nobody asked for.
    pub(crate) leaked: Vec<(StackId, ResourceEvent)>,
    grouped: bool,
}

impl Telling {
    /// Who watches a deployment of this assembly.
    pub(crate) fn new(screen: Arc<Screen>, assembly: Arc<Assembly>, prompt: Prompt) -> Self {
        let tree = screen.can_draw().then(|| Tree::new(&assembly));
        let (causes, evidence) = (BTreeMap::new(), BTreeMap::new());
        Self { screen, tree, prompt, assembly, causes, evidence, leaked: Vec::new(), grouped: false }
    }

    /// Takes away what is only there while something goes on.
    pub(crate) fn end(&mut self) {
        if let Some(tree) = &mut self.tree {
            self.screen.draw(&tree.erase());
        }
        if std::mem::take(&mut self.grouped)
            && let Some(end) = pipeline::group_end()
        {
            self.screen.progress(end);
        }
    }

    fn begin_group(&mut self) {
        if !self.grouped
            && let Some(begin) = pipeline::group_begin("deployment")
        {
            self.grouped = true;
            self.screen.progress(&begin);
        }
    }

    fn remember(&mut self, progress: &Progress) {
        match progress {
            Progress::Diagnosis { stack, causes } => {
                self.causes.insert(stack.clone(), causes.clone());
            }
            Progress::Evidence { stack, evidence } => {
                self.evidence.entry(stack.clone()).or_default().extend(evidence.iter().cloned());
            }
            Progress::Leaked { stack, event } => self.leaked.push((stack.clone(), event.clone())),
            _ => {}
        }
    }
}

impl Audience for Telling {
    fn tell(&mut self, now: Moment, progress: &Progress) {
        self.remember(progress);
        let (kind, facts) = records::of(&self.screen, progress);
        self.screen.event(kind, now.0, facts);
        if let Progress::Begun { .. } = progress {
            self.begin_group();
        }
        let line =
            lines::of(&self.screen, progress).map(|(level, line)| (level, format!("{}  {line}", lines::time(now))));
        match &mut self.tree {
            Some(tree) => {
                tree.hear(now, progress);
                let line = line.filter(|_| Tree::keeps(progress)).map(|(_, line)| line);
                self.screen.draw(&tree.redraw(now, line.as_deref()));
            }
            None => match line {
                Some((0, line)) => self.screen.progress(&line),
                Some((level, line)) => self.screen.detail(level, &line),
                None => {}
            },
        }
    }

    fn tick(&mut self, now: Moment) {
        if let Some(tree) = &mut self.tree {
            self.screen.draw(&tree.redraw(now, None));
        }
    }

    fn ask(&mut self, question: Question) -> Box<dyn FnOnce() -> Decision + Send> {
        self.end();
        self.screen.event("approval", crate::drive::now().0, records::question(&question));
        if self.screen.is_terminal() {
            let (screen, assembly, prompt) =
                (Arc::clone(&self.screen), Arc::clone(&self.assembly), self.prompt.clone());
            Box::new(move || approval::ask(&screen, &assembly, &question, &prompt, &mut io::stdin().lock()))
        } else {
            approval::say(&self.screen, &self.assembly, &question, &self.prompt);
            Box::new(|| Decision::Declined)
        }
    }

    fn ask_how_to_stop(&mut self) -> Option<Box<dyn FnOnce() -> Stop + Send>> {
        if !self.screen.is_terminal() {
            return None;
        }
        self.end();
        let screen = Arc::clone(&self.screen);
        Some(Box::new(move || approval::how_to_stop(&screen, &mut io::stdin().lock())))
    }

    fn sent(&mut self, target: &Target, call: &Call) {
        self.screen.detail(2, &format!("{}  {}", target.place, lines::operation(call)));
    }

    fn is_gone(&self) -> bool {
        self.screen.is_gone()
    }
}
