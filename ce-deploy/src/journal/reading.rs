//! The journal of earlier runs.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Former, Made, Swapped};
use crate::assembly::StackId;
use crate::cloud::{StackStatus, Token};

/// The journal of earlier runs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Journal {
    /// Its entries, the oldest first.
    pub entries: Vec<Entry>,
    /// How many lines could not be read: the last is torn when a machine loses power.
    pub damaged: usize,
}

/// An operation that was begun and not seen to end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenOperation {
    /// The stack of the assembly.
    pub stack: StackId,
    /// Its ARN.
    pub arn: String,
    /// The token.
    pub token: Token,
    /// The change set that is executed, where one is.
    pub change_set: Option<String>,
}

/// The operation of a stack that was begun last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LastOperation {
    /// The stack's ARN.
    pub arn: String,
    /// The change set that was executed, where one was.
    pub change_set: Option<String>,
    /// When it was seen to end, in milliseconds since 1970, and the state of the stack; none if it is gone.
    pub ended: Option<(u64, Option<StackStatus>)>,
}

impl Journal {
    /// Reads a journal. A line that is damaged is left out and counted.
    pub fn read(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.is_empty());
        let mut journal = Self::default();
        for line in lines {
            match Entry::read(line) {
                Some(entry) => journal.entries.push(entry),
                None => journal.damaged += 1,
            }
        }
        journal
    }

    /// Operations that were begun and not seen to end, by token.
    pub fn open_operations(&self) -> BTreeMap<Token, OpenOperation> {
        let mut open = BTreeMap::new();
        for entry in &self.entries {
            match entry {
                Entry::Operation { stack, arn, token, change_set } => {
                    let operation = OpenOperation {
                        stack: stack.clone(),
                        arn: arn.clone(),
                        token: token.clone(),
                        change_set: change_set.clone(),
                    };
                    open.insert(token.clone(), operation);
                }
                Entry::Ended { token, .. } => {
                    open.remove(token);
                }
                _ => {}
            }
        }
        open
    }

    /// The operation of a stack that was begun last; none if there was none.
    pub fn last_operation(&self, id: &StackId) -> Option<LastOperation> {
        let mut begun = self.entries.iter().enumerate().rev();
        let (at, arn, token, change_set) = begun.find_map(|(at, entry)| match entry {
            Entry::Operation { stack, arn, token, change_set } if stack == id => Some((at, arn, token, change_set)),
            _ => None,
        })?;
        let ended = self.entries[at..].iter().find_map(|entry| match entry {
            Entry::Ended { token: ended, status, at } if ended == token => Some((at.unwrap_or_default(), *status)),
            _ => None,
        });
        Some(LastOperation { arn: arn.clone(), change_set: change_set.clone(), ended })
    }

    /// How stacks were before an unfinished deployment of this very assembly changed them: what the first of its runs
    /// wrote down.
    pub fn formers(&self, assembly: &str) -> BTreeMap<StackId, Former> {
        let mut formers = BTreeMap::new();
        let mut ours = false;
        for entry in &self.entries {
            match entry {
                Entry::Began { command, .. } if Entry::only_looks(command) => {}
                Entry::Began { command, assembly: digest } => {
                    ours = Entry::deploys(command) && digest == assembly;
                    if !ours {
                        formers.clear();
                    }
                }
                Entry::Altering(former) if ours => {
                    formers.entry(former.stack.clone()).or_insert_with(|| former.clone());
                }
                Entry::Concluded => {
                    ours = false;
                    formers.clear();
                }
                _ => {}
            }
        }
        formers
    }

    /// Stacks that were changed past CloudFormation, and not brought in step with their templates since.
    pub fn swapped(&self) -> BTreeMap<StackId, Swapped> {
        let mut all: BTreeMap<StackId, Swapped> = BTreeMap::new();
        for entry in &self.entries {
            let (swap, is_done) = match entry {
                Entry::Hotswapping(swap) => (swap, false),
                Entry::Hotswapped(swap) => (swap, true),
                Entry::Reconciled { stack } => {
                    all.remove(stack);
                    continue;
                }
                _ => continue,
            };
            let known = all.entry(swap.stack.clone()).or_insert_with(|| Swapped::new(&swap.arn));
            if known.arn != swap.arn {
                *known = Swapped::new(&swap.arn);
            }
            if is_done { known.end(&swap.resources) } else { known.begin(&swap.resources) }
        }
        all
    }

    /// Stacks that were changed, or were about to be, and whose policy was not put right afterwards.
    pub fn unheld(&self) -> BTreeSet<StackId> {
        let mut unheld = BTreeSet::new();
        for entry in &self.entries {
            match entry {
                Entry::Holding { stack } => drop(unheld.insert(stack.clone())),
                Entry::Held { stack } => drop(unheld.remove(stack)),
                _ => {}
            }
        }
        unheld
    }

    /// The cleanup ledger: change sets that were made and neither executed nor deleted.
    pub fn leftovers(&self) -> BTreeSet<Made> {
        let mut left = BTreeSet::new();
        for entry in &self.entries {
            match entry {
                Entry::Making(made) => {
                    left.insert(made.clone());
                }
                Entry::Settled(made) => left.retain(|known| !known.is_same(made)),
                _ => {}
            }
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::Journal;
    use crate::assembly::StackId;
    use crate::cloud::{Guard, Place, StackStatus, Target, Token};
    use crate::journal::{Before, Entry, Former, Made, Setting, Swap};

    fn made(change_set: &str) -> Made {
        Made {
            target: Target::new(Place::new("111111111111", "eu-west-1")),
            stack: "shop".into(),
            change_set: change_set.into(),
            new_stack: false,
        }
    }

    fn operation(attempt: u32) -> Entry {
        let token = Token::of("plan", "shop", "execute", attempt);
        Entry::Operation { stack: StackId::new("Shop"), arn: "arn:1".into(), token, change_set: None }
    }

    #[test]
    fn what_is_open_and_what_is_left_is_known() {
        let ended = Token::of("plan", "shop", "execute", 1);
        let entries = [
            Entry::Making(made("a")),
            Entry::Making(made("b")),
            Entry::Settled(made("a")),
            operation(1),
            operation(2),
            Entry::Ended { token: ended, status: Some(StackStatus::UpdateComplete), at: Some(7) },
        ];
        let text: String = entries.iter().map(|entry| entry.line() + "\n").collect();
        let journal = Journal::read(&text);
        assert_eq!(journal.leftovers().into_iter().collect::<Vec<_>>(), [made("b")]);
        let open = journal.open_operations();
        assert_eq!(open.keys().collect::<Vec<_>>(), [&Token::of("plan", "shop", "execute", 2)]);
    }

    #[test]
    fn a_policy_that_is_not_right_yet_is_known() {
        let of = |stack: &str| StackId::new(stack);
        let entries = [
            Entry::Holding { stack: of("Shop") },
            Entry::Holding { stack: of("Data") },
            Entry::Held { stack: of("Shop") },
        ];
        let text: String = entries.iter().map(|entry| entry.line() + "\n").collect();
        assert_eq!(Journal::read(&text).unheld().into_iter().collect::<Vec<_>>(), [of("Data")]);
    }

    #[test]
    fn what_was_before_holds_until_the_deployment_ends_or_another_begins() {
        let began = |command: &str, assembly: &str| Entry::Began { command: command.into(), assembly: assembly.into() };
        let former = |template: Option<&str>| {
            let before = template.map(|template| Before {
                template: template.into(),
                nested: [].into(),
                parameters: [].into(),
                tags: [].into(),
                notification_arns: vec![],
                protected: false,
                guard: Guard::default(),
            });
            Entry::Altering(Former { stack: StackId::new("Shop"), before })
        };
        let formers = |entries: &[Entry]| {
            let text: String = entries.iter().map(|entry| entry.line() + "\n").collect();
            Journal::read(&text).formers("a").into_values().map(|former| former.before.is_some()).collect::<Vec<_>>()
        };
        let mut entries = vec![began("deploy", "a"), former(Some("{}")), began("attach", "a"), began("deploy", "a")];
        assert_eq!(formers(&entries), [true]);
        entries.push(former(None));
        assert_eq!(formers(&entries), [true], "the first counts");
        for end in [Entry::Concluded, began("deploy", "b"), began("destroy", "a")] {
            let entries: Vec<Entry> = entries.iter().cloned().chain([end]).collect();
            assert!(formers(&entries).is_empty());
        }
        let others = [began("deploy", "b"), former(None)];
        assert!(formers(&others).is_empty(), "what another deployment changed is not ours to put back");
    }

    fn swap(arn: &str, pointer: &str, trace: &str) -> Swap {
        let setting = Setting { trace: Some(trace.into()), through: None };
        let settings = [(pointer.to_owned(), setting)].into();
        Swap { stack: StackId::new("Shop"), arn: arn.into(), resources: [("Worker".to_owned(), settings)].into() }
    }

    #[test]
    fn what_was_swapped_is_known_until_it_is_in_step() {
        let swapped = |entries: &[Entry]| {
            let text: String = entries.iter().map(|entry| entry.line() + "\n").collect();
            let known = Journal::read(&text).swapped().remove(&StackId::new("Shop"))?;
            let settings = known.resources["Worker"].iter();
            Some(settings.map(|(pointer, setting)| (pointer.clone(), setting.trace.clone())).collect::<Vec<_>>())
        };
        let known = |pointer: &str, trace: Option<&str>| (pointer.to_owned(), trace.map(str::to_owned));
        let mut entries = vec![Entry::Hotswapping(swap("arn:1", "/Code", "a"))];
        assert_eq!(swapped(&entries), Some(vec![known("/Code", None)]), "nobody saw it end");
        entries.push(Entry::Hotswapped(swap("arn:1", "/Code", "a")));
        entries.push(Entry::Hotswapping(swap("arn:1", "/Timeout", "b")));
        assert_eq!(swapped(&entries), Some(vec![known("/Code", Some("a")), known("/Timeout", None)]));
        let again = [entries.clone(), vec![Entry::Hotswapping(swap("arn:2", "/Code", "a"))]].concat();
        assert_eq!(swapped(&again), Some(vec![known("/Code", None)]), "it is another stack");
        entries.push(Entry::Reconciled { stack: StackId::new("Shop") });
        assert_eq!(swapped(&entries), None);
    }

    #[test]
    fn every_place_to_tear_it_loses_one_line_at_most() {
        let text: String = [operation(1), operation(2)].iter().map(|entry| entry.line() + "\n").collect();
        for end in 0..text.len() {
            let journal = Journal::read(text.get(..end).unwrap());
            assert!(journal.damaged <= 1);
            assert_eq!(journal.entries.len() + journal.damaged, text[..end].lines().count());
        }
    }
}
