//! A stack policy, whoever wrote it.

use std::str::FromStr;

use serde_json::{Map, Value};

use super::pattern::matches;
use super::{LARGEST, Update};
use crate::json;

/// A stack policy, whoever wrote it.
///
/// What a statement denies is denied whatever others allow, and what none allows is denied too; without statements
/// everything is allowed.
/// Source: user guide, "Prevent updates to stack resources"; an empty policy is how one is taken away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StackPolicy {
    statements: Vec<Statement>,
}

/// A text that the service does not take for a stack policy.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("it is no stack policy")]
pub struct NoStackPolicy;

#[derive(Clone, PartialEq, Eq, Debug)]
struct Statement {
    allows: bool,
    actions: Subject,
    resources: Subject,
    /// Types by pattern; none where there is no condition.
    types: Option<Vec<String>>,
    /// Whether it has a condition that is not known here.
    unclear: bool,
}

/// What a statement is about, or what it is not about.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Subject {
    patterns: Vec<String>,
    inverted: bool,
}

impl StackPolicy {
    /// Why an update may not do this, in the service's words; none if it may. A condition that is not known here is taken
    /// to allow.
    /// Source: events quoted by the authors of Sceptre and of tutorials. Statements are counted from 0.
    pub fn denial(&self, update: Update, logical_id: &str, type_name: &str) -> Option<String> {
        let resource = format!("LogicalResourceId/{logical_id}");
        let fits = |statement: &&Statement| statement.fits(update, &resource, type_name);
        let denying = |statement: &Statement| !statement.allows && !statement.unclear;
        let denies = self.statements.iter().position(|statement| denying(statement) && fits(&statement));
        if let Some(number) = denies {
            let what = format!("does not allow [{update}] for resource [{resource}]");
            return Some(format!("Action denied by stack policy: Statement [#{number}] {what}"));
        }
        let allowed = self.statements.iter().filter(|statement| statement.allows).any(|statement| fits(&statement));
        let denied = !allowed && !self.statements.is_empty();
        denied.then(|| format!("Action not allowed by stack policy: [{update}] for resource [{resource}]"))
    }
}

impl Statement {
    fn fits(&self, update: Update, resource: &str, type_name: &str) -> bool {
        let of_type = |types: &Vec<String>| types.iter().any(|known| matches(known, type_name));
        self.actions.is_about(update.as_str())
            && self.resources.is_about(resource)
            && self.types.as_ref().is_none_or(of_type)
    }
}

impl Subject {
    fn is_about(&self, text: &str) -> bool {
        self.patterns.iter().any(|pattern| matches(pattern, text)) != self.inverted
    }
}

impl FromStr for StackPolicy {
    type Err = NoStackPolicy;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let policy = json::parse(text.as_bytes()).ok().filter(|_| text.len() <= LARGEST).ok_or(NoStackPolicy)?;
        let policy = policy.as_object().ok_or(NoStackPolicy)?;
        let statements = match policy.get("Statement") {
            None if policy.is_empty() => Vec::new(),
            Some(Value::Array(all)) => all.iter().map(statement).collect::<Option<_>>().ok_or(NoStackPolicy)?,
            Some(one) => vec![statement(one).ok_or(NoStackPolicy)?],
            None => return Err(NoStackPolicy),
        };
        Ok(Self { statements })
    }
}

/// Source: user guide, "Defining a stack policy": all but the condition is required, and the principal is everybody.
fn statement(value: &Value) -> Option<Statement> {
    let fields = value.as_object()?;
    let allows = match fields.get("Effect")?.as_str()? {
        "Allow" => true,
        "Deny" => false,
        _ => return None,
    };
    let everybody = fields.get("Principal").is_some_and(|principal| principal == "*" || principal["AWS"] == "*");
    let actions = subject(fields, "Action", "NotAction")?;
    let known = |action: &String| {
        action == "*" || ["Update:*", "Update:Modify", "Update:Replace", "Update:Delete"].contains(&action.as_str())
    };
    if !everybody || !actions.patterns.iter().all(known) {
        return None;
    }
    let (types, unclear) = fields.get("Condition").map_or((None, false), condition);
    Some(Statement { allows, actions, resources: subject(fields, "Resource", "NotResource")?, types, unclear })
}

