//! The screen a person sees.

use std::fmt::Write;

use ce_synth::assembly::{StackArtifact, Written};
use ce_synth::{Assembly, Findings};

use super::Attachment;

const HEADINGS: [&str; 5] = ["stack", "region", "resources", "template", "needs"];

pub(super) fn screen(assembly: &Assembly, written: &Written, attachments: &[Attachment]) -> String {
    let rows: Vec<[String; 5]> = assembly.stacks().map(row).collect();
    let mut widths = HEADINGS.map(str::len);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    line(&mut text, &HEADINGS.map(str::to_owned), widths);
    rows.iter().for_each(|row| line(&mut text, row, widths));
    let resources: usize = assembly.stacks().map(|stack| stack.resources().len()).sum();
    let count = assembly.stacks().len();
    let stacks = if count == 1 { "1 stack".to_owned() } else { format!("{count} stacks") };
    writeln!(text, "\n{stacks}, {resources} resources, {}", verdict(assembly.findings())).ok();
    for attachment in attachments {
        let file = attachment.files().next().map(|(path, _)| format!(" ({})", written.folder.join(path).display()));
        writeln!(text, "{}: {}{}", attachment.name(), attachment.line(), file.unwrap_or_default()).ok();
    }
    writeln!(text, "written to {} ({} files, {})", written.folder.display(), written.files.len(), size(written.bytes))
        .ok();
    let folder = written.folder.display();
    writeln!(text, "next: ce deploy {folder}, or cdk deploy --all --app {folder}").ok();
    text
}

fn row(stack: &StackArtifact) -> [String; 5] {
    [
        stack.name().to_owned(),
        stack.environment().region.to_string(),
        stack.resources().len().to_string(),
        size(stack.template().len() as u64),
        stack.dependencies().join(", "),
    ]
}

fn line(text: &mut String, cells: &[String; 5], widths: [usize; 5]) {
    let [stack, region, resources, template, needs] = cells;
    let [a, b, c, d, _] = widths;
    let line = format!("{stack:a$}  {region:b$}  {resources:>c$}  {template:>d$}  {needs}");
    text.push_str(line.trim_end());
    text.push('\n');
}

/// Bytes as kB or MB of a thousand, one digit after the point.
fn size(bytes: u64) -> String {
    let tenths = |unit: u64| (bytes + unit / 20) / (unit / 10);
    let (tenths, name) = if bytes >= 1_000_000 { (tenths(1_000_000), "MB") } else { (tenths(1_000), "kB") };
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

pub(super) fn verdict(findings: &Findings) -> String {
    let count = |number: usize, what: &str| match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    };
    match (findings.errors(), findings.warnings(), findings.waived().len()) {
        (0, 0, 0) => "no findings".to_owned(),
        (0, 0, waived) => format!("no findings ({waived} accepted)"),
        (0, warnings, _) => count(warnings, "warning"),
        (errors, 0, _) => count(errors, "error"),
        (errors, warnings, _) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_rounded_to_a_tenth() {
        assert_eq!(size(0), "0.0 kB");
        assert_eq!(size(51_249), "51.2 kB");
        assert_eq!(size(51_250), "51.3 kB");
        assert_eq!(size(1_234_567), "1.2 MB");
    }
}
