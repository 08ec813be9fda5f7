//! Which stack comes after which.

use std::collections::{BTreeMap, BTreeSet};

/// The positions in an order in which each comes after those it needs, and as they are given where that leaves a choice.
///
/// # Errors
/// The members of a circle.
pub(super) fn order(needs: &[BTreeSet<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut waiting: BTreeMap<usize, BTreeSet<usize>> = needs.iter().cloned().enumerate().collect();
    let mut users: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (user, needed) in needs.iter().enumerate() {
        needed.iter().for_each(|needed| users.entry(*needed).or_default().push(user));
    }
    let mut ready: BTreeSet<usize> =
        waiting.iter().filter(|(_, needs)| needs.is_empty()).map(|(index, _)| *index).collect();
    let mut ordered = Vec::with_capacity(needs.len());
    while let Some(next) = ready.pop_first() {
        waiting.remove(&next);
        ordered.push(next);
        for user in users.get(&next).into_iter().flatten() {
            let Some(needs) = waiting.get_mut(user) else { continue };
            needs.remove(&next);
            if needs.is_empty() {
                ready.insert(*user);
            }
        }
    }
    if waiting.is_empty() { Ok(ordered) } else { Err(circle(&waiting)) }
}

/// A circle among those that still wait: each of them waits for another, so going on from any comes back.
fn circle(waiting: &BTreeMap<usize, BTreeSet<usize>>) -> Vec<usize> {
    let mut way: Vec<usize> = Vec::new();
    let mut here = waiting.keys().next().copied();
    while let Some(index) = here {
        if let Some(start) = way.iter().position(|passed| *passed == index) {
            return way.split_off(start);
        }
        way.push(index);
        here = waiting.get(&index).and_then(|needs| needs.first().copied());
    }
    way
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::order;

    fn needs(lists: &[&[usize]]) -> Vec<BTreeSet<usize>> {
        lists.iter().map(|list| list.iter().copied().collect()).collect()
    }

    #[test]
    fn what_is_needed_comes_first() {
        assert_eq!(order(&needs(&[&[2], &[], &[1]])), Ok(vec![1, 2, 0]));
        assert_eq!(order(&needs(&[&[], &[], &[]])), Ok(vec![0, 1, 2]));
    }

    #[test]
    fn a_circle_is_named_without_those_that_only_wait_for_it() {
        assert_eq!(order(&needs(&[&[1], &[2], &[1], &[]])), Err(vec![1, 2]));
        assert_eq!(order(&needs(&[&[0]])), Err(vec![0]));
    }
}
