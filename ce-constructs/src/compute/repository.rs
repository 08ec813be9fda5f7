//! Repositories of container images.

use ce_cfn::{ecr, ids};
use ce_synth::{Account, DeletionPolicy, IntoValue, Scope, UpdateReplacePolicy, Value};
use serde_json::json;

use crate::security::{Action, Grantee, Key, Principal, Statement, document};

/// A repository of ECR.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::compute::Repository;
/// # let app = App::new();
/// # let scope = app.stack("Images", PROD);
/// let images = Repository::builder().named("shop/api").build(scope, "Api");
/// # app.synth().unwrap();
/// ```
///
/// By default images are scanned when they are pushed, a tag once given stays with its image, the last 100 images are
/// kept, images without a tag for a week, and the repository stays when it leaves the template. It pushes nothing.
#[derive(Clone, Copy)]
pub struct Repository<'a> {
    repository: ecr::RepositoryRef<'a>,
}

/// Builder of a [`Repository`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct RepositoryBuilder {
    name: Option<Value<String>>,
    key: Option<Value<ids::KmsKeyArn>>,
    kept: u16,
    untagged_days: u16,
    mutable_tags: Vec<String>,
    readers: Vec<Account>,
    emptied: bool,
}

pub(super) const PULL: [Action; 3] = [
    Action::new("ecr:BatchCheckLayerAvailability"),
    Action::new("ecr:BatchGetImage"),
    Action::new("ecr:GetDownloadUrlForLayer"),
];

const PUSH: [Action; 4] = [
    Action::new("ecr:CompleteLayerUpload"),
    Action::new("ecr:InitiateLayerUpload"),
    Action::new("ecr:PutImage"),
    Action::new("ecr:UploadLayerPart"),
];

/// Source: <https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html>
pub(super) fn sign_in() -> Statement {
    Statement::allow([Action::new("ecr:GetAuthorizationToken")])
        .on(["*"])
        .with_wildcard_reason("signing in to the registry knows no resources")
}

impl Repository<'_> {
    /// A repository.
    pub fn builder() -> RepositoryBuilder {
        RepositoryBuilder {
            name: None,
            key: None,
            kept: 100,
            untagged_days: 7,
            mutable_tags: Vec::new(),
            readers: Vec::new(),
            emptied: false,
        }
    }
}

impl RepositoryBuilder {
    /// Names the repository, with `/` for folders. Default: a name that CloudFormation makes.
    pub fn named(mut self, name: impl IntoValue<String>) -> Self {
        self.name = Some(name.into_value());
        self
    }

    /// Encrypts images with a key. Cannot be changed later. Default: the key that ECR keeps in the account, `aws/ecr`.
    pub fn encrypted_by(mut self, key: &Key<'_>) -> Self {
        self.key = Some(key.arn());
        self
    }

    /// How many images are kept, the newest. Default: 100.
    pub fn keep(mut self, images: u16) -> Self {
        self.kept = images.max(1);
        self
    }

    /// For how many days images without a tag are kept. Default: 7.
    pub fn keep_untagged(mut self, days: u16) -> Self {
        self.untagged_days = days.max(1);
        self
    }

    /// Tags that may move to another image, `*` stands for any text: `main-*`. Default: none.
    pub fn mutable_tag(mut self, pattern: impl Into<String>) -> Self {
        self.mutable_tags.push(pattern.into());
        self
    }

    /// Lets another account pull. Default: none.
    pub fn readable_by(mut self, account: Account) -> Self {
        self.readers.push(account);
        self
    }

    /// Whether deleting the repository deletes its images too; without, a repository with images cannot be deleted.
    /// Default: false.
    pub fn emptied_on_delete(mut self, on: bool) -> Self {
        self.emptied = on;
        self
    }

    /// Adds the repository.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> Repository<'a> {
        // Without a key, `KMS` stands for the one that ECR keeps: it costs nothing, and its use is on record.
        let encryption = ecr::repository::EncryptionConfiguration::new().encryption_type("KMS").kms_key(self.key);
        let lifecycle = ecr::repository::LifecyclePolicy::new()
            .lifecycle_policy_text(lifecycle(self.kept, self.untagged_days).to_string());
        let mut repository = ecr::Repository::new()
            .repository_name(self.name)
            .image_scanning_configuration(ecr::repository::ImageScanningConfiguration::new().scan_on_push(true))
            .encryption_configuration(encryption)
            .lifecycle_policy(lifecycle)
            .empty_on_delete(self.emptied.then_some(true));
        repository = with_mutability(repository, self.mutable_tags);
        if !self.readers.is_empty() {
            let readers =
                self.readers.into_iter().map(|account| Statement::allow(PULL).principal(Principal::account(account)));
            repository = repository.repository_policy_text(document::document(readers));
        }
        let repository = scope.child(id).add("Resource", repository);
        repository.deletion_policy(DeletionPolicy::Retain).update_replace_policy(UpdateReplacePolicy::Retain);
        Repository { repository }
    }
}

fn with_mutability(repository: ecr::Repository, mutable: Vec<String>) -> ecr::Repository {
    use ecr::repository::{ImageTagMutability, ImageTagMutabilityExclusionFilter as Filter};
    if mutable.is_empty() {
        return repository.image_tag_mutability(ImageTagMutability::IMMUTABLE);
    }
    let filters = mutable.into_iter().map(|pattern| {
        Filter::new()
            .image_tag_mutability_exclusion_filter_type("WILDCARD")
            .image_tag_mutability_exclusion_filter_value(pattern)
    });
    repository
        .image_tag_mutability(ImageTagMutability::IMMUTABLE_WITH_EXCLUSION)
        .image_tag_mutability_exclusion_filters(filters.collect::<Vec<_>>())
}

/// Source: <https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html>
fn lifecycle(kept: u16, untagged_days: u16) -> serde_json::Value {
    let expire = json!({ "type": "expire" });
    json!({ "rules": [
        {
            "rulePriority": 1,
            "description": "images without a tag",
            "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": untagged_days,
            },
            "action": expire,
        },
        {
            "rulePriority": 2,
            "description": "old images",
            "selection": { "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": kept },
            "action": expire,
        },
    ] })
}

impl<'a> Repository<'a> {
    /// What images are pushed to and pulled from, without a version.
    pub fn uri(self) -> Value<String> {
        self.repository.repository_uri()
    }

    /// The repository's ARN.
    pub fn arn(self) -> Value<ids::EcrRepositoryArn> {
        self.repository.arn()
    }

    /// Lets a role pull.
    #[track_caller]
    pub fn allow_pull(self, grantee: &(impl Grantee + ?Sized)) -> Self {
        grantee.role().allow(sign_in()).allow(Statement::allow(PULL).on([self.arn()]));
        self
    }

    /// Lets a role push, as a pipeline's does.
    #[track_caller]
    pub fn allow_push(self, grantee: &(impl Grantee + ?Sized)) -> Self {
        let push = Statement::allow(PULL.into_iter().chain(PUSH)).on([self.arn()]);
        grantee.role().allow(sign_in()).allow(push);
        self
    }

    /// The generated resource.
    pub fn repository(self) -> ecr::RepositoryRef<'a> {
        self.repository
    }
}
