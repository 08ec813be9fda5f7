//! A security group that lets nothing in and nothing out until a connection is allowed.

use ce_cfn::ec2;
use ce_cfn::ids;
use ce_synth::{Scope, Value};

use super::connections::no_egress;
use super::{Connect, Connections, Network, Port};

/// A security group: a firewall around network interfaces.
///
/// ```
/// use ce_constructs::cidr;
/// use ce_constructs::network::{Connect, Network, Port, SecurityGroup};
/// use ce_synth::Scope;
///
/// fn group<'a>(scope: Scope<'a>, network: &impl Network) -> SecurityGroup<'a> {
///     let group = SecurityGroup::builder(network, "the office's jump host").build(scope, "JumpHost");
///     group.connections().allow_from(cidr!("203.0.113.0/24"), Port::tcp(22));
///     group
/// }
/// ```
///
/// By default it has no ingress, and one rule of egress that reaches nothing: without any, EC2 would allow all traffic
/// out. It does not take rules itself: allow connections.
#[derive(Clone, Copy)]
pub struct SecurityGroup<'a> {
    group: ec2::SecurityGroupRef<'a>,
    default_port: Option<Port>,
}

impl<'a> SecurityGroup<'a> {
    /// A group in a network. The description is up to 255 characters, and cannot be changed without replacing the group.
    pub fn builder(network: &(impl Network + ?Sized), description: impl Into<String>) -> SecurityGroupBuilder {
        SecurityGroupBuilder { vpc: network.vpc_id(), description: description.into(), name: None, default_port: None }
    }

    /// The resource.
    pub fn group(&self) -> ec2::SecurityGroupRef<'a> {
        self.group
    }

    /// The group's id.
    pub fn id(&self) -> Value<ids::Ec2SecurityGroup> {
        self.group.group_id()
    }
}

impl Connect for SecurityGroup<'_> {
    fn connections(&self) -> Connections<'_> {
        let connections = Connections::new(self.group);
        self.default_port.map_or(connections, |port| connections.default_port(port))
    }
}

/// Makes a [`SecurityGroup`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct SecurityGroupBuilder {
    vpc: Value<ids::Ec2Vpc>,
    description: String,
    name: Option<String>,
    default_port: Option<Port>,
}

impl SecurityGroupBuilder {
    /// Its physical name, and its `Name` tag. A named group cannot be replaced in one update. Default: made by
    /// CloudFormation.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The port that what is behind it listens on. Default: none.
    pub fn default_port(mut self, port: Port) -> Self {
        self.default_port = Some(port);
        self
    }

    /// Adds the group.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> SecurityGroup<'a> {
        let mut group = ec2::SecurityGroup::new()
            .group_description(self.description)
            .vpc_id(self.vpc)
            .security_group_egress([no_egress()]);
        if let Some(name) = self.name {
            group = group.tags([("Name", name.clone())]).group_name(name);
        }
        SecurityGroup { group: scope.child(id).add("Resource", group), default_port: self.default_port }
    }
}
