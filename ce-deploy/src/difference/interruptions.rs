//! Properties of which AWS says that a change interrupts. The schemas do not say it; the table names its source.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use ce_synth::schema::{Kind, TypeSchema};

const TABLE: &str = include_str!("../../data/interruptions.txt");

/// Whether AWS says that a change of the property at a path (`Nested/*/Name`) interrupts.
pub(super) fn interrupts(schema: &TypeSchema, path: &[&str]) -> bool {
    let mut object = schema.root();
    let mut definition = "-";
    for step in path.iter().filter(|step| **step != "*") {
        if table().contains(&(schema.name, definition, *step)) {
            return true;
        }
        let Some(property) = object.property(step) else { return false };
        let Kind::Object(index) = property.value.leaf().kind else { return false };
        object = schema.object(index);
        definition = object.name;
    }
    false
}

fn table() -> &'static BTreeSet<(&'static str, &'static str, &'static str)> {
    static ROWS: OnceLock<BTreeSet<(&str, &str, &str)>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|row| {
            let mut words = row.split_whitespace();
            Some((words.next()?, words.next()?, words.next()?))
        })
        .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{interrupts, table};

    #[test]
    fn rows_of_the_table_are_properties() {
        let unknown: Vec<_> = table()
            .iter()
            .filter(|(type_name, definition, property)| {
                let schema = ce_cfn::SCHEMAS.find(type_name);
                let object = schema.and_then(|schema| match *definition {
                    "-" => Some(schema.root()),
                    name => schema.objects.iter().find(|object| object.name == name),
                });
                // `Domain.VPCOptions` and its like: the guide writes a path where the schema has an object.
                object.is_none_or(|object| object.property(property).is_none())
            })
            .collect();
        assert!(unknown.len() * 20 < table().len(), "the table is of another time: {unknown:?}");
    }

    #[test]
    fn a_class_of_a_database_interrupts_and_its_tags_do_not() {
        let schema = ce_cfn::SCHEMAS.find("AWS::RDS::DBInstance").unwrap();
        assert!(interrupts(schema, &["DBInstanceClass"]));
        assert!(!interrupts(schema, &["Tags"]));
        let brokers = ce_cfn::SCHEMAS.find("AWS::Batch::ComputeEnvironment").unwrap();
        assert!(interrupts(brokers, &["ComputeResources", "InstanceTypes"]));
    }
}
