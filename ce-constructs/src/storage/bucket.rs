//! Buckets: where objects are kept.

use std::fmt;

use ce_cfn::{ids, s3};
use ce_synth::value::{account_id, joined, partition};
use ce_synth::{IntoValue, Scope, Value, join};

use super::{BucketBuilder, BucketGrants, LogSource, rules};
use crate::security::{Action, Key, Principal, Statement, document};

const EVERYTHING: Action = Action::new("s3:*");

/// A bucket of S3; `Copy`.
///
/// ```
/// # use ce_constructs::security::{Principal, Role};
/// # use ce_constructs::storage::{Bucket, BucketName, LifecycleRule};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// # let role = Role::builder(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Tasks");
/// const UPLOADS: BucketName = BucketName::new("shop-prod-uploads");
/// let logs = Bucket::builder().logs_of_buckets().build(stack, "Logs");
/// let uploads = Bucket::builder()
///     .named(UPLOADS)
///     .lifecycle(LifecycleRule::intelligent_tiering())
///     .access_logs_to(&logs, "uploads/")
///     .build(stack, "Uploads");
/// uploads.grants().read_write(&role);
/// # app.synth().unwrap();
/// ```
///
/// By default it has versions, is encrypted by S3, refuses the public and every request without TLS, belongs wholly to
/// its account (no ACLs), throws unfinished uploads away after seven days, and stays when it leaves the template.
#[derive(Clone, Copy)]
pub struct Bucket<'a> {
    scope: Scope<'a>,
    resource: s3::BucketRef<'a>,
    key: Option<Key<'a>>,
}

impl fmt::Debug for Bucket<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scope.path())
    }
}

