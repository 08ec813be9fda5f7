//! Who may talk to whom: rules of security groups, said once from either end.

use ce_cfn::ec2::security_group::{Egress, Ingress};
use ce_cfn::ec2::{SecurityGroup, SecurityGroupRef};
use ce_cfn::ids;
use ce_synth::{Expr, IntoValue, Place, Value};

use super::edge::Edge;
use super::one_sided::{Direction, OneSided};
use super::rules::no_default_port;
use super::{Cidr, Port};

/// Something that sits behind a security group.
///
/// ```
/// use ce_constructs::network::{Connect, Connections, SecurityGroup};
///
/// struct Shop<'a> {
///     group: SecurityGroup<'a>,
/// }
///
/// impl Connect for Shop<'_> {
///     fn connections(&self) -> Connections<'_> {
///         self.group.connections()
///     }
/// }
/// ```
pub trait Connect {
    /// Its security group, to allow connections from and to it.
    fn connections(&self) -> Connections<'_>;
}

impl<C: Connect + ?Sized> Connect for &C {
    fn connections(&self) -> Connections<'_> {
        (**self).connections()
    }
}

/// The other end of a connection.
#[derive(Clone)]
pub enum Peer<'a> {
    /// Whatever is in a security group.
    Group(SecurityGroupRef<'a>),
    /// Whatever is in a security group that is known by its id alone, such as the one a cluster of EKS makes: the rule
    /// of the other end is for whoever made it.
    GroupId(Value<ids::Ec2SecurityGroup>),
    /// A block of addresses.
    Block(Cidr),
    /// The addresses of a prefix list, such as those of `CloudFront`.
    PrefixList(Value<ids::Ec2PrefixList>),
}

impl<'a, C: Connect + ?Sized> From<&'a C> for Peer<'a> {
    fn from(other: &'a C) -> Self {
        Self::Group(other.connections().group)
    }
}

impl<'a> From<Connections<'a>> for Peer<'a> {
    fn from(other: Connections<'a>) -> Self {
        Self::Group(other.group)
    }
}

impl<'a> From<SecurityGroupRef<'a>> for Peer<'a> {
    fn from(group: SecurityGroupRef<'a>) -> Self {
        Self::Group(group)
    }
}

impl From<Value<ids::Ec2SecurityGroup>> for Peer<'_> {
    fn from(id: Value<ids::Ec2SecurityGroup>) -> Self {
        Self::GroupId(id)
    }
}

impl From<Cidr> for Peer<'_> {
    fn from(block: Cidr) -> Self {
        Self::Block(block)
    }
}

/// A security group as one end of connections, and the port it listens on; `Copy`.
///
/// A connection between two groups becomes two resources at synthesis, egress of the one and ingress of the other, in
/// the stack that uses the other; the same connection said twice, from whichever end, is made once. Addresses and
/// prefix lists become rules inside the group; a group by its id gets one rule, on this end.
#[derive(Clone, Copy)]
pub struct Connections<'a> {
    group: SecurityGroupRef<'a>,
    default_port: Option<Port>,
}

impl<'a> Connections<'a> {
    /// Connections of a group. One that was added without a rule of egress may reach everything, whatever is allowed
    /// here: that is how EC2 makes it. [`SecurityGroup`](super::SecurityGroup) takes care of that.
    pub fn new(group: SecurityGroupRef<'a>) -> Self {
        Self { group, default_port: None }
    }

    /// The port that it listens on. Default: none.
    pub fn default_port(self, port: Port) -> Self {
        Self { default_port: Some(port), ..self }
    }

