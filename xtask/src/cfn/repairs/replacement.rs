//! Properties whose change replaces the resource, though their registry schema does not say so.
//!
//! Found by the witnesses of `docs/prediction.md`: the CloudFormation Resource Specification 186.0.0 (2024-10-21) calls
//! each of these `Immutable`, and the template reference says "Update requires: Replacement" of each that it knows.

use super::Repair;
use crate::cfn::model::Model;

pub(super) const REPAIRS: &[Repair] = &[
    ("inner_properties_that_replace", inner_properties_that_replace),
    ("documented_to_replace", documented_to_replace),
];

/// A type that CloudFormation makes by itself has a schema without handlers, derived from the specification: the
/// properties at its top came over, those within did not.
fn inner_properties_that_replace(model: &mut Model) -> bool {
    INNER.iter().all(|(name, paths)| {
        let Some(resource) = model.types.get_mut(*name) else { return false };
        paths.iter().all(|path| resource.create_only.insert((*path).to_owned()))
    })
}

/// The schema of today lets these be changed in place and both documents say that they replace. No action of the service
/// takes them for an update (botocore's models, by name), or the schemas never called them create-only though the
/// documents always did: nobody can tell without an account, so the service decides.
fn documented_to_replace(model: &mut Model) -> bool {
    DOCUMENTED.iter().all(|(name, paths)| {
        let Some(resource) = model.types.get_mut(*name) else { return false };
        let is_new = paths.iter().all(|path| !resource.create_only.contains(*path));
        is_new && paths.iter().all(|path| resource.conditional_create_only.insert((*path).to_owned()))
    })
}

const INNER: [(&str, &[&str]); 9] = [
    (
        "AWS::EMR::Cluster",
        &[
            "Instances/AdditionalMasterSecurityGroups",
            "Instances/AdditionalSlaveSecurityGroups",
            "Instances/CoreInstanceFleet",
            "Instances/CoreInstanceGroup",
            "Instances/Ec2KeyName",
            "Instances/Ec2SubnetId",
            "Instances/Ec2SubnetIds",
            "Instances/EmrManagedMasterSecurityGroup",
            "Instances/EmrManagedSlaveSecurityGroup",
            "Instances/HadoopVersion",
            "Instances/KeepJobFlowAliveWhenNoSteps",
            "Instances/MasterInstanceFleet",
            "Instances/MasterInstanceGroup",
            "Instances/Placement",
            "Instances/ServiceAccessSecurityGroup",
            "Instances/TaskInstanceFleets/*/LaunchSpecifications",
            "Instances/TaskInstanceFleets/*/Name",
            "Instances/TaskInstanceGroups/*/BidPrice",
            "Instances/TaskInstanceGroups/*/Configurations",
            "Instances/TaskInstanceGroups/*/CustomAmiId",
            "Instances/TaskInstanceGroups/*/EbsConfiguration",
            "Instances/TaskInstanceGroups/*/InstanceType",
            "Instances/TaskInstanceGroups/*/Market",
            "Instances/TaskInstanceGroups/*/Name",
        ],
    ),
    ("AWS::Elasticsearch::Domain", &["AdvancedSecurityOptions/Enabled", "EncryptionAtRestOptions/KmsKeyId"]),
    (
        "AWS::FSx::FileSystem",
        &[
            "LustreConfiguration/CopyTagsToBackups",
            "LustreConfiguration/DeploymentType",
            "LustreConfiguration/DriveCacheType",
            "LustreConfiguration/ExportPath",
            "LustreConfiguration/ImportPath",
            "LustreConfiguration/ImportedFileChunkSize",
            "OntapConfiguration/DeploymentType",
            "OntapConfiguration/EndpointIpAddressRange",
            "OntapConfiguration/PreferredSubnetId",
            "OpenZFSConfiguration/DeploymentType",
            "OpenZFSConfiguration/EndpointIpAddressRange",
            "OpenZFSConfiguration/PreferredSubnetId",
            "OpenZFSConfiguration/RootVolumeConfiguration/CopyTagsToSnapshots",
            "OpenZFSConfiguration/RootVolumeConfiguration/DataCompressionType",
            "OpenZFSConfiguration/RootVolumeConfiguration/NfsExports",
            "OpenZFSConfiguration/RootVolumeConfiguration/ReadOnly",
            "OpenZFSConfiguration/RootVolumeConfiguration/RecordSizeKiB",
            "OpenZFSConfiguration/RootVolumeConfiguration/UserAndGroupQuotas",
            "WindowsConfiguration/ActiveDirectoryId",
            "WindowsConfiguration/CopyTagsToBackups",
            "WindowsConfiguration/DeploymentType",
            "WindowsConfiguration/PreferredSubnetId",
            "WindowsConfiguration/SelfManagedActiveDirectoryConfiguration/DomainName",
            "WindowsConfiguration/SelfManagedActiveDirectoryConfiguration/FileSystemAdministratorsGroup",
            "WindowsConfiguration/SelfManagedActiveDirectoryConfiguration/OrganizationalUnitDistinguishedName",
        ],
    ),
    ("AWS::KinesisAnalytics::ApplicationOutput", &["Output/Name"]),
    ("AWS::KinesisAnalyticsV2::ApplicationOutput", &["Output/Name"]),
    ("AWS::KinesisAnalyticsV2::ApplicationReferenceDataSource", &["ReferenceDataSource/TableName"]),
    ("AWS::MediaLive::Channel", &["InputAttachments/*/InputId"]),
    ("AWS::MediaStore::Container", &["CorsPolicy/*/AllowedMethods"]),
    (
        "AWS::RDS::DBSecurityGroup",
        &[
            "DBSecurityGroupIngress/*/EC2SecurityGroupId",
            "DBSecurityGroupIngress/*/EC2SecurityGroupName",
            "DBSecurityGroupIngress/*/EC2SecurityGroupOwnerId",
        ],
    ),
];

const DOCUMENTED: [(&str, &[&str]); 14] = [
    ("AWS::AppSync::GraphQLSchema", &["ApiId"]),
    (
        "AWS::Budgets::Budget",
        &[
            "Budget/AutoAdjustData/AutoAdjustType",
            "Budget/AutoAdjustData/HistoricalOptions/BudgetAdjustmentPeriod",
            "Budget/PlannedBudgetLimits",
        ],
    ),
    ("AWS::Connect::ViewVersion", &["VersionDescription"]),
    ("AWS::EC2::EIP", &["Domain"]),
    ("AWS::EC2::TrafficMirrorSession", &["NetworkInterfaceId"]),
    ("AWS::EC2::VPCPeeringConnection", &["PeerRoleArn"]),
    // The specification has them conditional, the guide says "Replacement".
    ("AWS::EMR::Cluster", &["Instances/TaskInstanceFleets/*/InstanceTypeConfigs"]),
    (
        "AWS::EMR::InstanceFleetConfig",
        &["InstanceTypeConfigs/*/Configurations", "InstanceTypeConfigs/*/EbsConfiguration"],
    ),
    ("AWS::GameLift::Fleet", &["ApplyCapacity"]),
    // Also one of the properties that identify the record set.
    ("AWS::Route53::RecordSet", &["Name"]),
    ("AWS::SageMaker::Workteam", &["MemberDefinitions/*/CognitoMemberDefinition/CognitoUserPool"]),
    ("AWS::ServiceCatalog::PortfolioShare", &["AcceptLanguage"]),
    ("AWS::ServiceDiscovery::Service", &["DnsConfig/NamespaceId"]),
    ("AWS::Timestream::ScheduledQuery", &["ClientToken"]),
];
