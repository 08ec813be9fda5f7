//! A journal without what is settled: what is left tells every later run the same.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Made};
use crate::assembly::StackId;
use crate::cloud::Token;

/// The lines of a journal that a later run can still need, in their order: operations that were not seen to end, the last
/// operation of each stack with its end, change sets that nobody cleaned up, policies that are not right yet, what the last
/// deployment began with if it did not come to its end, and hotswaps of stacks that are not in step since. A line that a later
/// version wrote stays too; a damaged one goes.
///
/// ```
/// use ce_deploy::journal::{Entry, trimmed};
/// let began = Entry::Began { command: "deploy".into(), assembly: "6b1f".into() }.line();
/// assert_eq!(trimmed(&format!("{began}\n{began}\n")), format!("{began}\n"));
/// ```
pub fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let entries: Vec<Option<Entry>> = lines.iter().map(|line| Entry::read(line)).collect();
    let known: Vec<(usize, &Entry)> =
        entries.iter().enumerate().filter_map(|(at, entry)| Some((at, entry.as_ref()?))).collect();
    let mut needed = BTreeSet::new();
    keep_operations(&known, &mut needed);
    keep_leftovers(&known, &mut needed);
    keep_unheld(&known, &mut needed);
    keep_formers(&known, &mut needed);
    keep_swaps(&known, &mut needed);
    let later = |at: &usize| match &entries[*at] {
        Some(entry) => !is_settled_by_others(entry),
        None => Entry::is_whole(lines[*at]),
    };
    needed.extend((0..lines.len()).filter(later));
    needed.into_iter().flat_map(|at| [lines[at], "\n"]).collect()
}

/// Whether what comes after an entry decides if it is needed. A new kind stays until somebody says so here and below.
fn is_settled_by_others(entry: &Entry) -> bool {
    matches!(
        entry,
        Entry::Began { .. }
            | Entry::Making(_)
            | Entry::Settled(_)
            | Entry::Operation { .. }
            | Entry::Ended { .. }
            | Entry::Altering(_)
            | Entry::Holding { .. }
            | Entry::Held { .. }
            | Entry::Concluded
            | Entry::Hotswapping(_)
            | Entry::Hotswapped(_)
            | Entry::Reconciled { .. }
    )
}

/// Operations without an end, and the last of each stack with its end.
fn keep_operations(known: &[(usize, &Entry)], needed: &mut BTreeSet<usize>) {
    let mut open: BTreeMap<&Token, usize> = BTreeMap::new();
    let mut last: BTreeMap<&StackId, (&Token, usize, Option<usize>)> = BTreeMap::new();
    for (at, entry) in known {
        match entry {
            Entry::Operation { stack, token, .. } => {
                open.insert(token, *at);
                last.insert(stack, (token, *at, None));
            }
            Entry::Ended { token, .. } => {
                open.remove(token);
                let mine = last.values_mut().filter(|(last, _, end)| *last == token && end.is_none());
                mine.for_each(|(_, _, end)| *end = Some(*at));
            }
            _ => {}
        }
    }
    needed.extend(open.into_values());
    needed.extend(last.into_values().flat_map(|(_, begun, end)| [Some(begun), end]).flatten());
}

/// Change sets that were neither executed nor deleted.
fn keep_leftovers(known: &[(usize, &Entry)], needed: &mut BTreeSet<usize>) {
    let mut left: BTreeMap<&Made, usize> = BTreeMap::new();
    for (at, entry) in known {
        match entry {
            Entry::Making(made) => drop(left.insert(made, *at)),
            Entry::Settled(made) => left.retain(|known, _| !known.is_same(made)),
            _ => {}
        }
    }
    needed.extend(left.into_values());
}

/// What was hotswapped of stacks that are not in step with their templates since.
fn keep_swaps(known: &[(usize, &Entry)], needed: &mut BTreeSet<usize>) {
    let mut swaps: BTreeMap<&StackId, Vec<usize>> = BTreeMap::new();
    for (at, entry) in known {
        match entry {
            Entry::Hotswapping(swap) | Entry::Hotswapped(swap) => swaps.entry(&swap.stack).or_default().push(*at),
            Entry::Reconciled { stack } => drop(swaps.remove(stack)),
            _ => {}
        }
    }
    needed.extend(swaps.into_values().flatten());
}

/// Stacks whose policy is still to be put right.
fn keep_unheld(known: &[(usize, &Entry)], needed: &mut BTreeSet<usize>) {
    let mut unheld: BTreeMap<&StackId, usize> = BTreeMap::new();
    for (at, entry) in known {
        match entry {
            Entry::Holding { stack } => drop(unheld.insert(stack, *at)),
            Entry::Held { stack } => drop(unheld.remove(stack)),
            _ => {}
        }
    }
    needed.extend(unheld.into_values());
}

