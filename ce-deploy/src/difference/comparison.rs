//! What a property is to whoever compares a resource with its template.

use ce_synth::schema::{Schemas, TypeSchema};

use super::shown::is_secret_name;

/// What a property is to whoever compares a resource with its template: the reasons for which CloudFormation leaves drift
/// of it out. Source: API reference, `ResourceDriftIgnoredAttribute`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Comparison {
    /// It is compared.
    Plain,
    /// A service sets it (`MANAGED_BY_AWS`).
    ManagedByAws,
    /// No read gives it back (`WRITE_ONLY_PROPERTY`).
    WriteOnly,
    /// Its value is secret (`SENSITIVE_PROPERTY`).
    Sensitive,
}

impl Comparison {
    /// What a property is, by its path in a template: `/Tags/0/Value`. A property of a type that is not known is compared.
    ///
    /// ```
    /// use ce_deploy::difference::Comparison;
    /// let of = |path| Comparison::of("AWS::SecretsManager::Secret", path, &ce_cfn::SCHEMAS);
    /// assert_eq!(of("/SecretString"), Comparison::WriteOnly);
    /// assert_eq!(of("/Description"), Comparison::Plain);
    /// ```
    pub fn of(type_name: &str, path: &str, schemas: &'static Schemas) -> Self {
        let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty() && !is_index(step)).collect();
        let schema = schemas.find(type_name);
        let among = |paths: fn(&TypeSchema) -> &[&'static str]| {
            schema.is_some_and(|schema| paths(schema).iter().any(|listed| is_at_or_above(listed, &steps)))
        };
        if among(|schema| &schema.write_only) {
            Self::WriteOnly
        } else if steps.last().is_some_and(|step| is_secret_name(step)) {
            Self::Sensitive
        } else if among(|schema| &schema.read_only) {
            Self::ManagedByAws
        } else {
            Self::Plain
        }
    }

    /// Its name, as JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::ManagedByAws => "managed-by-aws",
            Self::WriteOnly => "write-only",
            Self::Sensitive => "sensitive",
        }
    }

    /// In words, after the property's path; empty where it is compared as any other.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::ManagedByAws => "set by AWS",
            Self::WriteOnly => "write-only: compared with what was last deployed",
            Self::Sensitive => "secret",
        }
    }
}

/// The properties of a type that nobody can read back, and that a template sets: drift of them is never found.
pub fn not_compared(type_name: &str, properties: &serde_json::Value, schemas: &'static Schemas) -> Vec<&'static str> {
    let write_only = schemas.find(type_name).map(|schema| schema.write_only.as_slice()).unwrap_or_default();
    let set = |path: &&&'static str| {
        let steps = path.split(['/', '.']).filter(|step| *step != "*");
        !steps.fold(properties, |value, step| &value[step]).is_null()
    };
    write_only.iter().filter(set).copied().collect()
}

fn is_index(step: &str) -> bool {
    step.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a path of a schema (`Nested/*/Name`) is that of a property, or of what it is in.
fn is_at_or_above(listed: &str, steps: &[&str]) -> bool {
    let listed: Vec<&str> = listed.split(['/', '.']).filter(|step| *step != "*").collect();
    steps.starts_with(&listed)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Comparison, not_compared};

    #[test]
    fn each_reason_of_the_service() {
        let of = |type_name: &str, path: &str| Comparison::of(type_name, path, &ce_cfn::SCHEMAS);
        assert_eq!(of("AWS::SQS::Queue", "/DelaySeconds"), Comparison::Plain);
        assert_eq!(of("AWS::SQS::Queue", "/Arn"), Comparison::ManagedByAws);
        assert_eq!(of("AWS::RDS::DBInstance", "/MasterUserPassword"), Comparison::WriteOnly);
        assert_eq!(of("AWS::Lambda::Function", "/Environment/Variables/DB_PASSWORD"), Comparison::Sensitive);
        assert_eq!(of("Vendor::Odd::Thing", "/Arn"), Comparison::Plain);
        assert_eq!(of("AWS::SQS::Queue", "/Tags/0/Value"), Comparison::Plain);
    }

    #[test]
    fn what_is_never_compared_is_what_is_set_and_not_read() {
        let secret = json!({ "SecretString": "x", "Name": "n" });
        assert_eq!(not_compared("AWS::SecretsManager::Secret", &secret, &ce_cfn::SCHEMAS), ["SecretString"]);
        assert!(not_compared("AWS::SQS::Queue", &json!({ "DelaySeconds": 1 }), &ce_cfn::SCHEMAS).is_empty());
    }
}
