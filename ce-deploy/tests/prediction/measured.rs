//! The prediction beside the witnesses: one change of each property.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ce_deploy::difference::{Difference, Effect};
use ce_deploy::template::{Template, Version};
use serde_json::{Value, json};

use crate::witnesses::{Witness, all};

/// How the prediction and the witnesses stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Verdict {
    /// They say the same.
    Agreed,
    /// The prediction says "may be replaced", and why.
    Conditional,
    /// The registry said that it replaces, as the witnesses do, and does not any more.
    Relaxed,
    /// The registry says that it replaces, and did not when the witnesses were taken.
    Tightened,
    /// The witnesses say that it replaces.
    Missed,
    /// The witnesses say that it does not replace.
    Spurious,
}

/// A property with what was predicted.
pub(crate) struct Measured {
    pub(crate) witness: Witness,
    pub(crate) effect: Effect,
    pub(crate) verdict: Verdict,
}

/// What was looked up, and is right as it is predicted: type, property, and why.
pub(crate) const LOOKED_UP: [(&str, &str, &str); 4] = [
    (
        "AWS::EC2::TransitGatewayRouteTable",
        "Tags",
        "tags are changed in place: `CreateTags` of EC2 takes route tables, the schema has them updatable",
    ),
    (
        "AWS::RDS::DBProxyEndpoint",
        "TargetRole",
        "the user guide says \"No interruption\", and the schema does not call it create-only",
    ),
    (
        "AWS::SSMQuickSetup::ConfigurationManager",
        "ConfigurationDefinitions/Type",
        "`UpdateConfigurationDefinition` does not take it: only a replacement can change it",
    ),
    (
        "AWS::SSMQuickSetup::ConfigurationManager",
        "ConfigurationDefinitions/TypeVersion",
        "changes with the type; the schema has both create-only",
    ),
];

/// All properties of all types that both sides know.
pub(crate) static MEASURED: LazyLock<Vec<Measured>> = LazyLock::new(|| {
    let mut by_type: BTreeMap<String, Vec<Witness>> = BTreeMap::new();
    for witness in all().into_iter().filter(is_known) {
        by_type.entry(witness.type_name.clone()).or_default().push(witness);
    }
    by_type.into_values().flat_map(measure).collect()
});

/// Whether the type has the property still. What `AWS::CDK::Metadata` says of itself is nothing anybody makes.
fn is_known(witness: &Witness) -> bool {
    let top = witness.path.split('/').next().unwrap_or_default();
    let schema = ce_cfn::SCHEMAS.find(&witness.type_name).filter(|schema| schema.name != "AWS::CDK::Metadata");
    schema.is_some_and(|schema| schema.root().property(top).is_some())
}

/// All properties of a type are changed at once, each in a resource of its own.
fn measure(witnesses: Vec<Witness>) -> Vec<Measured> {
    let [before, after] = ["a", "b"].map(|value| {
        let resources = witnesses.iter().enumerate().map(|(at, witness)| {
            let properties = witness.path.rsplit('/').fold(json!(value), |inner, step| json!({ step: inner }));
            (format!("R{at}"), json!({ "Type": witness.type_name, "Properties": properties }))
        });
        let resources: Value = resources.collect::<serde_json::Map<_, _>>().into();
        Version::new(Template::parse(&json!({ "Resources": resources }).to_string()).expect("a template"))
    });
    let difference = Difference::between(Some(&before), Some(&after), &ce_cfn::SCHEMAS);
    let measured = witnesses.into_iter().enumerate().map(|(at, witness)| {
        let resource = difference.resource(&format!("R{at}")).expect("it differs");
        let property = &resource.properties[0];
        assert!(property.effect != Effect::MayReplace || property.reason.is_some(), "{}", resource.type_name);
        let verdict = verdict(&witness, property.effect);
        Measured { witness, effect: property.effect, verdict }
    });
    measured.collect()
}

