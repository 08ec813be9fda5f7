//! Names for what AWS does not name by itself.

use ce_synth::Scope;
use ce_synth::logical_id::logical_id;

/// A name of the stack's name and the logical id of the scope's path: unique in the account, the same at each synthesis.
///
/// What is too long loses the start of the stack's name, then of the id: its end is the part that is unique.
pub(super) fn physical_name(scope: Scope<'_>, longest: usize) -> String {
    let stack = scope.stack();
    let path = scope.path();
    let below = path.strip_prefix(&stack.scope().path()).unwrap_or(&path);
    let id = logical_id(below.split('/').filter(|part| !part.is_empty()));
    let whole = format!("{}-{id}", stack.name());
    let start = whole.len().saturating_sub(longest);
    let start = (start..=whole.len()).find(|start| whole.is_char_boundary(*start)).unwrap_or(whole.len());
    whole[start..].trim_start_matches('-').to_owned()
}
