//! Properties of which AWS says that updates are not supported. The schemas do not say it; the table names its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::Effect;
use crate::json::canonical;
use crate::template::Active;

const TABLE: &str = include_str!("../../data/refusals.txt");

const REFUSED: &str = "the guide says that it cannot be updated";
const OR_REPLACED: &str = "it is made with its resource: the service may refuse the change, or replace the resource";

/// What a change at a path may come to, if AWS says that it is not supported, and why. What is added to a list, or taken
/// away, is no change of what is in it.
pub(super) fn refusal(type_name: &str, path: &[&str]) -> Option<(Effect, Option<&'static str>)> {
    let steps: Vec<&str> = path.iter().copied().filter(|step| *step != "*" && !step.starts_with("Fn::")).collect();
    let rows = table().get(type_name)?;
    let (_, effect) = rows.iter().find(|(refused, _)| steps.starts_with(refused))?;
    Some((*effect, Some(if *effect == Effect::MayReplace { OR_REPLACED } else { REFUSED })))
}

/// Why more than one index that comes or goes may be refused. Source: the service's words, "Cannot perform more than one GSI
/// creation or deletion in a single update", github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/881.
pub(super) const ONE_INDEX: &str = "one update makes or deletes no more than one index";

/// The list of which no more than one item comes or goes in one update.
pub(super) const INDEXES: &str = "GlobalSecondaryIndexes";

/// Whether more indexes of a table come or go than one update takes.
pub(super) fn has_too_many_indexes(before: &Active, after: &Active) -> bool {
    let names = |side: &Active| -> BTreeSet<String> {
        let items = side.properties[INDEXES].as_array().map(Vec::as_slice).unwrap_or_default();
        items.iter().map(|index| canonical(&index["IndexName"])).collect()
    };
    let is_table = matches!(after.type_name.as_str(), "AWS::DynamoDB::Table" | "AWS::DynamoDB::GlobalTable");
    is_table && names(before).symmetric_difference(&names(after)).count() > 1
}

type Rows = BTreeMap<&'static str, Vec<(Vec<&'static str>, Effect)>>;

fn table() -> &'static Rows {
    static ROWS: OnceLock<Rows> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows = Rows::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let (Some(type_name), Some(path)) = (words.next(), words.next()) else { continue };
            let effect = if words.next() == Some("or-replaces") { Effect::MayReplace } else { Effect::MayRefuse };
            rows.entry(type_name).or_default().push((path.split('/').collect(), effect));
        }
        rows
    })
}

#[cfg(test)]
mod tests {
    use super::{refusal, table};
    use crate::difference::Effect;

    #[test]
    fn rows_of_the_table_are_properties_that_the_schemas_do_not_say_more_of() {
        for (type_name, rows) in table() {
            let schema = ce_cfn::SCHEMAS.find(type_name).unwrap_or_else(|| panic!("{type_name} is gone"));
            for (path, _) in rows {
                let top = schema.root().property(path[0]).unwrap_or_else(|| panic!("{type_name} {path:?} is gone"));
                assert!(!top.read_only, "{type_name} {path:?}");
                assert!(!schema.create_only.contains(&path.join("/").as_str()), "{type_name} {path:?} replaces now");
            }
        }
    }

    #[test]
    fn an_index_that_comes_or_goes_is_not_refused_and_one_that_changes_is() {
        let effect = |path: &[&str]| refusal("AWS::DynamoDB::Table", path).map(|(effect, _)| effect);
        assert_eq!(effect(&["GlobalSecondaryIndexes", "*"]), None);
        assert_eq!(
            effect(&["GlobalSecondaryIndexes", "*", "KeySchema", "*", "AttributeName"]),
            Some(Effect::MayRefuse)
        );
        assert_eq!(effect(&["GlobalSecondaryIndexes", "*", "ProvisionedThroughput", "ReadCapacityUnits"]), None);
        assert_eq!(effect(&["LocalSecondaryIndexes", "*"]), Some(Effect::MayReplace));
    }
}
