//! Scans of code and images.

use crate::delivery::workflow::{CODEQL_ANALYZE, CODEQL_INIT, SNYK};
use crate::delivery::{Job, JobStep, PermissionScope, Permissions};

/// How bad a vulnerability has to be to stop the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanThreshold {
    /// Any.
    Low,
    /// Medium or worse.
    Medium,
    /// High or worse.
    High,
    /// Critical.
    Critical,
}

impl ScanThreshold {
    const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// Scans by CodeQL and Snyk: of the code before an image is built, of each image before it is pushed.
///
/// ```
/// use ce_constructs::delivery::{ScanThreshold, SecurityScan};
/// let scan = SecurityScan::new().languages(["rust", "javascript-typescript"]).fails_at(ScanThreshold::Critical);
/// # let _ = scan;
/// ```
///
/// By default Rust is looked at, what is high or worse stops the pipeline, and Snyk's token is the secret `SNYK_TOKEN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityScan {
    languages: Vec<String>,
    threshold: ScanThreshold,
    secret: String,
}

impl Default for SecurityScan {
    fn default() -> Self {
        Self::new()
    }
}

impl SecurityScan {
    /// Both scanners.
    pub fn new() -> Self {
        Self { languages: vec!["rust".to_owned()], threshold: ScanThreshold::High, secret: "SNYK_TOKEN".to_owned() }
    }

    /// The languages that CodeQL reads. Default: `rust`.
    pub fn languages<S: Into<String>>(mut self, languages: impl IntoIterator<Item = S>) -> Self {
        self.languages = languages.into_iter().map(Into::into).collect();
        self
    }

    /// How bad a vulnerability has to be to stop the pipeline. Default: high.
    pub fn fails_at(mut self, threshold: ScanThreshold) -> Self {
        self.threshold = threshold;
        self
    }

    /// The name of the secret that holds Snyk's token. Default: `SNYK_TOKEN`.
    pub fn token(mut self, secret: impl Into<String>) -> Self {
        self.secret = secret.into();
        self
    }

    /// The job that looks at the code.
    pub(super) fn job(&self) -> Job {
        let permissions =
            Permissions::read_code().read(PermissionScope::Actions).write(PermissionScope::SecurityEvents);
        let threshold = self.threshold.name();
        // Snyk ends with 3 where it knows no project: that is for CodeQL alone, and said, not hidden.
        let test = format!(
            "snyk test --all-projects --severity-threshold={threshold} || code=$?\n\
             if [ \"${{code:-0}}\" -eq 3 ]; then echo '::warning::Snyk knows no project here'; exit 0; fi\n\
             exit \"${{code:-0}}\"\n"
        );
        Job::new()
            .named("Security scan")
            .permissions(permissions)
            .step(JobStep::check_out())
            .step(
                JobStep::uses("Prepare CodeQL", CODEQL_INIT)
                    .with("languages", self.languages.join(","))
                    .with("build-mode", "none"),
            )
            .step(JobStep::uses("Analyze", CODEQL_ANALYZE))
            .step(Self::install())
            .step(self.with_token(JobStep::run("Look for vulnerable dependencies", test)))
    }

    /// The step that makes Snyk ready.
    pub(super) fn install() -> JobStep {
        JobStep::uses("Install Snyk", SNYK)
    }

    /// The step that looks at an image before it is pushed.
    pub(super) fn image_step(&self, name: &str) -> JobStep {
        let threshold = self.threshold.name();
        let test = format!("snyk container test \"$IMAGE\" --severity-threshold={threshold}");
        self.with_token(JobStep::run(format!("Look into {name}"), test))
    }

    fn with_token(&self, step: JobStep) -> JobStep {
        step.env("SNYK_TOKEN", format!("${{{{ secrets.{} }}}}", self.secret))
    }
}
