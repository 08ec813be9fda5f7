//! Risks, for people.

use ce_deploy::risk::{Kind, OfClass, OfKind, Overview, Risk, Shown};

use super::prompt::Detail;
use super::{Screen, lines, style};

/// Risks by class, the worst first; each with its construct, its line and its causes. Of many that are alike the gravest
/// are shown, and the others counted by kind.
pub(super) fn text(screen: &Screen, risks: &[Risk], detail: Detail) -> String {
    let overview = overview(risks, detail);
    let mut lines: Vec<String> = overview.classes.iter().flat_map(|class| of_class(screen, class)).collect();
    if overview.folded() > 0 {
        let (all, folded) = (lines::counted(risks.len(), "risk"), overview.folded());
        lines.push(format!("{all}, {folded} of them only counted here: `--full` shows every one, `--json` as data"));
    }
    lines.join("\n")
}

/// The risks as somebody decides on them.
pub(super) fn overview(risks: &[Risk], detail: Detail) -> Overview<'_> {
    match detail {
        Detail::Folded => Overview::of(risks),
        Detail::Full => Overview::in_full(risks),
    }
}

/// Whether some risks are only counted.
pub(super) fn is_folded(risks: &[Risk], detail: Detail) -> bool {
    overview(risks, detail).folded() > 0
}

/// A kind of risk that is only counted: `205 of 38 resources: what roles may do (iam-statement)`.
pub(super) fn kind(kind: &OfKind<'_>) -> String {
    let about = Kind::of(kind.rule).map(|known| format!(": {}", known.about)).unwrap_or_default();
    format!("{} of {}{about} ({})", kind.risks, lines::counted(kind.resources, "resource"), kind.rule)
}

fn of_class(screen: &Screen, class: &OfClass<'_>) -> Vec<String> {
    let (bad, end) = (style::BAD, style::BAD.render_reset());
    let OfClass { risks, resources, folded, .. } = class;
    let counts = match folded.as_slice() {
        [] => String::new(),
        _ => format!(
            ": {} of {}, the gravest first",
            lines::counted(*risks, "risk"),
            lines::counted(*resources, "resource")
        ),
    };
    let mut lines = vec![format!("{bad}{}{end}{counts}", class.class)];
    for of_one in by_resource(&class.shown) {
        lines.extend(of_resource(screen, &of_one));
    }
    if !folded.is_empty() {
        lines.push("  and besides".to_owned());
        lines.extend(folded.iter().map(|of_kind| format!("    {}", screen.foreign(&kind(of_kind)))));
    }
    lines
}

/// The risks of each resource together, where the first of them stands.
fn by_resource<'s, 'a>(shown: &'s [Shown<'a>]) -> Vec<Vec<&'s Shown<'a>>> {
    let mut groups: Vec<Vec<&Shown<'_>>> = Vec::new();
    for one in shown {
        match groups.iter_mut().find(|group| group[0].risk.id() == one.risk.id()) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

fn of_resource(screen: &Screen, shown: &[&Shown<'_>]) -> Vec<String> {
    let Some(first) = shown.first().map(|shown| shown.risk) else { return Vec::new() };
    let origin = Some(&first.origin).filter(|origin| !origin.path.is_empty());
    let origin = origin.map(|origin| format!("  [{}]", lines::written(origin))).unwrap_or_default();
    let mut lines = vec![screen.foreign(&format!("  {}{origin}", first.id()))];
    for Shown { risk, alike } in shown {
        let others = match alike {
            0 => String::new(),
            alike => format!("  (the same of {alike} more)"),
        };
        lines.push(format!("    {}{others}", screen.foreign(&risk.what)));
        lines.extend(risk.causes.iter().map(|cause| format!("      because {}", screen.foreign(cause))));
    }
    lines
}
