//! The texts of generated files.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Plan;
use super::reading::Reader;
use crate::app::Report;
use crate::document::{FileNode, Part, Reading};
use crate::rules::file_reference::{self, Lost};
use crate::tree::{NodeKind, Tree};
use crate::value::{Expr, Token};

/// Every file by its path; what cannot be read is reported.
pub(super) fn write(tree: &Tree, plan: &Plan, report: &mut Report<'_>) -> BTreeMap<String, String> {
    tree.files.iter().map(|file| (file.path.clone(), text(tree, plan, file, report))).collect()
}

fn text(tree: &Tree, plan: &Plan, file: &FileNode, report: &mut Report<'_>) -> String {
    let mut text = String::new();
    for part in &file.document.parts {
        let read = match part {
            Part::Text(literal) => {
                text.push_str(literal);
                continue;
            }
            Part::Value(value, reading) => read(tree, plan, file, value, *reading),
            Part::Named { path, line, reading } => {
                let value = named(tree, path);
                value.and_then(|value| read(tree, plan, file, &value, *reading)).map_err(|lost| in_line(lost, *line))
            }
        };
        match read {
            Ok(value) => text.push_str(&value),
            Err(lost) => file_reference::report(report, file, lost),
        }
    }
    text
}

fn read(tree: &Tree, plan: &Plan, file: &FileNode, value: &Expr, reading: Reading) -> Result<String, Lost> {
    Reader { tree, plan, reading, home: tree.stack_of(file.scope), depth: 0 }.text(value)
}

fn in_line(mut lost: Lost, line: usize) -> Lost {
    write!(lost.message, ", in line {line}").ok();
    lost
}

/// The reference that a path says: of a resource, or of the child `Resource` of a construct.
fn named(tree: &Tree, path: &str) -> Result<Expr, Lost> {
    let (path, attribute) = path.rsplit_once('.').map_or((path, None), |(path, attribute)| (path, Some(attribute)));
    let child = |here: u32, id: &str| tree.node(here).children.get(id).copied();
    let node = path.split('/').try_fold(0, child);
    let is_resource = |node: &u32| matches!(tree.node(*node).kind, NodeKind::Resource(_));
    let node =
        node.and_then(|node| Some(node).filter(is_resource).or_else(|| child(node, "Resource").filter(is_resource)));
    let Some(node) = node else {
        let paths: Vec<String> = tree.resource_nodes().map(|(index, _)| tree.path_of(index)).collect();
        let main = |path: &String| path.strip_suffix("/Resource").map(str::to_owned);
        let constructs: Vec<String> = paths.iter().filter_map(main).collect();
        let near = crate::diagnostics::nearest(path, paths.iter().chain(&constructs).map(String::as_str));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        return Err(Lost { message: format!("names `{path}`, which is no resource of the app"), help });
    };
    let id = tree.id(node);
    Ok(match attribute {
        Some(attribute) => Token::Att(id, attribute.to_owned().into()).into(),
        None => Token::Ref(id).into(),
    })
}