    /// The group.
    pub fn group(self) -> SecurityGroupRef<'a> {
        self.group
    }

    /// The port it listens on, if it has one.
    pub fn port(self) -> Option<Port> {
        self.default_port
    }

    /// Lets it open connections to a peer, and the peer take them.
    #[track_caller]
    pub fn allow_to<'p>(self, peer: impl Into<Peer<'p>>, port: Port) {
        match peer.into() {
            Peer::Group(other) => defer(self.group, other, port, Place::here()),
            Peer::GroupId(other) => defer_one_sided(self.group, other, Direction::Out, port, Place::here()),
            Peer::Block(block) => {
                let rule = Egress::new().cidr_ip(block.to_string()).description(format!("{port} to {block}"));
                add_egress(self.group, rule, port);
            }
            Peer::PrefixList(list) => {
                let rule =
                    Egress::new().destination_prefix_list_id(list).description(format!("{port} to a prefix list"));
                add_egress(self.group, rule, port);
            }
        }
    }

    /// Lets a peer open connections to it, and it take them.
    #[track_caller]
    pub fn allow_from<'p>(self, peer: impl Into<Peer<'p>>, port: Port) {
        match peer.into() {
            Peer::Group(other) => defer(other, self.group, port, Place::here()),
            Peer::GroupId(other) => defer_one_sided(self.group, other, Direction::In, port, Place::here()),
            Peer::Block(block) => {
                let rule = Ingress::new().cidr_ip(block.to_string()).description(format!("{port} from {block}"));
                add_ingress(self.group, rule, port);
            }
            Peer::PrefixList(list) => {
                let rule = Ingress::new().source_prefix_list_id(list).description(format!("{port} from a prefix list"));
                add_ingress(self.group, rule, port);
            }
        }
    }

    /// Lets it open connections to the port that the peer listens on; a finding if the peer has none.
    #[track_caller]
    pub fn allow_to_default_port(self, peer: &(impl Connect + ?Sized)) {
        let other = peer.connections();
        match other.default_port {
            Some(port) => self.allow_to(other, port),
            None => drop(no_default_port::report(self.group.scope(), &other.group.scope().path())),
        }
    }

    /// Lets a peer open connections to the port that this one listens on; a finding if it has none.
    #[track_caller]
    pub fn allow_default_port_from<'p>(self, peer: impl Into<Peer<'p>>) {
        match self.default_port {
            Some(port) => self.allow_from(peer, port),
            None => drop(no_default_port::report(self.group.scope(), &self.group.scope().path())),
        }
    }

    /// Lets whatever is in the group connect to the rest of it.
    #[track_caller]
    pub fn allow_within(self, port: Port) {
        defer(self.group, self.group, port, Place::here());
    }
}

fn defer(from: SecurityGroupRef<'_>, to: SecurityGroupRef<'_>, port: Port, at: Place) {
    from.scope().app().defer(Edge { from: from.id(), to: to.id(), port, at });
}

fn defer_one_sided(
    group: SecurityGroupRef<'_>,
    other: Value<ids::Ec2SecurityGroup>,
    direction: Direction,
    port: Port,
    at: Place,
) {
    group.scope().app().defer(OneSided { group: group.id(), other, direction, port, at });
}

/// The rule that leaves a group without egress: a group without any rule would get "all traffic to anywhere".
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html>
pub(super) fn no_egress() -> Egress {
    Egress::new().cidr_ip(Cidr::LOOPBACK.to_string()).ip_protocol("-1").description("no traffic out")
}

#[track_caller]
fn add_egress(group: SecurityGroupRef<'_>, rule: Egress, port: Port) {
    let rule = match port.ends() {
        Some((from, to)) => rule.from_port(from).to_port(to),
        None => rule,
    };
    let rule: Value<Egress> = rule.ip_protocol(port.ip_protocol()).into_value();
    let nothing: Value<Egress> = no_egress().into_value();
    let rules = with_rule(group.peek("SecurityGroupEgress"), rule.into_expr(), Some(nothing.expr()));
    group.update(|group: SecurityGroup| group.security_group_egress(rules));
}

#[track_caller]
fn add_ingress(group: SecurityGroupRef<'_>, rule: Ingress, port: Port) {
    let rule = match port.ends() {
        Some((from, to)) => rule.from_port(from).to_port(to),
        None => rule,
    };
    let rule: Value<Ingress> = rule.ip_protocol(port.ip_protocol()).into_value();
    let rules = with_rule(group.peek("SecurityGroupIngress"), rule.into_expr(), None);
    group.update(|group: SecurityGroup| group.security_group_ingress(rules));
}

/// The rules and one more, unless it is there; without the rule that stands for "none".
fn with_rule(rules: Option<Expr>, rule: Expr, nothing: Option<&Expr>) -> Expr {
    let mut rules = match rules {
        Some(Expr::List(rules)) => rules,
        Some(other) => vec![other],
        None => Vec::new(),
    };
    rules.retain(|known| Some(known) != nothing);
    if !rules.contains(&rule) {
        rules.push(rule);
    }
    Expr::List(rules)
}
