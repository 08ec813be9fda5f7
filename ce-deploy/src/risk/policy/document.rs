//! A policy: its statements, or the fact that they cannot be read.

use std::collections::BTreeSet;

use serde_json::Value;

use super::gain::Gain;
use super::principals::Accounts;
use super::statement::Statement;
use crate::digest::sha256;
use crate::json::{self, canonical};
use crate::template::symbol;

/// How many parts a document may have to be compared. One that IAM takes has far fewer.
const PARTS: usize = 100_000;

/// How much is read at most when parts are compared: letters of one side times letters of the other.
const READING: usize = 1_000_000_000;

/// A policy, or several that hold together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Policy {
    statements: Vec<Statement>,
    /// What could not be read, by digest, sorted.
    unread: Vec<String>,
}

impl Policy {
    /// The policy in a text of JSON. A text that is none is a policy that cannot be read.
    pub fn parse(text: &[u8]) -> Self {
        match json::parse(text) {
            Ok(value) => Self::of(&value, &Accounts::default()),
            Err(_) => Self { statements: Vec::new(), unread: vec![sha256(text)] },
        }
    }

    /// The policy in a property: an object, or its text.
    pub(crate) fn of(value: &Value, accounts: &Accounts) -> Self {
        let mut policy = Self::default();
        match value {
            Value::Null => {}
            Value::String(text) => match json::parse(text.as_bytes()) {
                Ok(inner) if inner.is_object() => policy.read(&inner, accounts),
                _ => policy.unread.push(sha256(text)),
            },
            value => policy.read(value, accounts),
        }
        policy
    }

    fn read(&mut self, document: &Value, accounts: &Accounts) {
        // Before 2012 `${…}` was no variable, so it is another document.
        let old = document["Version"].as_str().is_none_or(|version| version != "2012-10-17");
        let text = canonical(document);
        if old && text.contains("${") {
            return self.unread.push(sha256(text));
        }
        if symbol::names(&text).any(|name| accounts.unsure.contains(name)) {
            return self.unread.push(format!("unsure {}", sha256(text)));
        }
        match &document["Statement"] {
            Value::Array(statements) => statements.iter().for_each(|statement| self.read_one(statement, accounts)),
            Value::Object(_) => self.read_one(&document["Statement"], accounts),
            _ => self.unread.push(sha256(text)),
        }
    }

    fn read_one(&mut self, statement: &Value, accounts: &Accounts) {
        match Statement::read(statement, accounts) {
            Some(statement) => self.statements.push(statement),
            None => self.unread.push(sha256(canonical(statement))),
        }
        self.unread.sort();
    }

    /// Adds what another policy says.
    pub(crate) fn add(&mut self, other: Self) {
        self.statements.extend(other.statements);
        self.unread.extend(other.unread);
        self.unread.sort();
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.unread.is_empty()
    }

    /// Whether it allows everything without a condition.
    pub(crate) fn allows_all(&self) -> bool {
        let all = super::patterns::Patterns::all();
        self.statements.iter().any(|one| {
            one.allows && all.is_within(&one.actions) && all.is_within(&one.resources) && one.condition.is_empty()
        })
    }

    /// What this one allows that the old one does not, and what it no longer denies; in words, sorted. Empty if it is no
    /// broader.
    pub fn gains_over(&self, old: &Self) -> Vec<String> {
        self.gains(old).into_iter().map(|gain| gain.words).collect()
    }

    /// The same, each with its gravity.
    pub(crate) fn gains(&self, old: &Self) -> Vec<Gain> {
        let mut gains = self.allows_beyond(old);
        gains.extend(self.no_longer_denies(old));
        gains
    }

    /// What this one allows that the old one does not.
    pub(crate) fn allows_beyond(&self, old: &Self) -> Vec<Gain> {
        let unread = self.unread.iter().any(|unread| !old.unread.contains(unread));
        let unread = unread.then(|| Gain::unknown("says something that cannot be read here"));
        let parts = gains(uncovered(self, old, true), "allows");
        unread.into_iter().chain(parts).collect()
    }

    /// What the old one denies and this one does not.
    pub(crate) fn no_longer_denies(&self, old: &Self) -> Vec<Gain> {
        let unread = old.unread.iter().any(|unread| !self.unread.contains(unread));
        let unread = unread.then(|| Gain::unknown("no longer says something that cannot be read here"));
        let parts = gains(uncovered(old, self, false), "no longer denies");
        unread.into_iter().chain(parts).collect()
    }
}