/// What the runs of the last deployment wrote down first of each stack, if it did not come to its end.
fn keep_formers(known: &[(usize, &Entry)], needed: &mut BTreeSet<usize>) {
    let mut began: Option<(usize, &str)> = None;
    let mut formers: BTreeMap<&StackId, usize> = BTreeMap::new();
    for (at, entry) in known {
        match entry {
            Entry::Began { command, .. } if Entry::only_looks(command) => {}
            Entry::Began { command, assembly }
                if Entry::deploys(command) && began.is_some_and(|(_, known)| known == assembly) => {}
            Entry::Began { command, assembly } if Entry::deploys(command) => {
                formers.clear();
                began = Some((*at, assembly));
            }
            Entry::Began { .. } | Entry::Concluded => {
                formers.clear();
                began = None;
            }
            Entry::Altering(former) if began.is_some() => {
                formers.entry(&former.stack).or_insert(*at);
            }
            _ => {}
        }
    }
    needed.extend(began.map(|(at, _)| at));
    needed.extend(formers.into_values());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::trimmed;
    use crate::assembly::StackId;
    use crate::cloud::{Place, StackStatus, Target, Token};
    use crate::journal::{Entry, Former, Journal, Made, Setting, Swap};

    const DIGESTS: [&str; 2] = ["a", "b"];

    #[test]
    fn a_policy_that_is_not_right_yet_stays_known() {
        let [shop, data] = ["Shop", "Data"].map(StackId::new);
        let entries = [
            Entry::Holding { stack: shop.clone() },
            Entry::Holding { stack: data.clone() },
            Entry::Held { stack: shop },
            Entry::Holding { stack: data.clone() },
        ];
        let text: String = entries.iter().map(|entry| entry.line() + "\n").collect();
        assert_eq!(trimmed(&text), entries[3].line() + "\n");
        assert_eq!(Journal::read(&trimmed(&text)).unheld(), [data].into());
    }

    fn token(number: u8) -> Token {
        Token::of("plan", "shop", "execute", u32::from(number))
    }

    fn made(name: u8, new_stack: bool) -> Made {
        let target = Target::new(Place::new("111111111111", "eu-west-1"));
        Made { target, stack: "shop".into(), change_set: format!("ce-{name}"), new_stack }
    }

    fn stack(number: u8) -> StackId {
        StackId::new(format!("Stack{number}"))
    }

    fn entry() -> impl Strategy<Value = Entry> {
        let commands = prop::sample::select(vec!["deploy", "apply", "plan", "attach", "destroy", "recover"]);
        let began = (commands, 0..2_usize);
        prop_oneof![
            began.prop_map(|(command, at)| Entry::Began { command: command.into(), assembly: DIGESTS[at].into() }),
            (0..3_u8, any::<bool>()).prop_map(|(name, new)| Entry::Making(made(name, new))),
            (0..3_u8, any::<bool>()).prop_map(|(name, new)| Entry::Settled(made(name, new))),
            (0..2_u8, 0..4_u8).prop_map(|(id, number)| Entry::Operation {
                stack: stack(id),
                arn: format!("arn:{number}"),
                token: token(number),
                change_set: None,
            }),
            (0..4_u8, 0..3_u64).prop_map(|(number, at)| Entry::Ended {
                token: token(number),
                status: Some(StackStatus::UpdateComplete),
                at: Some(at),
            }),
            (0..2_u8).prop_map(|id| Entry::Altering(Former { stack: stack(id), before: None })),
            Just(Entry::Concluded),
            (swap(), any::<bool>())
                .prop_map(|(swap, ends)| { if ends { Entry::Hotswapped(swap) } else { Entry::Hotswapping(swap) } }),
            (0..2_u8).prop_map(|id| Entry::Reconciled { stack: stack(id) }),
        ]
    }

    fn swap() -> impl Strategy<Value = Swap> {
        (0..2_u8, 0..2_u8, 0..3_u8).prop_map(|(id, arn, at)| {
            let setting = Setting { trace: Some(format!("{at}")), through: None };
            let settings = [(format!("/P{at}"), setting)].into();
            Swap { stack: stack(id), arn: format!("arn:{arn}"), resources: [("Worker".to_owned(), settings)].into() }
        })
    }

    fn text(entries: &[Entry]) -> String {
        entries.iter().map(|entry| entry.line() + "\n").collect()
    }

    /// All that a run asks a journal.
    fn told(text: &str) -> String {
        let journal = Journal::read(text);
        let last: Vec<_> = (0..2).map(|id| journal.last_operation(&stack(id))).collect();
        let formers: Vec<_> = DIGESTS.into_iter().map(|digest| journal.formers(digest)).collect();
        let swapped = journal.swapped();
        format!("{:?} {last:?} {:?} {formers:?} {swapped:?}", journal.open_operations(), journal.leftovers())
    }

    proptest! {
        #[test]
        fn it_tells_the_same_also_when_more_is_written(
            before in prop::collection::vec(entry(), 0..40),
            after in prop::collection::vec(entry(), 0..12),
        ) {
            let (before, after) = (text(&before), text(&after));
            let short = trimmed(&before);
            prop_assert_eq!(told(&short), told(&before));
            prop_assert_eq!(told(&(short.clone() + &after)), told(&(before.clone() + &after)));
            prop_assert_eq!(trimmed(&short), short, "once is enough");
        }
    }

    #[test]
    fn a_line_of_a_later_version_stays_and_a_damaged_one_goes() {
        let line = Entry::Concluded.line();
        let json = r#"{"kind":"later"}"#;
        let later = format!("{} {json}", &crate::digest::sha256(json)[..16]);
        assert_eq!(trimmed(&format!("{line}\n{later}\nff00 {{\"torn")), format!("{later}\n"));
    }

    #[test]
    fn a_hundred_settled_runs_leave_their_last() {
        let run = |number: u32| {
            let token = Token::of("plan", "shop", "execute", number);
            text(&[
                Entry::Began { command: "deploy".into(), assembly: "a".into() },
                Entry::Making(made(1, false)),
                Entry::Operation { stack: stack(1), arn: "arn:1".into(), token: token.clone(), change_set: None },
                Entry::Settled(made(1, false)),
                Entry::Ended { token, status: Some(StackStatus::UpdateComplete), at: Some(7) },
            ])
        };
        let all: String = (0..100).map(run).collect();
        assert_eq!(trimmed(&all).lines().count(), 3);
    }
}
