//! Policy documents: lists of statements, kept short.

use ce_synth::{Expr, PropMap};

use super::Statement;
use super::statement::one_or_list;

/// The version of the policy language; older ones know no variables.
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html>
const VERSION: &str = "2012-10-17";

/// A policy document with these statements, merged where that says the same.
pub(crate) fn document(statements: impl IntoIterator<Item = Statement>) -> Expr {
    let mut document = Expr::object([("Version", VERSION.into()), ("Statement", Expr::List(Vec::new()))]);
    for statement in statements {
        push(&mut document, statement);
    }
    document
}

/// Adds a statement to a document. Two statements that differ in their actions only, or in their resources only,
/// become one: the policy stays below IAM's limits however many grants there are.
pub(crate) fn push(document: &mut Expr, statement: Statement) {
    let Expr::Object(document) = document else { return };
    if !matches!(document.get("Statement"), Some(Expr::List(_))) {
        document.set("Statement", Expr::List(Vec::new()));
    }
    let Some(Expr::List(statements)) = document.get_mut("Statement") else { return };
    let mut pending = statement.into_expr();
    let mut place = None;
    // A merged statement may now say the same as a third one; each round leaves one statement less.
    while let Some((known, key)) = mergeable(statements, &pending) {
        pending = merged(statements.remove(known), &pending, key);
        place = Some(known);
    }
    // It stands where the last one stood that it was merged with.
    statements.insert(place.unwrap_or(statements.len()), pending);
}

/// The first statement that says the same as another one but for one key, and that key.
fn mergeable(statements: &[Expr], other: &Expr) -> Option<(usize, &'static str)> {
    let with = |(place, known): (usize, &Expr)| Some((place, difference(known, other)?));
    statements.iter().enumerate().find_map(with)
}

/// The key in which two statements differ, if one statement can say what both say.
fn difference(left: &Expr, right: &Expr) -> Option<&'static str> {
    let (left, right) = (left.as_object()?, right.as_object()?);
    if left.get("Sid").is_some() || right.get("Sid").is_some() {
        return None;
    }
    let same = |key: &str| left.get(key) == right.get(key);
    if !(same("Effect") && same("Principal") && same("Condition")) {
        return None;
    }
    match (same_items(left, right, "Action"), same_items(left, right, "Resource")) {
        (_, true) => Some("Action"),
        (true, false) => Some("Resource"),
        (false, false) => None,
    }
}

/// One statement with the items of both under a key.
fn merged(mut left: Expr, right: &Expr, key: &'static str) -> Expr {
    if let (Expr::Object(left), Some(right)) = (&mut left, right.as_object()) {
        let all = united(left, right, key);
        left.set(key, all);
    }
    left
}

fn items<'s>(statement: &'s PropMap, key: &str) -> &'s [Expr] {
    match statement.get(key) {
        None => &[],
        Some(Expr::List(items)) => items,
        Some(one) => std::slice::from_ref(one),
    }
}

fn same_items(left: &PropMap, right: &PropMap, key: &str) -> bool {
    let (left, right) = (items(left, key), items(right, key));
    left.len() == right.len() && left.iter().all(|item| right.contains(item))
}

/// Literal texts sorted, so that the order of grants does not show; references after them, in the order given.
fn united(left: &PropMap, right: &PropMap, key: &str) -> Expr {
    let mut all = items(left, key).to_vec();
    for item in items(right, key) {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
    all.sort_by(|left, right| match (left.as_text(), right.as_text()) {
        (Some(left), Some(right)) => left.cmp(right),
        (left, right) => right.is_some().cmp(&left.is_some()),
    });
    one_or_list(all)
}

/// How many characters IAM counts: white space is free, and a reference counts as the longest ARN in common use.
pub(crate) fn size(document: &Expr) -> usize {
    match document {
        Expr::Token(_) => LONGEST_COMMON_ARN,
        Expr::List(items) => 2 + items.iter().map(|item| size(item) + 1).sum::<usize>(),
        Expr::Object(map) => 2 + map.iter().map(|(key, value)| key.len() + 4 + size(value)).sum::<usize>(),
        Expr::Text(text) if text.bytes().all(is_plain) => 2 + text.len(),
        other => other.to_json().chars().filter(|letter| !letter.is_whitespace()).count(),
    }
}

/// Whether a byte of a text is one character in JSON that counts.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b'"' && byte != b'\\'
}

/// `arn:aws:secretsmanager:ap-southeast-1:111111111111:secret:` and a name of 40 characters.
const LONGEST_COMMON_ARN: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::Action;

    const GET: Action = Action::new("s3:GetObject");
    const PUT: Action = Action::new("s3:PutObject");

    fn statements(all: impl IntoIterator<Item = Statement>) -> String {
        document(all).at("Statement").expect("a document has statements").to_json()
    }

    #[test]
    fn equal_resources_join_actions() {
        let both = statements([Statement::allow([PUT]).on(["a"]), Statement::allow([GET]).on(["a"])]);
        assert_eq!(both, r#"[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"a"}]"#);
    }

    #[test]
    fn equal_actions_join_resources() {
        let both = statements([Statement::allow([GET]).on(["b"]), Statement::allow([GET]).on(["a"])]);
        assert_eq!(both, r#"[{"Effect":"Allow","Action":"s3:GetObject","Resource":["a","b"]}]"#);
    }

    #[test]
    fn a_merge_may_lead_to_another() {
        let all = [
            Statement::allow([GET, PUT]).on(["a"]),
            Statement::allow([GET]).on(["b"]),
            Statement::allow([PUT]).on(["b"]),
        ];
        let expected = r#"[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":["a","b"]}]"#;
        assert_eq!(statements(all), expected);
    }

    #[test]
    fn nothing_is_granted_that_was_not_said() {
        let apart = statements([Statement::allow([GET]).on(["a"]), Statement::allow([PUT]).on(["b"])]);
        assert_eq!(apart.matches("Effect").count(), 2);
        let conditional = Statement::allow([GET]).on(["a"]).when("Bool", "aws:SecureTransport", "true");
        assert_eq!(statements([Statement::allow([PUT]).on(["a"]), conditional]).matches("Effect").count(), 2);
        let opposite = statements([Statement::allow([GET]).on(["a"]), Statement::deny([GET]).on(["b"])]);
        assert_eq!(opposite.matches("Effect").count(), 2);
    }

    #[test]
    fn the_same_statement_is_said_once() {
        let twice = statements([Statement::allow([GET]).on(["a"]), Statement::allow([GET]).on(["a"])]);
        assert_eq!(twice, r#"[{"Effect":"Allow","Action":"s3:GetObject","Resource":"a"}]"#);
    }
}
