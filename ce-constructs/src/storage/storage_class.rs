//! How objects are kept once they are older.

use ce_cfn::s3::bucket::StorageClass as Literals;
use ce_synth::Literal;

/// A storage class that objects move to; new objects are in S3 Standard.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageClass {
    /// Read rarely, within milliseconds.
    StandardInfrequentAccess,
    /// S3 watches what is read and prices accordingly; for unknown patterns.
    IntelligentTiering,
    /// Read rarely, in one zone only.
    OneZoneInfrequentAccess,
    /// Read once a quarter, within milliseconds.
    GlacierInstantRetrieval,
    /// Cannot be read until it is restored, in minutes to hours.
    GlacierFlexibleRetrieval,
    /// Cannot be read until it is restored, within 12 to 48 hours.
    GlacierDeepArchive,
}

impl StorageClass {
    pub(super) const fn literal(self) -> Literal<Literals> {
        match self {
            Self::StandardInfrequentAccess => Literals::STANDARD_IA,
            Self::IntelligentTiering => Literals::INTELLIGENT_TIERING,
            Self::OneZoneInfrequentAccess => Literals::ONEZONE_IA,
            Self::GlacierInstantRetrieval => Literals::GLACIER_IR,
            Self::GlacierFlexibleRetrieval => Literals::GLACIER,
            Self::GlacierDeepArchive => Literals::DEEP_ARCHIVE,
        }
    }

    /// The name in a template.
    pub const fn as_str(self) -> &'static str {
        self.literal().text()
    }

    /// Whether an object of this class can move on to `next`.
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html>
    pub const fn can_move_to(self, next: Self) -> bool {
        use StorageClass as C;
        match self {
            C::StandardInfrequentAccess => !matches!(next, C::StandardInfrequentAccess),
            C::IntelligentTiering => !matches!(next, C::StandardInfrequentAccess | C::IntelligentTiering),
            C::OneZoneInfrequentAccess | C::GlacierInstantRetrieval => {
                matches!(next, C::GlacierFlexibleRetrieval | C::GlacierDeepArchive)
            }
            C::GlacierFlexibleRetrieval => matches!(next, C::GlacierDeepArchive),
            C::GlacierDeepArchive => false,
        }
    }

    /// The days an object must be somewhere else before it moves to this class.
    pub(super) const fn least_days_before(self) -> u32 {
        match self {
            Self::StandardInfrequentAccess | Self::OneZoneInfrequentAccess => 30,
            _ => 0,
        }
    }

    /// The days an object must be in this class before one rule moves it on.
    pub(super) const fn least_days_in(self) -> u32 {
        match self {
            Self::StandardInfrequentAccess | Self::OneZoneInfrequentAccess => 30,
            _ => 1,
        }
    }
}
