//! Which web pages may use a bucket's objects.

use ce_cfn::s3::bucket::{AllowedMethods, CorsRule};
use ce_synth::{Duration, Literal, Scope};

use super::rules;

/// A method a page may use across origins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorsMethod {
    /// Reads an object.
    Get,
    /// Reads what is said about an object.
    Head,
    /// Writes an object.
    Put,
    /// Writes an object from a form.
    Post,
    /// Deletes an object.
    Delete,
}

impl CorsMethod {
    fn literal(self) -> Literal<AllowedMethods> {
        match self {
            Self::Get => AllowedMethods::GET,
            Self::Head => AllowedMethods::HEAD,
            Self::Put => AllowedMethods::PUT,
            Self::Post => AllowedMethods::POST,
            Self::Delete => AllowedMethods::DELETE,
        }
    }
}

/// Lets pages of some origins use a bucket's objects from scripts.
///
/// ```
/// use ce_constructs::storage::{Cors, CorsMethod};
/// use ce_synth::Duration;
/// let uploads = Cors::new(["https://shop.example"], [CorsMethod::Get, CorsMethod::Put])
///     .expose_headers(["ETag"])
///     .max_age(Duration::minutes(50));
/// # let _ = uploads;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cors {
    origins: Vec<String>,
    methods: Vec<CorsMethod>,
    headers: Vec<String>,
    exposed: Vec<String>,
    max_age: Option<Duration>,
}

impl Cors {
    /// Lets pages of these origins, `https://shop.example`, use these methods.
    pub fn new<O: Into<String>>(
        origins: impl IntoIterator<Item = O>,
        methods: impl IntoIterator<Item = CorsMethod>,
    ) -> Self {
        let (headers, exposed) = Default::default();
        let origins = origins.into_iter().map(Into::into).collect();
        Self { origins, methods: methods.into_iter().collect(), headers, exposed, max_age: None }
    }

    /// The headers a page may send. Default: the ones browsers always send.
    pub fn allow_headers<H: Into<String>>(mut self, headers: impl IntoIterator<Item = H>) -> Self {
        self.headers.extend(headers.into_iter().map(Into::into));
        self
    }

    /// The headers of the answer a page may read. Default: the ones browsers always show.
    pub fn expose_headers<H: Into<String>>(mut self, headers: impl IntoIterator<Item = H>) -> Self {
        self.exposed.extend(headers.into_iter().map(Into::into));
        self
    }

    /// How long a browser may remember the answer. Default: it asks each time.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age);
        self
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        let writes = self.methods.iter().any(|method| !matches!(method, CorsMethod::Get | CorsMethod::Head));
        rules::cors::check(scope, &self.origins, self.methods.len(), writes);
    }

    pub(super) fn property(&self) -> CorsRule {
        let methods: Vec<_> = self.methods.iter().map(|method| method.literal()).collect();
        let some = |headers: &Vec<String>| (!headers.is_empty()).then(|| headers.clone());
        CorsRule::new()
            .allowed_origins(self.origins.clone())
            .allowed_methods(methods)
            .allowed_headers(some(&self.headers))
            .exposed_headers(some(&self.exposed))
            .max_age(self.max_age.map(Duration::as_seconds))
    }
}
