//! Passwords that Secrets Manager makes up.

use ce_cfn::secretsmanager::secret::GenerateSecretString;

/// How a password is generated: nobody writes it, nobody reads it before it is used.
///
/// ```
/// use ce_constructs::security::Password;
/// let token = Password::new().length(64).without_punctuation();
/// # let _ = token;
/// ```
///
/// By default it has 32 characters, at least one of each kind, and none of those that databases and URLs trip over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Password {
    pub(super) length: u16,
    excluded: String,
    punctuation: bool,
}

/// RDS refuses `/ @ " '` and space in a master password; `\` and backtick break shells, `%` and `:` break URLs.
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html>
const EXCLUDED: &str = "/@\"'\\`%:";

impl Default for Password {
    fn default() -> Self {
        Self::new()
    }
}

impl Password {
    /// 32 characters.
    pub fn new() -> Self {
        Self { length: 32, excluded: EXCLUDED.to_owned(), punctuation: true }
    }

    /// Its length, 8 to 4,096 characters. Default: 32.
    pub fn length(mut self, length: u16) -> Self {
        self.length = length;
        self
    }

    /// The characters it must not have. Default: ``/@"'\`%:``.
    pub fn exclude(mut self, characters: impl Into<String>) -> Self {
        self.excluded = characters.into();
        self
    }

    /// Letters and digits only, as in URLs and tokens. Default: punctuation too.
    pub fn without_punctuation(mut self) -> Self {
        self.punctuation = false;
        self
    }

    /// The settings of the property; `require_each_included_type` is Secrets Manager's own default.
    pub(super) fn generator(&self) -> GenerateSecretString {
        let generator = GenerateSecretString::new().password_length(self.length);
        match self.punctuation {
            true if self.excluded.is_empty() => generator,
            true => generator.exclude_characters(&self.excluded),
            false => generator.exclude_punctuation(true),
        }
    }
}