fn verdict(witness: &Witness, effect: Effect) -> Verdict {
    let Witness { specification, guide, then, .. } = *witness;
    let replaces = specification == 'I' || (specification == 'C' && guide == 'R');
    let replaced_then = then == 'I' || then == 'C';
    match effect {
        Effect::Replaces if replaces => Verdict::Agreed,
        Effect::Replaces if then == 'I' => Verdict::Spurious,
        Effect::Replaces => Verdict::Tightened,
        Effect::MayReplace if specification == 'C' => Verdict::Agreed,
        Effect::MayReplace => Verdict::Conditional,
        Effect::InPlace | Effect::Interrupts | Effect::MayRefuse if !replaces => Verdict::Agreed,
        Effect::InPlace | Effect::Interrupts | Effect::MayRefuse if replaced_then => Verdict::Relaxed,
        Effect::InPlace | Effect::Interrupts | Effect::MayRefuse => Verdict::Missed,
    }
}

/// Whether it was looked up.
pub(crate) fn looked_up(witness: &Witness) -> bool {
    LOOKED_UP.iter().any(|(type_name, property, _)| {
        let below = witness.path.strip_prefix(property);
        witness.type_name == *type_name && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// How many there are of a kind.
pub(crate) fn count(is: impl Fn(&Measured) -> bool) -> usize {
    MEASURED.iter().filter(|measured| is(measured)).count()
}

fn rows(verdict: Verdict) -> Vec<String> {
    let all = MEASURED.iter().filter(|measured| measured.verdict == verdict && !looked_up(&measured.witness));
    all.map(|measured| format!("{} {}", measured.witness.type_name, measured.witness.path)).collect()
}

#[test]
fn no_replacement_is_missed() {
    assert!(rows(Verdict::Missed).is_empty(), "{:#?}", rows(Verdict::Missed));
}

#[test]
fn at_most_one_replacement_of_a_hundred_is_spurious() {
    let replaced = count(|measured| measured.effect == Effect::Replaces);
    assert!(rows(Verdict::Spurious).len() * 100 <= replaced, "of {replaced}: {:#?}", rows(Verdict::Spurious));
    assert!(replaced > 4000);
}

#[test]
fn what_was_looked_up_still_differs() {
    for (type_name, property, _) in LOOKED_UP {
        let differs = |measured: &&Measured| matches!(measured.verdict, Verdict::Missed | Verdict::Spurious);
        let is_it = |measured: &Measured| {
            measured.witness.type_name == type_name && measured.witness.path.starts_with(property)
        };
        assert!(MEASURED.iter().filter(differs).any(is_it), "{type_name} {property} agrees now: take it off the list");
    }
}

#[test]
fn most_properties_are_told_for_certain() {
    let unsure = count(|measured| measured.effect == Effect::MayReplace);
    assert!(unsure * 50 <= MEASURED.len(), "{unsure} of {}", MEASURED.len());
}

#[test]
fn what_the_guide_says_interrupts_does_or_is_worse() {
    let milder = |measured: &Measured| measured.witness.guide == 'S' && measured.effect == Effect::InPlace;
    let milder: Vec<_> = MEASURED.iter().filter(|one| milder(one)).map(|one| &one.witness).collect();
    let milder: Vec<_> = milder.iter().map(|one| format!("{} {}", one.type_name, one.path)).collect();
    assert!(milder.is_empty(), "{milder:#?}");
}

#[test]
fn what_the_guide_says_is_not_supported_is_no_plain_change() {
    let plain = |measured: &&Measured| measured.witness.guide == 'U' && measured.effect < Effect::MayRefuse;
    let plain: Vec<_> = MEASURED.iter().filter(plain).map(|one| &one.witness).collect();
    let plain: Vec<_> = plain.iter().map(|one| format!("{} {}", one.type_name, one.path)).collect();
    assert!(plain.is_empty(), "{plain:#?}");
}
