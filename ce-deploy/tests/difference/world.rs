//! A world in which a stack is updated: slow, and right for all to see.
//!
//! Every value is a text that is known. A resource that is replaced gets another id; what AWS decides (whether an address
//! changes with an update, what a custom resource answers) is decided by the bits of the world. What is true in all worlds
//! is certain.

use serde_json::{Map, Value, json};

/// A kind of resource: its type, its properties and whether a change of each replaces it, and what AWS sets: the attribute,
/// and whether it is another name of the id.
pub(crate) struct Kind {
    pub(crate) type_name: &'static str,
    pub(crate) properties: &'static [(&'static str, bool)],
    pub(crate) set_by_aws: &'static [(&'static str, bool)],
}

/// Sources: the registry schemas, as the table of `ce-cfn` has them; here written again by hand.
pub(crate) const KINDS: [Kind; 4] = [
    Kind {
        type_name: "AWS::EC2::VPC",
        properties: &[("CidrBlock", true), ("EnableDnsSupport", false)],
        set_by_aws: &[("VpcId", true), ("DefaultSecurityGroup", false)],
    },
    Kind {
        type_name: "AWS::EC2::Subnet",
        properties: &[("VpcId", true), ("CidrBlock", true), ("PrivateDnsNameOptionsOnLaunch", false)],
        set_by_aws: &[("SubnetId", true)],
    },
    Kind {
        type_name: "AWS::EC2::NatGateway",
        properties: &[("SubnetId", true), ("SecondaryPrivateIpAddressCount", false)],
        set_by_aws: &[("NatGatewayId", true), ("EniId", true)],
    },
    Kind { type_name: "Custom::Thing", properties: &[("Text", false)], set_by_aws: &[("Answer", false)] },
];

/// What a property is given.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Input {
    Literal(u8),
    Parameter(usize),
    Ref(usize),
    /// A property of another resource.
    Given(usize, usize),
    /// What AWS sets of another resource.
    Set(usize, usize),
    Join(Vec<Input>),
    /// `Fn::If`: whether its condition is known here, and both sides.
    Either(bool, Box<Input>, Box<Input>),
}

/// A resource: its kind and what its properties are given; none where they are left out.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Node {
    pub(crate) kind: usize,
    pub(crate) inputs: Vec<Option<Input>>,
}

/// A template. Resources refer to those before them; one that is none is not there.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Model {
    pub(crate) nodes: Vec<Option<Node>>,
    pub(crate) parameters: Vec<u8>,
    pub(crate) is_prod: bool,
}

/// What became of a resource.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Became {
    Same,
    Updated,
    Replaced,
}

/// What AWS decides, a bit for each question.
pub(crate) struct World(pub(crate) u64);

/// What is there of a resource.
#[derive(Clone, Default)]
struct There {
    id: String,
    properties: Vec<Option<String>>,
    set: Vec<String>,
}

/// The logical id of a resource; the order of the ids is not that of the references.
pub(crate) fn id(node: usize) -> String {
    format!("R{}", (node * 7 + 3) % 10)
}

impl World {
    fn decides(&self, question: usize) -> bool {
        self.0 >> (question % 64) & 1 == 1
    }

    /// What becomes of each resource that is in both.
    pub(crate) fn update(&self, before: &Model, after: &Model) -> Vec<Option<Became>> {
        let old = self.create(before);
        let mut new: Vec<There> = Vec::new();
        let mut became = Vec::new();
        for (at, node) in after.nodes.iter().enumerate() {
            let (Some(node), Some(_)) = (node, &before.nodes[at]) else {
                new.push(node.as_ref().map(|node| self.make(after, at, node, &new)).unwrap_or_default());
                became.push(None);
                continue;
            };
            let (there, what) = self.change(at, node, &old[at], self.properties(after, node, &new));
            new.push(there);
            became.push(Some(what));
        }
        became
    }

    fn change(&self, at: usize, node: &Node, old: &There, properties: Vec<Option<String>>) -> (There, Became) {
        let kind = &KINDS[node.kind];
        let differs = |property: usize| old.properties[property] != properties[property];
        let changed = (0..properties.len()).any(differs);
        let is_custom = kind.type_name.starts_with("Custom::");
        let replaced = (0..properties.len()).any(|property| differs(property) && kind.properties[property].1)
            || (is_custom && changed && self.decides(at));
        let set = kind.set_by_aws.iter().enumerate().map(|(which, (_, is_id))| {
            let moved = replaced && *is_id || !is_id && changed && self.decides(10 + at * 3 + which);
            if moved { format!("{}'", old.set[which]) } else { old.set[which].clone() }
        });
        let there = There {
            id: if replaced { format!("{}'", old.id) } else { old.id.clone() },
            set: set.collect(),
            properties,
        };
        (
            there,
            if replaced {
                Became::Replaced
            } else if changed {
                Became::Updated
            } else {
                Became::Same
            },
        )
    }

