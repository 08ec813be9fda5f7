//! Any bytes as a pattern of stacks, and the ids of stacks.

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::digest::sha256;
use chosen::{Along, Selection};

use super::stacks::stack;

#[path = "../../../ce-cli/src/project/selection.rs"]
#[allow(dead_code, unreachable_pub, reason = "the command uses the rest")]
mod chosen;

/// So many stacks there are at most.
const MOST: usize = 50;

/// The first line is the pattern. `*` names every stack, and every stack is named by its own id.
pub fn selection(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.lines();
    let pattern = lines.next().unwrap_or_default();
    let mut ids: Vec<&str> = lines.take(MOST).collect();
    ids.sort_unstable();
    ids.dedup();
    let stacks = ids.iter().map(|id| stack(id, "{}", &[])).collect();
    let assembly = Assembly { folder: "ce.out".into(), digest: sha256("all"), stacks, assets: Vec::new() };
    let of = |pattern: &str, along| Selection::new(vec![pattern.to_owned()], false).of(&assembly, along);
    for along in [Along::Needed, Along::Needing, Along::Alone] {
        of(pattern, along).map_err(|error| error.to_string()).ok();
    }
    if !ids.is_empty() {
        assert_eq!(of("*", Along::Needed).expect("every stack").len(), ids.len());
    }
    for id in ids.into_iter().filter(|id| !id.starts_with("!(")) {
        assert!(of(id, Along::Alone).expect("it is there").contains(&StackId::new(id)));
    }
}
