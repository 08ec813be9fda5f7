//! Connections: standalone rules between groups, inline rules for addresses, and the stack they go to.

use ce_constructs::cidr;
use ce_constructs::network::{Cidr, Connect, ExistingVpc, Network, Peer, Port, SecurityGroup};
use ce_synth::assembly::StackArtifact;
use ce_synth::{App, Assembly, Expr, Scope, Value};

use super::{PROD, built, of_type, resources};

const INGRESS: &str = "AWS::EC2::SecurityGroupIngress";
const EGRESS: &str = "AWS::EC2::SecurityGroupEgress";
const GROUP: &str = "AWS::EC2::SecurityGroup";

fn vpc(scope: Scope<'_>) -> ExistingVpc {
    ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16")).build(scope)
}

fn group<'a>(scope: Scope<'a>, id: &str) -> SecurityGroup<'a> {
    SecurityGroup::builder(&vpc(scope), id).default_port(Port::tcp(5432)).build(scope, id)
}

fn finish(app: App) -> Assembly {
    app.synth().unwrap_or_else(|findings| panic!("{findings}"))
}

#[test]
fn two_groups_of_one_stack_get_one_rule_each() {
    let template = built(PROD, |scope| {
        let (api, database) = (group(scope, "Api"), group(scope, "Database"));
        api.connections().allow_to(&database, Port::tcp(5432));
        api.connections().allow_to_default_port(&database);
        database.connections().allow_from(&api, Port::tcp(5432));
        database.connections().allow_default_port_from(&api);
    });
    insta::assert_json_snapshot!(template);
}

#[test]
fn addresses_are_rules_inside_the_group() {
    let template = built(PROD, |scope| {
        let connections = group(scope, "Api");
        let connections = connections.connections();
        connections.allow_from(Cidr::ANYWHERE, Port::HTTPS);
        connections.allow_from(Cidr::ANYWHERE, Port::HTTPS);
        connections.allow_from(Peer::PrefixList(Value::from_expr(Expr::text("pl-3b927c52"))), Port::HTTPS);
        connections.allow_to(cidr!("10.0.0.0/16"), Port::ALL_TRAFFIC);
        connections.allow_to(Cidr::ANYWHERE, Port::PING);
    });
    let group = of_type(&template, GROUP)[0];
    assert_eq!(group["SecurityGroupIngress"].as_array().map(Vec::len), Some(2));
    assert_eq!(group["SecurityGroupIngress"][1]["SourcePrefixListId"], "pl-3b927c52");
    let egress = &group["SecurityGroupEgress"];
    assert_eq!(egress[0]["IpProtocol"], "-1");
    assert!(egress[0]["FromPort"].is_null(), "all traffic has no ports");
    assert_eq!((&egress[1]["FromPort"], &egress[1]["ToPort"]), (&8.into(), &(-1).into()));
    assert_eq!(egress.as_array().map(Vec::len), Some(2), "the loopback rule is gone");
    assert!(of_type(&template, INGRESS).is_empty());
}

#[test]
fn a_group_may_talk_to_itself() {
    let template = built(PROD, |scope| group(scope, "Api").connections().allow_within(Port::tcp(8443)));
    let (ingress, egress) = (of_type(&template, INGRESS), of_type(&template, EGRESS));
    assert_eq!((ingress.len(), egress.len()), (1, 1));
    assert_eq!(ingress[0]["GroupId"], ingress[0]["SourceSecurityGroupId"]);
    let loopback = of_type(&template, GROUP)[0]["SecurityGroupEgress"][0]["CidrIp"].clone();
    assert_eq!(loopback, "127.0.0.1/32", "without it the group would allow all traffic out");
}

/// Both rules are in the stack of the client, unless the server's stack uses it already.
#[test]
fn rules_go_to_the_stack_that_uses_the_other() {
    let app = App::new();
    {
        let (api, data) = (app.stack("Api", PROD), app.stack("Data", PROD));
        group(api, "Api").connections().allow_to(&group(data, "Database"), Port::tcp(5432));
    }
    let out = finish(app);
    assert_eq!(out.stack("Api").map(StackArtifact::dependencies), Some(&["Data".to_owned()][..]));
    assert_eq!(of_type(&resources(&out, "Api"), INGRESS).len(), 1);
    assert_eq!(of_type(&resources(&out, "Api"), EGRESS).len(), 1);
    assert!(of_type(&resources(&out, "Data"), INGRESS).is_empty());
}

