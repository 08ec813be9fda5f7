//! Where generated files may lie.

use crate::app::Report;

rule!(
    "CE0301",
    "a generated file would lie outside the assembly's folder",
    "A file's path is relative, with `/` between plain names: it can be written on every system and never leads out of \
     the folder."
);

pub(crate) fn check(report: &mut Report<'_>) {
    for file in &report.tree.files {
        if let Some(why) = refused(&file.path) {
            let message = format!("`{}` cannot be a file's path: {why}", file.path.escape_debug());
            let finding = report.error(report.tree.id(file.scope), RULE.code, message);
            finding.at = Some(file.at);
            finding.help = Some("write a path below the assembly's folder: `runbooks/failover.md`".to_owned());
        }
    }
}

/// Whether a path leads to a place in the folder.
pub(crate) fn is_plain(path: &str) -> bool {
    refused(path).is_none()
}

fn refused(path: &str) -> Option<&'static str> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-+@ ".contains(letter);
    if path.is_empty() {
        Some("it is empty")
    } else if path.starts_with('/') {
        Some("it is absolute")
    } else if path.split('/').any(|part| part == "..") {
        Some("it leads upwards")
    } else if path.len() > 200 {
        Some("it has more than 200 characters")
    } else if !path.chars().all(|letter| plain(letter) || letter == '/') {
        Some("it has other characters than letters, digits, spaces and `._-+@/`")
    } else if path.split('/').any(|part| part.is_empty() || part.ends_with(['.', ' ']) || part.starts_with(' ')) {
        Some("a part of it is empty, begins with a space, or ends with a dot or space")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::refused;

    #[test]
    fn paths_are_told_apart() {
        for path in ["a", "runbooks/failover.md", ".github/workflows/deploy.yml", "a b/c+d@e.txt", "..a/b"] {
            assert_eq!(refused(path), None, "{path}");
        }
        let long = "a/".repeat(120);
        for path in [
            "",
            "/etc/passwd",
            "../a",
            "a/../../b",
            "a//b",
            "a/",
            "./a",
            "a\\b",
            "C:a",
            "a\n",
            "é",
            "a.",
            "a /b",
            &long,
        ] {
            assert!(refused(path).is_some(), "{path}");
        }
    }
}
