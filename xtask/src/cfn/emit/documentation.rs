//! AWS documentation as doc comments.

use crate::cfn::model::{Property, Replaces, ResourceType};

/// The page of a type in the AWS documentation.
pub(crate) fn page(resource: &ResourceType) -> String {
    let name = resource.name.replacen("AWS::", "", 1).replace("::", "-").to_ascii_lowercase();
    if resource.name.starts_with("AWS::Serverless::") {
        let anchor = resource.short_name().to_ascii_lowercase();
        return format!(
            "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-{anchor}.html"
        );
    }
    format!("https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-{name}.html")
}

/// The doc comment of a setter: its marks, its first sentence, its default.
pub(crate) fn property(property: &Property, name: &str) -> String {
    let mut marks = vec![];
    if property.required {
        marks.push("required");
    }
    match property.replaces {
        Replaces::Yes => marks.push("replaces"),
        Replaces::Maybe => marks.push("may replace"),
        Replaces::No => {}
    }
    if property.write_only {
        marks.push("write-only");
    }
    if property.deprecated {
        marks.push("deprecated");
    }
    let mut line = if marks.is_empty() { String::new() } else { format!("**{}** ", marks.join(" · ")) };
    line += &sentence_or(&property.documentation, &format!("`{name}`."));
    if let Some(default) = &property.default {
        let shown = default.trim_matches('"').replace('`', "'");
        line += " Default: `";
        line += &shown;
        line += "`.";
    }
    line
}

/// The first sentence of a text, or `other` when there is none.
pub(crate) fn sentence_or(text: &str, other: &str) -> String {
    let sentence = first_sentence(text);
    if sentence.is_empty() { other.to_owned() } else { sentence }
}

/// The first sentence, on one line, safe inside a doc comment.
pub(crate) fn first_sentence(text: &str) -> String {
    let flat = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("``", "`")
        .replace(" . ", ". ")
        .replace(" , ", ", ");
    let flat = flat.strip_suffix(" .").map_or_else(|| flat.clone(), |text| format!("{text}."));
    let cut = &flat[..end_of_sentence(&flat)];
    let mut sentence = escape(cut.trim().trim_start_matches(['>', '-', '#', '+']).trim());
    if sentence.matches('`').count() % 2 == 1 {
        sentence.push('`');
    }
    if !sentence.is_empty() && !sentence.ends_with(['.', '!', '?', '`']) {
        sentence = sentence.trim_end_matches([':', ',', ';']).to_owned() + ".";
    }
    sentence
}

/// Words that end in a full stop and no sentence.
const ABBREVIATIONS: [&str; 9] = ["e.g.", "i.e.", "etc.", "vs.", "Inc.", "no.", "ex.", "approx.", "incl."];

fn end_of_sentence(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut depth = 0_i32;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'.' | b'!' | b'?' if depth <= 0 => {
                let ends = bytes.get(at + 1).is_none_or(|next| *next == b' ');
                let last = text[..=at].rsplit(' ').next().unwrap_or_default();
                if ends
                    && !ABBREVIATIONS.contains(&last.trim_start_matches('('))
                    && text[..at].matches('`').count().is_multiple_of(2)
                {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// Keeps Markdown links to absolute addresses and code; everything else that rustdoc would read is escaped.
fn escape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut code = false;
    while let Some(c) = rest.chars().next() {
        if c == '`' {
            code = !code;
        }
        if !code
            && c == '['
            && let Some((label, address, after)) = link(rest)
        {
            out += &linked(&label.replace(['[', ']', '<'], ""), address);
            rest = after;
            continue;
        }
        if !code && (rest.starts_with("http://") || rest.starts_with("https://")) {
            let end = rest.find([' ', ')', '<', '>', '`', ',', '\'', '"', ']']).unwrap_or(rest.len());
            let address = rest[..end].trim_end_matches(['.', ';', ':', '*', '_']);
            out.push('<');
            out += address;
            out.push('>');
            rest = &rest[address.len()..];
            continue;
        }
        if !code && matches!(c, '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// A link where the address can be reached from anywhere, else its label.
fn linked(label: &str, address: &str) -> String {
    if address.starts_with("http") && !address.contains([' ', '<', '>']) {
        format!("[{label}]({address})")
    } else {
        label.to_owned()
    }
}

/// `[label](address)` at the start of a text, and what follows.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let close = text.find(']')?;
    let after = text[close + 1..].strip_prefix('(')?;
    let end = after.find(')')?;
    Some((&text[1..close], after[..end].trim(), &after[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn the_first_sentence_is_cut_where_it_ends() {
        assert_eq!(first_sentence("The ID of the VPC. More."), "The ID of the VPC.");
        assert_eq!(first_sentence("A name, e.g. `a.b. c`, or none. More"), "A name, e.g. `a.b. c`, or none.");
        assert_eq!(first_sentence("Version 1.2 of it"), "Version 1.2 of it.");
        assert_eq!(first_sentence("One of these:\n- a"), "One of these: - a.");
        assert_eq!(first_sentence(""), "");
    }

    #[test]
    fn what_rustdoc_would_read_is_escaped() {
        assert_eq!(first_sentence("An array [a] of <b>."), "An array \\[a\\] of \\<b\\>.");
        assert_eq!(first_sentence("See [here](https://a.b/c) ."), "See [here](https://a.b/c).");
        assert_eq!(first_sentence("See [here](./local.md)."), "See here.");
        assert_eq!(first_sentence("At https://a.b/c. Yes."), "At <https://a.b/c>.");
    }
}
