use ce_constructs::data::{
    AuroraCluster, AuroraEngine, AuroraGlobal, Capacity, InstanceClass, Login, ManagedLogin, ReaderScaling,
};
use ce_synth::{App, Assembly, Findings, Region};
use serde_json::json;

use super::{PROD, codes, only, resources, vpc, whole};

const CLUSTER: &str = "AWS::RDS::DBCluster";

/// A primary in us-east-1 and a secondary in us-west-2.
fn pair(
    secondary: impl for<'n, 'a> FnOnce(
        ce_constructs::data::AuroraClusterBuilder<'n, 'a>,
    ) -> ce_constructs::data::AuroraClusterBuilder<'n, 'a>,
) -> Result<Assembly, Findings> {
    let app = App::new();
    build(&app, secondary);
    app.synth()
}

fn build(
    app: &App,
    secondary: impl for<'n, 'a> FnOnce(
        ce_constructs::data::AuroraClusterBuilder<'n, 'a>,
    ) -> ce_constructs::data::AuroraClusterBuilder<'n, 'a>,
) {
    let (here, there) = (app.stack("Here", PROD), app.stack("There", PROD.in_region(Region::US_WEST_2)));
    let global = AuroraGlobal::builder("shop", AuroraEngine::postgresql("15.17")).build(here, "Global");
    AuroraCluster::builder(&vpc(here)).global(&global).database("orders").build(here, "Orders");
    there.stack().independent_of(here);
    secondary(AuroraCluster::builder(&vpc(there)).global(&global)).build(there, "Orders");
}

#[test]
fn a_secondary_has_no_credentials_and_forwards_writes() {
    let assembly = pair(|cluster| cluster).unwrap_or_else(|findings| panic!("{findings}"));
    assert!(assembly.findings().is_empty(), "{}", assembly.findings());
    let (here, there) = (resources(&assembly, "Here"), resources(&assembly, "There"));
    let (primary, secondary) = (only(&here, CLUSTER), only(&there, CLUSTER));
    assert!(primary["GlobalClusterIdentifier"]["Ref"].is_string());
    assert_eq!((&primary["DatabaseName"], &primary["MasterUsername"]), (&json!("orders"), &json!("dbadmin")));
    assert_eq!(secondary["GlobalClusterIdentifier"], "shop");
    assert_eq!(secondary["EnableGlobalWriteForwarding"], true);
    for absent in ["MasterUsername", "MasterUserPassword", "DatabaseName", "EngineLifecycleSupport"] {
        assert!(secondary[absent].is_null(), "{absent}");
    }
    let global = only(&here, "AWS::RDS::GlobalCluster");
    for cluster in [primary, secondary, global] {
        assert_eq!(cluster["EngineVersion"], "15.17");
    }
    assert!(whole(&there, "AWS::SecretsManager::Secret").is_empty());
    assert_eq!(whole(&there, "AWS::RDS::DBInstance").len(), 2);
    let stack = assembly.stack("There").unwrap_or_else(|| panic!("no stack"));
    assert_eq!(stack.dependencies(), ["Here"], "made after the global database, without looking into its stack");
}

#[test]
fn readers_of_a_secondary_are_not_scaled() {
    let result = pair(|cluster| cluster.scale_readers(ReaderScaling::between(1..=5)));
    assert_eq!(codes(&result), ["CE3008"]);
}

#[test]
fn a_member_does_not_burst() {
    let result = pair(|cluster| cluster.capacity(Capacity::provisioned(InstanceClass::new("db.t3.medium"), 1)));
    assert_eq!(codes(&result), ["CE3003"]);
}

#[test]
fn a_member_keeps_its_own_password() {
    let result = pair(|cluster| cluster.credentials(ManagedLogin::new("shop")));
    assert_eq!(codes(&result), ["CE3013"]);
    assert!(codes(&pair(|cluster| cluster.credentials(Login::new("shop")))).is_empty());
}

#[test]
fn members_have_one_engine() {
    let result = pair(|cluster| cluster.engine(AuroraEngine::POSTGRESQL_17));
    assert_eq!(codes(&result), ["CE3017"]);
}

#[test]
fn a_region_has_one_member() {
    let app = App::new();
    let here = app.stack("Here", PROD);
    let global = AuroraGlobal::builder("shop", AuroraEngine::POSTGRESQL_17).build(here, "Global");
    AuroraCluster::builder(&vpc(here)).global(&global).build(here, "Orders");
    AuroraCluster::builder(&vpc(here)).global(&global).build(here, "Others");
    assert_eq!(codes(&app.synth()), ["CE3017"]);
}
