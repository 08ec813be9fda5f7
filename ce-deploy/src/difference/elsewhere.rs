//! Values that come from other stacks of the same deployment, and change with them.

use std::collections::BTreeMap;

use crate::assembly::StackId;
use crate::cloud::Place;
use crate::template::{Resolved, Taken};

/// An output whose value changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    /// Whether it is another for certain.
    pub certain: bool,
    /// What causes it, the nearest first.
    pub causes: Vec<String>,
}

/// What other stacks will say anew.
///
/// `Fn::GetStackOutput` is read anew when the stack that reads is updated, so what becomes of it depends on what becomes
/// of the other.
///
/// ```
/// use ce_deploy::assembly::StackId;
/// use ce_deploy::cloud::Place;
/// use ce_deploy::difference::{Class, Difference, Elsewhere};
/// use ce_deploy::template::{Template, Version};
/// let version = |text: &str| {
///     let place = Some(Place::new("111111111111", "eu-west-1"));
///     Template::parse(text).map(|template| Version { place, ..Version::new(template) })
/// };
/// let net = |range: &str| version(&format!(r#"{{"Resources": {{"Vpc": {{"Type": "AWS::EC2::VPC", "Properties": {{"CidrBlock": "{range}"}}}}}},
///     "Outputs": {{"Id": {{"Value": {{"Ref": "Vpc"}}}}}}}}"#));
/// let app = version(r#"{"Resources": {"Subnet": {"Type": "AWS::EC2::Subnet",
///     "Properties": {"VpcId": {"Fn::GetStackOutput": {"StackName": "net", "OutputName": "Id"}}}}}}"#)?;
/// let schemas = &ce_cfn::SCHEMAS;
/// let difference = Difference::between(Some(&net("10.0.0.0/16")?), Some(&net("10.1.0.0/16")?), schemas);
/// let mut elsewhere = Elsewhere::default();
/// elsewhere.add(&StackId::new("Net"), "net", &Place::new("111111111111", "eu-west-1"), difference.moved());
/// let follows = Difference::among(Some(&app), Some(&app), &elsewhere, schemas);
/// assert_eq!(follows.resources[0].class, Class::Replacement);
/// assert_eq!(follows.resources[0].causes[0], "`Subnet.VpcId` follows `Net.Id`");
/// # Ok::<(), ce_deploy::template::TemplateError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Elsewhere(BTreeMap<(Place, String, String), Following>);

/// What is followed: its name, and how it changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Following {
    /// `Net.VpcId`.
    pub(super) name: String,
    pub(super) moved: Moved,
}

impl Elsewhere {
    /// Adds the outputs of a stack that change; the name is that by which others read it.
    pub fn add(&mut self, id: &StackId, name: &str, place: &Place, outputs: &BTreeMap<String, Moved>) {
        for (output, moved) in outputs {
            let following = Following { name: format!("{id}.{output}"), moved: moved.clone() };
            self.0.insert((place.clone(), name.to_owned(), output.clone()), following);
        }
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How what a stack takes changes, by the name of its symbol. An import does not: the service refuses to change an
    /// export that is imported.
    pub(super) fn of<'a>(&'a self, stack: &'a Resolved) -> BTreeMap<&'a str, &'a Following> {
        let own = stack.account.as_ref().zip(stack.region.as_ref());
        let Some((own_account, own_region)) = own.filter(|_| !self.is_empty()) else { return BTreeMap::new() };
        let following = |(symbol, taken): (&'a String, &'a Taken)| match taken {
            Taken::Export(_) => None,
            Taken::Output { stack, output, region, account } => {
                let place = Place::new(account.as_ref().unwrap_or(own_account), region.as_ref().unwrap_or(own_region));
                Some((symbol.as_str(), self.0.get(&(place, stack.clone(), output.clone()))?))
            }
        };
        stack.taken.iter().filter_map(following).collect()
    }
}
