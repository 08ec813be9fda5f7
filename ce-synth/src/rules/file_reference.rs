//! What generated files refer to.

use crate::app::Report;
use crate::document::FileNode;

rule!(
    "CE0303",
    "a generated file names something that is not there",
    "Runbooks and workflows name resources. One that left the app, moved, or has no value outside of a template is found \
     when the app is synthesized, not when the runbook is needed."
);

pub(crate) fn report(report: &mut Report<'_>, file: &FileNode, lost: Lost) {
    let finding = report.error(report.tree.id(file.scope), RULE.code, format!("`{}` {}", file.path, lost.message));
    finding.at = Some(file.at);
    finding.help = lost.help;
}

/// Why a reference cannot be read; the message goes on after the file's name.
pub(crate) struct Lost {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}
