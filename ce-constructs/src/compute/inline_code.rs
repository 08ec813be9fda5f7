//! Code that stands in a template.

use ce_cfn::lambda::function::Runtime;
use ce_synth::Literal;

/// The longest text that CloudFormation's documentation has promised to take inline.
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html>
const LIMIT: usize = 4_096;

/// The code of a small function, one file of at most 4,096 bytes: its `handler` is called.
///
/// ```
/// use ce_constructs::compute::InlineCode;
/// const HELLO: InlineCode = InlineCode::nodejs("exports.handler = async () => 'hello'");
/// # let _ = HELLO;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineCode {
    pub(super) text: &'static str,
    pub(super) language: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Nodejs,
    Python,
}

impl Language {
    /// The newest runtime with long-term support.
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>
    pub(super) const fn runtime(self) -> Literal<Runtime> {
        match self {
            Self::Nodejs => Runtime::NODEJS24_X,
            Self::Python => Runtime::PYTHON3_14,
        }
    }
}

impl InlineCode {
    /// A `CommonJS` module for Node.js 24 that exports `handler`. The SDK is there.
    ///
    /// # Panics
    /// If it has more than 4,096 bytes; in a `const` that is a compile error.
    #[track_caller]
    pub const fn nodejs(text: &'static str) -> Self {
        Self::of(text, Language::Nodejs)
    }

    /// A module for Python 3.14 that defines `handler`. The SDK is there.
    ///
    /// # Panics
    /// If it has more than 4,096 bytes; in a `const` that is a compile error.
    #[track_caller]
    pub const fn python(text: &'static str) -> Self {
        Self::of(text, Language::Python)
    }

    #[track_caller]
    const fn of(text: &'static str, language: Language) -> Self {
        assert!(text.len() <= LIMIT, "inline code has at most 4,096 bytes");
        Self { text, language }
    }

    /// Rotates a secret that holds an RSA key pair for signing tokens (RS256): a new pair of 2,048 bits in the fields
    /// `kid`, `privateKey` and `publicKey`, and in `previous` the public half of the pair before.
    pub const fn rsa_signing_key_rotation() -> Self {
        Self::nodejs(include_str!("functions/rsa_signing_keys.js"))
    }
}