fn subject(fields: &Map<String, Value>, name: &str, other: &str) -> Option<Subject> {
    match (fields.get(name), fields.get(other)) {
        (Some(value), None) => Some(Subject { patterns: texts(value)?, inverted: false }),
        (None, Some(value)) => Some(Subject { patterns: texts(value)?, inverted: true }),
        _ => None,
    }
}

/// The types that a condition names, and whether it says something else too.
fn condition(value: &Value) -> (Option<Vec<String>>, bool) {
    let mut types = Vec::new();
    let mut unclear = false;
    for (operator, keys) in value.as_object().into_iter().flatten() {
        match (operator.as_str(), keys.get("ResourceType").and_then(texts)) {
            ("StringEquals" | "StringLike", Some(named)) => types.extend(named),
            _ => unclear = true,
        }
    }
    (Some(types).filter(|types| !types.is_empty()), unclear)
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(all) => all.iter().map(|text| text.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::StackPolicy;
    use crate::stack_policy::Update::{self, Delete, Modify, Replace};

    const ALL: &str = r#"{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}"#;

    fn denies(statements: &str, update: Update, id: &str, type_name: &str) -> Option<String> {
        let policy: StackPolicy = format!(r#"{{"Statement":[{statements}]}}"#).parse().unwrap();
        policy.denial(update, id, type_name)
    }

    #[test]
    fn what_is_denied_is_denied_whatever_is_allowed() {
        let policy = format!(
            r#"{ALL},{{"Effect":"Deny","Action":"Update:Replace","Principal":"*","Resource":"LogicalResourceId/DB"}}"#
        );
        let words = "Action denied by stack policy: Statement [#1] does not allow [Update:Replace] for resource [LogicalResourceId/DB]";
        assert_eq!(denies(&policy, Replace, "DB", "AWS::RDS::DBInstance").as_deref(), Some(words));
        for (update, id) in [(Modify, "DB"), (Delete, "DB"), (Replace, "Other")] {
            assert_eq!(denies(&policy, update, id, "AWS::RDS::DBInstance"), None);
        }
    }

    #[test]
    fn what_nobody_allows_is_denied() {
        let one =
            r#"{"Effect":"Allow","NotAction":"Update:Delete","Principal":"*","NotResource":"LogicalResourceId/A*"}"#;
        assert_eq!(denies(one, Modify, "B", "T"), None);
        assert!(denies(one, Modify, "A1", "T").is_some() && denies(one, Delete, "B", "T").is_some());
        assert_eq!("{}".parse::<StackPolicy>().unwrap().denial(Delete, "A", "T"), None, "it was taken away");
    }

    #[test]
    fn a_condition_names_types_and_an_unknown_one_denies_nothing() {
        let of = |condition: &str| {
            format!(
                r#"{ALL},{{"Effect":"Deny","Action":["Update:Replace","Update:Delete"],"Principal":"*","Resource":"*","Condition":{condition}}}"#
            )
        };
        let types = of(r#"{"StringEquals":{"ResourceType":["AWS::S3::Bucket","AWS::RDS::*"]}}"#);
        assert!(denies(&types, Delete, "A", "AWS::RDS::DBCluster").is_some());
        assert_eq!(denies(&types, Delete, "A", "AWS::SNS::Topic"), None);
        assert_eq!(denies(&of(r#"{"DateLessThan":{"aws:CurrentTime":"2030"}}"#), Delete, "A", "T"), None);
    }

    #[test]
    fn other_texts_are_refused() {
        let wrong = [
            "",
            "[]",
            r#"{"Statements":[]}"#,
            r#"{"Statement":[{"Effect":"Deny","Action":"Update:*","Resource":"*"}]}"#,
            r#"{"Statement":[{"Effect":"Deny","Action":"Update:*","Principal":"me","Resource":"*"}]}"#,
            r#"{"Statement":[{"Effect":"Deny","Action":"Delete:*","Principal":"*","Resource":"*"}]}"#,
            r#"{"Statement":[{"Effect":"No","Action":"Update:*","Principal":"*","Resource":"*"}]}"#,
        ];
        for text in wrong {
            assert!(text.parse::<StackPolicy>().is_err(), "{text}");
        }
    }
}
