//! Detectors in regions that have no stack of their own.

use ce_cfn::cloudformation;
use ce_cfn::cloudformation::stack_set::{AutoDeployment, DeploymentTargets, PermissionModel, StackInstances};
use ce_cfn::guardduty;
use ce_synth::value::{account_id, partition};
use ce_synth::{CfnResource, Expr, Region, Scope, join};

/// How a stack set may make stacks.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StackSetAuthority {
    /// In this account, with the two roles of CloudFormation's own names that must be there.
    SelfManaged,
    /// In every account of these organizational units, `ou-abcd-12345678`; only the management account, or one it
    /// delegates to, may.
    Organization(Vec<String>),
}

/// The roles CloudFormation looks for when none is named.
const ADMINISTRATION: &str = "AWSCloudFormationStackSetAdministrationRole";
const EXECUTION: &str = "AWSCloudFormationStackSetExecutionRole";

#[track_caller]
pub(super) fn place<'a>(
    scope: Scope<'a>,
    name: String,
    regions: &[Region],
    authority: StackSetAuthority,
    detector: guardduty::Detector,
) -> cloudformation::StackSetRef<'a> {
    let regions: Vec<&str> = regions.iter().map(|region| region.as_str()).collect();
    let set = cloudformation::StackSet::new()
        .stack_set_name(name)
        .description("GuardDuty in the regions that have no stack of their own")
        .template_body(template(detector));
    let set = match authority {
        StackSetAuthority::SelfManaged => {
            let here = DeploymentTargets::new().accounts([account_id()]);
            let role = join!["arn:", partition(), ":iam::", account_id(), ":role/", ADMINISTRATION];
            set.permission_model(PermissionModel::SELF_MANAGED)
                .administration_role_arn(Expr::from(role))
                .execution_role_name(EXECUTION)
                .stack_instances_group([StackInstances::new().regions(regions).deployment_targets(here)])
        }
        StackSetAuthority::Organization(units) => {
            let there = DeploymentTargets::new().organizational_unit_ids(units);
            set.permission_model(PermissionModel::SERVICE_MANAGED)
                .auto_deployment(AutoDeployment::new().enabled(true).retain_stacks_on_account_removal(false))
                .stack_instances_group([StackInstances::new().regions(regions).deployment_targets(there)])
        }
    };
    scope.add("OtherRegions", set)
}

fn template(detector: guardduty::Detector) -> String {
    let resource = [("Type", guardduty::Detector::TYPE.into()), ("Properties", Expr::from(detector.into_properties()))];
    let resources = Expr::object([("Detector", Expr::object(resource))]);
    Expr::object([("AWSTemplateFormatVersion", "2010-09-09".into()), ("Resources", resources)]).to_json()
}
