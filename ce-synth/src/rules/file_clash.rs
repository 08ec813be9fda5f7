//! Files of one name.

use std::collections::BTreeMap;

use crate::app::Report;
use crate::assembly;
use crate::diagnostics::Place;

rule!(
    "CE0302",
    "two files of the assembly would be one",
    "A file's path is its own, whatever the case of its letters, and no folder's; the assembly's own files, such as \
     `manifest.json` and the templates, are taken."
);

pub(crate) fn check(report: &mut Report<'_>) {
    let tree = report.tree;
    let mut taken: BTreeMap<String, Option<Place>> = BTreeMap::new();
    for name in assembly::OWN_FILES {
        taken.insert((*name).to_owned(), None);
    }
    for (stack, _) in tree.stacks() {
        for name in assembly::stack_files(&tree.path_of(stack)) {
            taken.insert(name.to_ascii_lowercase(), None);
        }
    }
    for file in &tree.files {
        let path = file.path.to_ascii_lowercase();
        if let Some(other) = clash(&taken, &path) {
            let finding = report.error(tree.id(file.scope), RULE.code, format!("`{}` is taken", file.path));
            finding.at = Some(file.at);
            finding.notes.push(match other {
                Some(place) => format!("by the file added at {place}"),
                None => "by a file of the assembly itself".to_owned(),
            });
            finding.help = Some("give it another path".to_owned());
        }
        taken.entry(path).or_insert(Some(file.at));
    }
}

/// A file of this path, one that is a folder of it, or one in it.
fn clash<'t>(taken: &'t BTreeMap<String, Option<Place>>, path: &str) -> Option<&'t Option<Place>> {
    let above = path.match_indices('/').filter_map(|(end, _)| taken.get(&path[..end]));
    let inside = format!("{path}/");
    let below = taken.range(inside.clone()..).take_while(|(name, _)| name.starts_with(&inside)).map(|(_, place)| place);
    taken.get(path).into_iter().chain(above).chain(below).next()
}
