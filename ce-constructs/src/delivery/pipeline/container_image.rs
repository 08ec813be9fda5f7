//! Images that a pipeline builds.

use ce_synth::value::IntoValue;
use ce_synth::{Document, Environment};

use crate::compute::Repository;

/// An image that the pipeline builds, scans, and pushes under the commit it is made of.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::compute::Repository;
/// use ce_constructs::delivery::ContainerImage;
/// # let app = App::new();
/// # let stack = app.stack("Images", PROD);
/// let repository = Repository::builder().named("shop/api").build(stack, "Api");
/// let api = ContainerImage::new("api", &repository).folder("services/api");
/// # let _ = api;
/// # app.synth().unwrap();
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerImage {
    name: String,
    environment: Environment,
    repository: Document,
    folder: String,
    file: Option<String>,
}

impl ContainerImage {
    /// An image, by a short name, for a repository of the app.
    pub fn new(name: impl Into<String>, repository: &Repository<'_>) -> Self {
        let resource = repository.repository();
        let reference = Document::new().shell(IntoValue::<String>::into_value(resource.ref_()));
        Self::with(name.into(), resource.scope().environment(), reference)
    }

    /// An image for a repository that another app has made, by its name.
    pub fn named(name: impl Into<String>, environment: Environment, repository: impl Into<String>) -> Self {
        Self::with(name.into(), environment, Document::from(repository.into()))
    }

    fn with(name: String, environment: Environment, repository: Document) -> Self {
        Self { name, environment, repository, folder: ".".to_owned(), file: None }
    }

    /// The folder it is built from. Default: the repository's.
    pub fn folder(mut self, folder: impl Into<String>) -> Self {
        self.folder = folder.into();
        self
    }

    /// The file that says how. Default: the folder's `Dockerfile`.
    pub fn file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn environment(&self) -> Environment {
        self.environment
    }

    /// The registry's host.
    pub(super) fn registry(&self) -> String {
        let Environment { account, region, .. } = self.environment;
        let end = if region.partition() == "aws-cn" { "amazonaws.com.cn" } else { "amazonaws.com" };
        format!("{account}.dkr.ecr.{region}.{end}")
    }

    /// The script that builds it and tells later steps its name, `$IMAGE`.
    pub(super) fn build_script(&self) -> Document {
        let file = self.file.as_ref().map(|file| format!(" --file {file}")).unwrap_or_default();
        Document::from(format!("IMAGE={}/", self.registry()))
            .then(self.repository.clone())
            .text(":$GITHUB_SHA\necho \"IMAGE=$IMAGE\" >> \"$GITHUB_ENV\"\n")
            .text(format!("docker build --pull --tag \"$IMAGE\"{file} {}\n", self.folder))
    }
}
