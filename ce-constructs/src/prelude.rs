//! What an app needs of the blocks, in one `use`.
//!
//! Names that two chapters share (`Capacity`, `Action`, `Parameter`) are left to their chapters.

pub use crate::backup::{
    BackupPlan, BackupReport, BackupRule, BackupVault, CopyTo, ProtectedKind, RestoreTest, RestoreTesting, VaultLock,
    VaultName,
};
pub use crate::cidr;
pub use crate::compute::{EcsCluster, FargateService, ImageSource, ImageVersion, Repository, TaskSize, Tracking};
pub use crate::data::{
    Acu, AuroraCluster, AuroraEngine, AuroraGlobal, BackupRetention, CacheEngine, DailyWindow, InstanceClass,
    MonitoringInterval, NodeType, RdsEngine, RdsInstance, ReaderScaling, RedisCluster, RedisGlobal, WeeklyWindow,
};
pub use crate::edge::{
    Cdn, Certificate, GlobalCertificate, GlobalWebFirewall, HealthCheck, HostedZone, Record, WebFirewall,
};
pub use crate::governance::{
    AuditTrail, Budget, ConfigRecorder, ConfigRule, CostGuard, CostReport, CrossAccountRole, ManagedRule, RequiredTags,
    SecurityPosture, ThreatDetection,
};
pub use crate::network::load_balancer::{
    ApplicationLoadBalancer, Exposure, Listener, Route, TargetGroup, TargetHealth, TlsPolicy,
};
pub use crate::network::{
    AwsService, Cidr, Connect, Connections, ExistingVpc, MultiAzVpc, Nat, Network, NetworkAcl, Peer, Port,
    SecurityGroup, Subnet, SubnetTier,
};
pub use crate::observe::{
    Alarm, AlarmCondition, AlarmTier, Canary, Channel, CompositeAlarm, Dashboard, Escalation, LogGroup, Metric,
    QueryDefinition, Retention, SamplingRule, ServiceObjective, Statistic, Topic, TraceGroup, Watch, Watched,
    Watchlist, Widget,
};
pub use crate::operations::{
    ApiCall, ApiOperation, AutomationDocument, EventPattern, EventRule, ScheduleExpression, Step, TimeZone,
};
pub use crate::security::{Grantee, Key, ManagedPolicy, Principal, ReplicaKey, Role, Rotation, Secret, Statement};
pub use crate::storage::Bucket;