    fn create(&self, model: &Model) -> Vec<There> {
        let mut made = Vec::new();
        for (at, node) in model.nodes.iter().enumerate() {
            let there = node.as_ref().map(|node| self.make(model, at, node, &made)).unwrap_or_default();
            made.push(there);
        }
        made
    }

    fn make(&self, model: &Model, at: usize, node: &Node, there: &[There]) -> There {
        let set = (0..KINDS[node.kind].set_by_aws.len()).map(|which| format!("set-{at}-{which}")).collect();
        There { id: format!("id-{at}"), properties: self.properties(model, node, there), set }
    }

    fn properties(&self, model: &Model, node: &Node, there: &[There]) -> Vec<Option<String>> {
        node.inputs.iter().map(|input| input.as_ref().map(|input| self.value(model, input, there))).collect()
    }

    fn value(&self, model: &Model, input: &Input, there: &[There]) -> String {
        match input {
            Input::Literal(value) => value.to_string(),
            Input::Parameter(which) => model.parameters[*which].to_string(),
            Input::Ref(node) => there[*node].id.clone(),
            // Two names are two values: that they happen to be the same, nobody can know without asking AWS.
            Input::Given(node, property) => {
                format!("{node}.{property}={}", there[*node].properties[*property].as_deref().unwrap_or_default())
            }
            Input::Set(node, which) => there[*node].set[*which].clone(),
            Input::Join(parts) => parts.iter().map(|part| self.value(model, part, there)).collect::<Vec<_>>().join("-"),
            Input::Either(known, yes, no) => {
                let holds = if *known { model.is_prod } else { self.decides(63) };
                self.value(model, if holds { yes } else { no }, there)
            }
        }
    }
}

impl Model {
    /// The template that says it.
    pub(crate) fn template(&self) -> Value {
        let named =
            self.nodes.iter().enumerate().filter_map(|(at, node)| Some((id(at), self.resource(node.as_ref()?))));
        let resources: Map<String, Value> = named.collect();
        let parameters = self.parameters.iter().enumerate();
        let parameters: Map<String, Value> = parameters
            .map(|(at, value)| (format!("P{at}"), json!({ "Type": "String", "Default": value.to_string() })))
            .collect();
        let stage = if self.is_prod { "prod" } else { "dev" };
        json!({
            "Parameters": parameters,
            "Conditions": {
                "IsProd": { "Fn::Equals": [stage, "prod"] },
                "IsEu": { "Fn::Equals": [{ "Ref": "AWS::Region" }, "eu-central-1"] },
            },
            "Resources": resources,
        })
    }

    fn resource(&self, node: &Node) -> Value {
        let kind = &KINDS[node.kind];
        let properties = kind.properties.iter().zip(&node.inputs);
        let properties: Map<String, Value> = properties
            .filter_map(|((name, _), input)| Some(((*name).to_owned(), self.written(input.as_ref()?))))
            .collect();
        json!({ "Type": kind.type_name, "Properties": properties })
    }

    fn written(&self, input: &Input) -> Value {
        let kind = |node: &usize| &KINDS[self.nodes[*node].as_ref().map_or(0, |node| node.kind)];
        match input {
            Input::Literal(value) => value.to_string().into(),
            Input::Parameter(which) => json!({ "Ref": format!("P{which}") }),
            Input::Ref(node) => json!({ "Ref": id(*node) }),
            Input::Given(node, which) => json!({ "Fn::GetAtt": [id(*node), kind(node).properties[*which].0] }),
            Input::Set(node, which) => {
                json!({ "Fn::GetAtt": format!("{}.{}", id(*node), kind(node).set_by_aws[*which].0) })
            }
            Input::Join(parts) => {
                json!({ "Fn::Join": ["-", parts.iter().map(|part| self.written(part)).collect::<Vec<_>>()] })
            }
            Input::Either(known, yes, no) => {
                json!({ "Fn::If": [if *known { "IsProd" } else { "IsEu" }, self.written(yes), self.written(no)] })
            }
        }
    }
}
