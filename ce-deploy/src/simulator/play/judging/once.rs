//! I2: never two operations of ours on a stack, never one change set twice.

use std::collections::BTreeMap;

use super::super::{Invariant as I, Played};
use super::judged::Found;
use crate::cloud::Token;

pub(super) fn judge(played: &Played, found: &mut Found) {
    for clash in played.simulator.clashes() {
        found.push((I::Once, format!("{} ran into {} of {}", clash.api, clash.status, clash.stack)));
    }
    let mut executed: BTreeMap<&str, &Option<Token>> = BTreeMap::new();
    for deed in played.simulator.deeds().iter().filter(|deed| deed.api == "ExecuteChangeSet") {
        let Some(arn) = deed.change_set.as_deref() else { continue };
        if executed.insert(arn, &deed.token).is_some_and(|before| *before != deed.token) {
            found.push((I::Once, format!("{arn} was executed twice")));
        }
    }
}