#[test]
fn rules_never_close_a_cycle() {
    for from_client in [true, false] {
        let app = App::new();
        {
            let (api, data) = (app.stack("Api", PROD), app.stack("Data", PROD));
            let (client, server) = (group(api, "Api"), group(data, "Database"));
            data.output("Client", client.id());
            if from_client {
                client.connections().allow_to(&server, Port::tcp(5432));
            } else {
                server.connections().allow_from(&client, Port::tcp(5432));
            }
            server.connections().allow_to(&client, Port::tcp(80));
        }
        let out = finish(app);
        assert_eq!(out.stack("Data").map(StackArtifact::dependencies), Some(&["Api".to_owned()][..]));
        assert_eq!(of_type(&resources(&out, "Data"), INGRESS).len(), 2);
        assert_eq!(of_type(&resources(&out, "Data"), EGRESS).len(), 2);
    }
}

#[test]
fn the_order_of_statements_changes_nothing() {
    let write = |swapped: bool| {
        built(PROD, |scope| {
            let (api, one, other) = (group(scope, "Api"), group(scope, "One"), group(scope, "Other"));
            let mut servers = [&one, &other];
            if swapped {
                servers.reverse();
            }
            for server in servers {
                api.connections().allow_to(server, Port::tcp(5432));
            }
        })
        .to_string()
    };
    assert_eq!(write(false), write(true));
}

/// A rule under a new logical id would be made before the old one is gone, and EC2 refuses a rule that is there.
#[test]
fn a_moved_group_keeps_its_rules() {
    let ids = |moved: bool| {
        let template = built(PROD, |scope| {
            let home = if moved { scope.child("New").moved_from("Old") } else { scope.child("Old") };
            group(home, "Api").connections().allow_to(&group(scope, "Database"), Port::tcp(5432));
        });
        template.as_object().into_iter().flat_map(|all| all.keys().cloned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(false), ids(true));
}

#[test]
fn a_network_behind_a_reference_is_one() {
    let template = built(PROD, |scope| {
        let network: Box<dyn Network> = Box::new(vpc(scope));
        SecurityGroup::builder(&*network, "any network will do").build(scope, "Group");
    });
    assert_eq!(of_type(&template, GROUP)[0]["VpcId"], "vpc-0a1b2c3d");
}

#[test]
fn a_group_by_its_id_gets_the_rule_of_this_end() {
    let template = built(PROD, |scope| {
        let database = group(scope, "Database");
        let existing = || Value::from_expr(Expr::text("sg-0a1b2c3d"));
        database.connections().allow_from(existing(), Port::tcp(5432));
        database.connections().allow_from(existing(), Port::tcp(5432));
        database.connections().allow_to(existing(), Port::HTTPS);
    });
    let (ingress, egress) = (of_type(&template, INGRESS), of_type(&template, EGRESS));
    assert_eq!((ingress.len(), egress.len()), (1, 1));
    assert_eq!(ingress[0]["SourceSecurityGroupId"], "sg-0a1b2c3d");
    assert_eq!(egress[0]["DestinationSecurityGroupId"], "sg-0a1b2c3d");
}

/// The rule is where the id is read, unless what it is read from is in a stack that uses the group's.
#[test]
fn a_group_by_its_id_closes_no_cycle() {
    for uses in [false, true] {
        let app = App::new();
        {
            let (cluster, data) = (app.stack("Cluster", PROD), app.stack("Data", PROD));
            let (made, database) = (group(cluster, "Made"), group(data, "Database"));
            if uses {
                cluster.output("Database", database.id());
            }
            database.connections().allow_from(made.id(), Port::tcp(5432));
        }
        let out = finish(app);
        let (home, other) = if uses { ("Cluster", "Data") } else { ("Data", "Cluster") };
        assert_eq!(of_type(&resources(&out, home), INGRESS).len(), 1);
        assert_eq!(out.stack(home).map(StackArtifact::dependencies), Some(&[other.to_owned()][..]));
    }
}
