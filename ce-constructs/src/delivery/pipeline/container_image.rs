//! Images that a pipeline builds.

use ce_synth::value::IntoValue;
use ce_synth::{Document, Environment};

use crate::compute::Repository;
use crate::delivery::AssumedRole;

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
    copies: Vec<ImageCopy>,
    folder: String,
    file: Option<String>,
}

/// Another registry that an image is pushed to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ImageCopy {
    pub(super) environment: Environment,
    pub(super) role: AssumedRole,
    repository: String,
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
        Self { name, environment, repository, copies: Vec::new(), folder: ".".to_owned(), file: None }
    }

    /// Pushes it to the registry of another environment too, to a repository by its name, with a role there that trusts
    /// the branch; called again, to another. What was scanned once is what runs everywhere. Default: to its own alone.
    pub fn copied_to(
        mut self,
        environment: Environment,
        repository: impl Into<String>,
        role: impl Into<AssumedRole>,
    ) -> Self {
        self.copies.push(ImageCopy { environment, role: role.into(), repository: repository.into() });
        self
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

    pub(super) fn copies(&self) -> &[ImageCopy] {
        &self.copies
    }

    /// Where it is in its own registry, as a shell takes it, without a tag.
    pub(in crate::delivery) fn uri(&self) -> Document {
        Document::from(format!("{}/", registry(self.environment))).then(self.repository.clone())
    }

    /// The script that builds it and tells later steps its name, `$IMAGE`.
    pub(super) fn build_script(&self) -> Document {
        let file = self.file.as_ref().map(|file| format!(" --file {file}")).unwrap_or_default();
        Document::from("IMAGE=")
            .then(self.uri())
            .text(":$GITHUB_SHA\necho \"IMAGE=$IMAGE\" >> \"$GITHUB_ENV\"\n")
            .text(format!("docker build --pull --tag \"$IMAGE\"{file} {}\n", self.folder))
    }

    /// The script that pushes it wherever it is not yet: tags stay with their images, and a run that is started again
    /// finds its image there.
    pub(super) fn push_script(&self) -> String {
        let own = pushed("IMAGE", "");
        if self.copies.is_empty() {
            return own;
        }
        let copies = self
            .copies
            .iter()
            .map(|copy| format!(" \\\n  \"{}/{}:$GITHUB_SHA\"", registry(copy.environment), copy.repository));
        let copy = pushed("COPY", "docker tag \"$IMAGE\" \"$COPY\"\n  ").trim_end().replace('\n', "\n  ");
        format!("{own}for COPY in{}; do\n  {copy}\ndone\n", copies.collect::<String>())
    }
}

/// Pushes the image that a variable names, unless it is there.
fn pushed(variable: &str, before: &str) -> String {
    format!(
        "if docker manifest inspect \"${variable}\" > /dev/null 2>&1; then\n  \
         echo \"${variable} is there already\"\n\
         else\n  \
         {before}docker push \"${variable}\"\n\
         fi\n"
    )
}

/// The host of an environment's registry.
pub(super) fn registry(Environment { account, region, .. }: Environment) -> String {
    let end = if region.partition() == "aws-cn" { "amazonaws.com.cn" } else { "amazonaws.com" };
    format!("{account}.dkr.ecr.{region}.{end}")
}
