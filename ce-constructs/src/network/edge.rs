//! A connection between two security groups, until it is known which stack its rules go to.

use ce_cfn::ec2::{SecurityGroup, SecurityGroupEgress, SecurityGroupIngress};
use ce_synth::{App, Deferred, NodeId, Place, Placing, ResourceId, Scope, Tree};

use super::Port;
use super::rules::connection_across_regions;

/// What is in `from` may open connections to what is in `to`.
pub(super) struct Edge {
    pub(super) from: ResourceId<SecurityGroup>,
    pub(super) to: ResourceId<SecurityGroup>,
    pub(super) port: Port,
    /// The line that said so.
    pub(super) at: Place,
}

impl Deferred for Edge {
    fn key(&self, tree: &Tree) -> String {
        format!("connection {} {} {}", tree.path(self.from.node()), tree.path(self.to.node()), self.port)
    }

    fn place(&self, app: &App, placing: &mut Placing) {
        let (from, to) = (app.scope(self.from.node()), app.scope(self.to.node()));
        if from.region() != to.region() {
            return connection_across_regions::report(from, to, self.at);
        }
        // The client uses the server, whichever end said it: the answer does not depend on the order of statements.
        let home = placing.home(app, self.from.node(), self.to.node());
        let (egress_at, ingress_at) = (at_home(from, to, home), at_home(to, from, home));
        self.add_egress(app, egress_at, &name("Egress", "To", egress_at, from, to, self.port));
        self.add_ingress(app, ingress_at, &name("Ingress", "From", ingress_at, to, from, self.port));
    }
}

impl Edge {
    fn add_egress(&self, app: &App, scope: Scope<'_>, id: &str) {
        let (from, to) = (app.resource(self.from), app.resource(self.to));
        let rule = SecurityGroupEgress::new()
            .group_id(from.group_id())
            .destination_security_group_id(to.group_id())
            .ip_protocol(self.port.ip_protocol())
            .from_port(self.port.ends().map(|(from, _)| from))
            .to_port(self.port.ends().map(|(_, to)| to))
            .description(description(self.port, "to", to.scope()));
        scope.add(id, rule).made_at(self.at);
    }

    fn add_ingress(&self, app: &App, scope: Scope<'_>, id: &str) {
        let (from, to) = (app.resource(self.from), app.resource(self.to));
        let rule = SecurityGroupIngress::new()
            .group_id(to.group_id())
            .source_security_group_id(from.group_id())
            .ip_protocol(self.port.ip_protocol())
            .from_port(self.port.ends().map(|(from, _)| from))
            .to_port(self.port.ends().map(|(_, to)| to))
            .description(description(self.port, "from", from.scope()));
        scope.add(id, rule).made_at(self.at);
    }
}

/// Below its own group if that is in the stack the rules go to, else below the other one.
fn at_home<'a>(own: Scope<'a>, other: Scope<'a>, home: NodeId) -> Scope<'a> {
    if own.stack().node() == home { own } else { other }
}

/// The rule's id below `scope`: it names the other end, and the own one too where the rule is not below it.
fn name(kind: &str, direction: &str, scope: Scope<'_>, own: Scope<'_>, other: Scope<'_>, port: Port) -> String {
    let foreign = own.stack().node() != other.stack().node();
    let end = |end: Scope<'_>| end_name(end, foreign);
    if scope.node() == own.node() {
        format!("{kind}{direction}.{}.{port}", end(other))
    } else {
        format!("{kind}Of.{}.{port}", end(own))
    }
}

/// Its path, as it was before it was moved: a rule under a new logical id would be made while the old one is still
/// there, which EC2 refuses. Without the stack's id in its own stack, so that twin stacks have the same ids.
pub(super) fn end_name(end: Scope<'_>, foreign: bool) -> String {
    let path = end.app().read(|tree| tree.lasting_path(end.node()));
    let path = if foreign { format!("{}/{path}", end.stack().scope().path()) } else { path };
    without_resource(&path).replace('/', ".")
}

/// A group is named by its construct.
fn without_resource(path: &str) -> &str {
    path.strip_suffix("/Resource").unwrap_or(path)
}

/// Up to 255 letters, digits, and some signs.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html>
fn description(port: Port, direction: &str, other: Scope<'_>) -> String {
    let allowed = |sign: char| sign.is_ascii_alphanumeric() || "._-:/()#,@[]+=&;{}!$* ".contains(sign);
    let text = format!("{port} {direction} {}", without_resource(&other.path()));
    text.chars().map(|sign| if allowed(sign) { sign } else { '_' }).take(255).collect()
}
