//! The changes of a change set.

use crate::cloud::{Action, Change, ChangeDetail, Evaluation, Recreation, Replacement};
use crate::wire::xml::Xml;

pub(super) fn written(xml: &mut Xml, change: &Change) {
    xml.text("Type", "Resource");
    xml.within("ResourceChange", |xml| {
        xml.text("Action", action(change.action));
        xml.text("LogicalResourceId", &change.logical_id);
        xml.maybe("PhysicalResourceId", change.physical_id.as_ref());
        xml.text("ResourceType", &change.type_name);
        xml.maybe("Replacement", change.replacement.map(replacement));
        xml.maybe("PolicyAction", change.policy_action.as_ref());
        xml.texts("Scope", &scope(change));
        xml.list("Details", &change.details, detail);
        xml.maybe("ChangeSetId", change.nested.as_ref());
        if !change.ignored.is_empty() {
            xml.list("ResourceDriftIgnoredAttributes", &change.ignored, |xml, ignored| {
                xml.text("Path", &ignored.path);
                xml.text("Reason", ignored.reason.word());
            });
        }
    });
}

/// The attributes that change, each once.
fn scope(change: &Change) -> Vec<&str> {
    let mut scope: Vec<_> = change.details.iter().map(|detail| detail.attribute.as_str()).collect();
    scope.sort_unstable();
    scope.dedup();
    scope
}

fn detail(xml: &mut Xml, detail: &ChangeDetail) {
    xml.within("Target", |xml| {
        xml.text("Attribute", &detail.attribute);
        xml.maybe("Name", detail.name.as_ref());
        xml.text("RequiresRecreation", recreation(detail.recreation));
    });
    xml.text("Evaluation", evaluation(detail.evaluation));
    xml.maybe("ChangeSource", detail.source.as_ref());
    xml.maybe("CausingEntity", detail.cause.as_ref());
}

fn action(action: Action) -> &'static str {
    match action {
        Action::Add => "Add",
        Action::Modify => "Modify",
        Action::Remove => "Remove",
        Action::Import => "Import",
        Action::Dynamic => "Dynamic",
        Action::SyncWithActual => "SyncWithActual",
    }
}

fn replacement(replacement: Replacement) -> &'static str {
    match replacement {
        Replacement::True => "True",
        Replacement::False => "False",
        Replacement::Conditional => "Conditional",
    }
}

fn recreation(recreation: Recreation) -> &'static str {
    match recreation {
        Recreation::Never => "Never",
        Recreation::Conditionally => "Conditionally",
        Recreation::Always => "Always",
    }
}

fn evaluation(evaluation: Evaluation) -> &'static str {
    match evaluation {
        Evaluation::Static => "Static",
        Evaluation::Dynamic => "Dynamic",
    }
}