impl<'a> Bucket<'a> {
    /// A bucket.
    pub fn builder() -> BucketBuilder<'a> {
        BucketBuilder::new()
    }

    pub(super) fn new(scope: Scope<'a>, resource: s3::BucketRef<'a>, key: Option<Key<'a>>) -> Self {
        Self { scope, resource, key }
    }

    /// The bucket's ARN.
    pub fn arn(self) -> Value<ids::S3BucketArn> {
        self.resource.arn()
    }

    /// The bucket's name.
    pub fn name(self) -> Value<ids::S3Bucket> {
        self.resource.ref_()
    }

    /// The name by which it is found in its region, as origins of a CDN are: `name.s3.eu-west-1.amazonaws.com`.
    pub fn regional_domain_name(self) -> Value<String> {
        self.resource.regional_domain_name()
    }

    /// The ARN of the objects that match a key with wildcards, such as `exports/*`.
    pub fn objects(self, pattern: &str) -> Value<String> {
        self.objects_of([pattern.into_value()])
    }

    /// The same for a pattern that is put together from parts.
    pub(super) fn objects_of(self, pattern: impl IntoIterator<Item = Value<String>>) -> Value<String> {
        joined([self.arn().into_value(), "/".into_value()].into_iter().chain(pattern))
    }

    /// Whether new objects cannot be deleted for a time.
    pub fn locks_objects(self) -> bool {
        self.resource.peek("ObjectLockConfiguration.Rule").is_some()
    }

    /// The resource, for what this block does not set.
    pub fn bucket(self) -> s3::BucketRef<'a> {
        self.resource
    }

    /// The key that encrypts it, if S3's own does not.
    pub fn key(self) -> Option<Key<'a>> {
        self.key
    }

    /// The scope of the bucket and of what belongs to it.
    pub fn scope(self) -> Scope<'a> {
        self.scope
    }

    /// What others may be allowed to do with it.
    pub fn grants(self) -> BucketGrants<'a> {
        BucketGrants::new(self)
    }

    /// The bucket's policy, once there is one. What writes logs into the bucket must wait for it.
    pub fn policy(self) -> Option<s3::BucketPolicyRef<'a>> {
        self.scope.find::<s3::BucketPolicy>("Policy/Resource")
    }

    /// Adds a statement to the bucket's policy.
    #[track_caller]
    pub fn allow(self, statement: Statement) -> Self {
        statement.check_for_resource(self.scope);
        let policy = match self.policy() {
            Some(policy) => policy,
            None => self.make_policy(),
        };
        let mut text = policy.peek("PolicyDocument").unwrap_or_else(|| document::document([]));
        document::push(&mut text, statement);
        policy.update(|policy| policy.policy_document(text));
        self
    }

    #[track_caller]
    fn make_policy(self) -> s3::BucketPolicyRef<'a> {
        let policy = s3::BucketPolicy::new().bucket(self.resource).policy_document(document::document([]));
        self.scope.child("Policy").add("Resource", policy)
    }

    /// Lets a service write its logs below a prefix, which ends in a slash or is empty.
    #[track_caller]
    pub fn receive_logs(self, source: &LogSource, prefix: &str) -> Self {
        rules::log_target::check(self, source, prefix);
        for statement in source.statements(self, prefix) {
            self.allow(statement);
        }
        if source.needs_lists() {
            self.keep_lists();
        }
        if let (Some(key), Some(service)) = (self.key, source.uses_key(self.scope.region())) {
            key.allow_service(service);
        }
        self
    }

    /// What CloudFront's older logs need.
    fn keep_lists(self) {
        let preferred = s3::bucket::ObjectOwnership::BUCKET_OWNER_PREFERRED;
        self.resource.update(|bucket| bucket.ownership_controls(ownership(preferred)));
    }

    /// Lets one distribution of CloudFront read every object, through its origin access control. A distribution that is
    /// in another stack is best let in with [`allow_own_cloudfront`](Self::allow_own_cloudfront): both would need each
    /// other.
    #[track_caller]
    pub fn allow_cloudfront(self, distribution_arn: impl IntoValue<String>) -> Self {
        self.let_cloudfront_read("StringEquals", distribution_arn.into_value())
    }

    /// Lets every distribution of the account read every object, through their origin access controls.
    #[track_caller]
    pub fn allow_own_cloudfront(self) -> Self {
        self.let_cloudfront_read("ArnLike", own_distributions())
    }

    #[track_caller]
    fn let_cloudfront_read(self, operator: &'static str, distribution: Value<String>) -> Self {
        let service = || Principal::service("cloudfront.amazonaws.com");
        let read = Statement::allow([Action::new("s3:GetObject")]).principal(service()).on([self.objects("*")]);
        self.allow(read.when(operator, "aws:SourceArn", distribution));
        if let Some(key) = self.key {
            // By pattern: the distribution waits for the bucket, and the bucket for the key.
            let decrypt = Statement::allow([Action::new("kms:Decrypt")]).principal(service());
            key.allow(decrypt.when("ArnLike", "aws:SourceArn", own_distributions()));
        }
        self
    }

    /// Refuses every request without TLS.
    #[track_caller]
    pub(super) fn refuse_plain_text(self) {
        let refuse = Statement::deny([EVERYTHING]).principal(Principal::anyone()).on(self.all());
        self.allow(refuse.when("Bool", "aws:SecureTransport", "false"));
    }

    /// Refuses to delete versions, or to change the lifecycle so that it does, without a second factor.
    #[track_caller]
    pub(super) fn refuse_deletion_without_mfa(self) {
        let delete = [Action::new("s3:DeleteObjectVersion")];
        for statement in [
            Statement::deny(delete).on([self.objects("*")]),
            Statement::deny([Action::new("s3:PutLifecycleConfiguration")]).on([self.arn()]),
        ] {
            let everyone = statement.principal(Principal::anyone());
            self.allow(everyone.when("BoolIfExists", "aws:MultiFactorAuthPresent", "false"));
        }
    }

    fn all(self) -> [Value<String>; 2] {
        [self.arn().into_value(), self.objects("*")]
    }
}

fn own_distributions() -> Value<String> {
    join!["arn:", partition(), ":cloudfront::", account_id(), ":distribution/*"]
}

pub(super) fn ownership(of: ce_synth::Literal<s3::bucket::ObjectOwnership>) -> s3::bucket::OwnershipControls {
    s3::bucket::OwnershipControls::new().rules([s3::bucket::OwnershipControlsRule::new().object_ownership(of)])
}
