//! Where a container's image comes from.

use ce_cfn::ids;
use ce_synth::{Expr, IntoValue, Value, join};

use super::{PullThroughCache, Repository};
use crate::security::Secret;

/// The image of a container: where it is, which version, and how it is pulled.
///
/// ```
/// use ce_constructs::compute::{ImageSource, ImageVersion};
/// let web = ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"));
/// ```
#[derive(Clone)]
pub struct ImageSource<'a> {
    pub(super) reference: Value<String>,
    pub(super) pull: Pull<'a>,
    pub(super) version: ImageVersion,
}

/// What the execution role needs to pull an image.
#[derive(Clone)]
pub(super) enum Pull<'a> {
    /// Nothing: everybody may.
    Public,
    /// A repository of ECR.
    Repository(Value<ids::EcrRepositoryArn>),
    /// A user and password in a secret.
    Credentials(Secret<'a>),
    /// A repository that ECR makes when it is first asked.
    Cache(Value<String>),
}

/// Which version of an image: what `latest` names changes under a running service, and is a finding.
#[derive(Clone, Debug)]
pub enum ImageVersion {
    /// A tag, such as `1.4.2` or a commit; may be known at deployment only.
    Tag(Value<String>),
    /// The digest of the image's content, `sha256:…`.
    Digest(Value<String>),
}

impl ImageVersion {
    /// A tag.
    pub fn tag(tag: impl IntoValue<String>) -> Self {
        Self::Tag(tag.into_value())
    }

    /// A digest, `sha256:…`.
    pub fn digest(digest: impl IntoValue<String>) -> Self {
        Self::Digest(digest.into_value())
    }

    pub(super) fn is_latest(&self) -> bool {
        matches!(self, Self::Tag(tag) if tag.expr().as_text() == Some("latest"))
    }

    fn of(&self, repository: Value<String>) -> Value<String> {
        match self {
            Self::Tag(tag) => join![repository, ":", tag],
            Self::Digest(digest) => join![repository, "@", digest],
        }
    }
}

impl<'a> ImageSource<'a> {
    fn new(repository: Value<String>, version: ImageVersion, pull: Pull<'a>) -> Self {
        Self { reference: version.of(repository), pull, version }
    }

    /// An image of a repository of the app.
    pub fn repository(repository: &Repository<'_>, version: ImageVersion) -> Self {
        Self::new(repository.uri(), version, Pull::Repository(repository.arn()))
    }

    /// An image that everybody may pull, such as `public.ecr.aws/nginx/nginx`.
    pub fn public(name: impl IntoValue<String>, version: ImageVersion) -> Self {
        Self::new(name.into_value(), version, Pull::Public)
    }

    /// An image of a private registry, such as `ghcr.io/shop/api`, with the user and the password of a secret that
    /// holds `{"username": …, "password": …}`.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html>
    pub fn private(name: impl IntoValue<String>, version: ImageVersion, credentials: &Secret<'a>) -> Self {
        Self::new(name.into_value(), version, Pull::Credentials(credentials.clone()))
    }

    /// An image that ECR keeps a copy of: its name in the other registry, such as `shop/api`.
    pub fn cached(cache: &PullThroughCache<'_>, name: &str, version: ImageVersion) -> Self {
        Self::new(cache.uri(name), version, Pull::Cache(cache.repository_arn(name)))
    }

    pub(super) fn credentials(&self) -> Expr {
        match &self.pull {
            Pull::Credentials(secret) => secret.arn().into_expr(),
            _ => Expr::Null,
        }
    }
}
