//! What kind of key a key is.

use ce_cfn::kms;
use ce_cfn::kms::key::{KeySpec as Spec, KeyUsage};

/// The cryptography of a [`Key`](super::Key), with what it is used for.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySpec {
    /// AES-256, encrypts and decrypts; what services of AWS use.
    Symmetric,
    /// RSA of 2,048 bits, signs: RS256 tokens.
    RsaSigning2048,
    /// RSA of 4,096 bits, signs.
    RsaSigning4096,
    /// RSA of 2,048 bits, encrypts with the public half.
    RsaEncryption2048,
    /// RSA of 4,096 bits, encrypts with the public half.
    RsaEncryption4096,
    /// The curve P-256, signs: ES256 tokens.
    EllipticP256,
    /// The curve P-384, signs.
    EllipticP384,
    /// Codes over messages with SHA-256.
    Hmac256,
}

impl KeySpec {
    /// Whether KMS can rotate its material by itself.
    /// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html>
    pub const fn can_rotate(self) -> bool {
        matches!(self, Self::Symmetric)
    }

    /// Sets spec and usage; those of a symmetric key are KMS's own defaults.
    pub(super) fn apply(self, key: kms::Key) -> kms::Key {
        let (spec, usage) = match self {
            Self::Symmetric => return key,
            Self::RsaSigning2048 => (Spec::RSA_2048, KeyUsage::SIGN_VERIFY),
            Self::RsaSigning4096 => (Spec::RSA_4096, KeyUsage::SIGN_VERIFY),
            Self::RsaEncryption2048 => (Spec::RSA_2048, KeyUsage::ENCRYPT_DECRYPT),
            Self::RsaEncryption4096 => (Spec::RSA_4096, KeyUsage::ENCRYPT_DECRYPT),
            Self::EllipticP256 => (Spec::ECC_NIST_P256, KeyUsage::SIGN_VERIFY),
            Self::EllipticP384 => (Spec::ECC_NIST_P384, KeyUsage::SIGN_VERIFY),
            Self::Hmac256 => (Spec::HMAC_256, KeyUsage::GENERATE_VERIFY_MAC),
        };
        key.key_spec(spec).key_usage(usage)
    }
}