/// One for all actions on the same resource, by the same principal, under the same condition.
fn gains(parts: Option<Vec<Statement>>, verb: &str) -> Vec<Gain> {
    let Some(parts) = parts else { return vec![Gain::unknown("is too large to be compared")] };
    let mut groups: Vec<Statement> = Vec::new();
    for part in parts {
        match groups.iter_mut().find(|group| group.takes(&part)) {
            Some(group) => group.actions.join(&part.actions),
            None => groups.push(part),
        }
    }
    groups.iter().map(|group| Gain::of(group, verb)).collect()
}

/// The parts of one policy that none of the other covers. None if there are too many to say.
fn uncovered(some: &Policy, others: &Policy, allows: bool) -> Option<Vec<Statement>> {
    let parts = |policy: &Policy| -> Option<BTreeSet<Statement>> {
        let statements = policy.statements.iter().filter(|one| one.allows == allows);
        let size = statements.clone().map(Statement::size).fold(0, usize::saturating_add);
        (size <= PARTS).then(|| statements.flat_map(Statement::parts).collect())
    };
    let alike =
        |policy: &Policy| policy.statements.iter().filter(|one| one.allows == allows).cloned().collect::<BTreeSet<_>>();
    if alike(some).is_subset(&alike(others)) {
        return Some(Vec::new());
    }
    let (some, others) = (parts(some)?, parts(others)?);
    let open: Vec<Statement> = some.into_iter().filter(|part| !others.contains(part)).collect();
    let reading = |length: usize, part: &Statement| length.saturating_add(part.length());
    let (left, right) = (open.iter().fold(0, reading), others.iter().fold(0, reading));
    if left.saturating_mul(right) > READING {
        return None;
    }
    Some(open.into_iter().filter(|part| !others.iter().any(|other| part.is_within(other))).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Accounts, Policy};

    fn gains(old: &Value, new: &Value) -> Vec<String> {
        let policy = |statements: &Value| {
            let document = json!({ "Version": "2012-10-17", "Statement": statements });
            Policy::of(&document, &Accounts::default())
        };
        policy(new).gains_over(&policy(old))
    }

    fn allow(action: &Value, resource: &Value) -> Value {
        json!({ "Effect": "Allow", "Action": action, "Resource": resource })
    }

    #[test]
    fn a_narrower_document_gains_nothing() {
        let old = json!([allow(&json!(["s3:*", "sqs:SendMessage"]), &json!("*"))]);
        assert!(gains(&old, &json!([allow(&json!("S3:getobject"), &json!("arn:aws:s3:::a/*"))])).is_empty());
        assert!(gains(&old, &json!([])).is_empty());
        let split = json!([allow(&json!("sqs:SendMessage"), &json!("*")), allow(&json!("s3:*"), &json!(["a", "b"]))]);
        assert!(gains(&old, &split).is_empty());
    }

    #[test]
    fn what_is_gained_is_said() {
        let old = json!([allow(&json!("s3:Get*"), &json!("a"))]);
        let new = json!([allow(&json!(["s3:Get*", "s3:PutObject"]), &json!(["a", "b"]))]);
        assert_eq!(gains(&old, &new), ["allows `s3:get*`, `s3:putobject` on `b`", "allows `s3:putobject` on `a`"]);
    }

    #[test]
    fn a_denial_that_goes_is_a_gain() {
        let deny = json!({ "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*" });
        let less = json!({ "Effect": "Deny", "NotAction": ["iam:*", "sts:*", "s3:*"], "Resource": "*" });
        assert!(gains(&json!([less.clone()]), &json!([deny.clone()])).is_empty());
        assert_eq!(gains(&json!([deny]), &json!([less])).len(), 1);
    }

    #[test]
    fn what_cannot_be_read_is_a_gain_unless_it_is_the_same() {
        let odd = json!({ "Effect": "Allow", "Action": { "Fn::If": ["A", "s3:*", "sqs:*"] }, "Resource": "*" });
        assert_eq!(gains(&json!([]), &json!([odd.clone()])).len(), 1);
        assert!(gains(&json!([odd.clone()]), &json!([odd])).is_empty());
    }

    #[test]
    fn documents_of_any_size_end() {
        let many: Vec<String> = (0..3_000).map(|index| format!("s3:{index}*")).collect();
        let new = json!([allow(&json!(many), &json!(many))]);
        assert_eq!(gains(&json!([allow(&json!("s3:*"), &json!("a"))]), &new), ["is too large to be compared"]);
    }
}
