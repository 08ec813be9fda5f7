//! A connection with a security group that is known by its id alone: only the end that is made here gets a rule.

use ce_cfn::ec2::{SecurityGroup, SecurityGroupEgress, SecurityGroupIngress};
use ce_cfn::ids;
use ce_synth::value::Token;
use ce_synth::{App, Deferred, NodeId, Place, Placing, ResourceId, Scope, Tree, Value};

use super::Port;
use super::edge::end_name;

/// Who opens the connection.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    In,
    Out,
}

/// What is in `group` may take connections from `other`, or open them to it.
pub(super) struct OneSided {
    pub(super) group: ResourceId<SecurityGroup>,
    pub(super) other: Value<ids::Ec2SecurityGroup>,
    pub(super) direction: Direction,
    pub(super) port: Port,
    /// The line that said so.
    pub(super) at: Place,
}

impl Deferred for OneSided {
    fn key(&self, tree: &Tree) -> String {
        let other = self.source().map_or_else(|| self.text(), |source| tree.path(source));
        format!("connection {} {} {other} {}", tree.path(self.group.node()), self.word(), self.port)
    }

    fn place(&self, app: &App, placing: &mut Placing) {
        let group = app.scope(self.group.node());
        // What the id is read from may be in a stack that uses this one already.
        let source = self.source().map(|source| app.scope(source));
        let away = source.filter(|source| placing.home(app, group.node(), source.node()) != group.stack().node());
        if let Some(source) = away {
            let id = format!("{}Of.{}.{}", self.word(), end_name(group, true), self.port);
            return self.add(app, source, &id);
        }
        let foreign = |source: Scope<'_>| source.stack().node() != group.stack().node();
        let other = source.map_or_else(|| self.text(), |source| end_name(source, foreign(source)));
        self.add(app, group, &format!("{}With.{}.{}", self.word(), other.replace('/', "."), self.port));
    }
}

impl OneSided {
    /// The resource that the id is an attribute of, if it is one of the app.
    fn source(&self) -> Option<NodeId> {
        let mut source = None;
        self.other.expr().tokens(&mut |token| {
            if let Token::Ref(node) | Token::Att(node, _) = token {
                source = source.or(Some(*node));
            }
        });
        source
    }

    /// The id as it was given.
    fn text(&self) -> String {
        let id = self.other.expr();
        id.as_text().map_or_else(|| id.to_json(), str::to_owned)
    }

    const fn word(&self) -> &'static str {
        match self.direction {
            Direction::In => "Ingress",
            Direction::Out => "Egress",
        }
    }

    fn add(&self, app: &App, scope: Scope<'_>, id: &str) {
        let group = app.resource(self.group).group_id();
        let (from, to) = (self.port.ends().map(|(from, _)| from), self.port.ends().map(|(_, to)| to));
        match self.direction {
            Direction::In => {
                let rule = SecurityGroupIngress::new().group_id(group).source_security_group_id(self.other.clone());
                let rule = rule.ip_protocol(self.port.ip_protocol()).from_port(from).to_port(to);
                scope.add(id, rule.description(format!("{} from a group by its id", self.port))).made_at(self.at);
            }
            Direction::Out => {
                let rule = SecurityGroupEgress::new().group_id(group).destination_security_group_id(&self.other);
                let rule = rule.ip_protocol(self.port.ip_protocol()).from_port(from).to_port(to);
                scope.add(id, rule.description(format!("{} to a group by its id", self.port))).made_at(self.at);
            }
        }
    }
}
