//! The regions of AWS and their zones.

use std::fmt;
use std::str::FromStr;

/// A region of AWS, such as `us-east-1`.
///
/// Constants name every region; a text that is read at run time is parsed, and refused if it names none:
///
/// ```
/// use ce_synth::Region;
/// assert_eq!("us-east-1".parse(), Ok(Region::US_EAST_1));
/// assert!("us-easst-1".parse::<Region>().unwrap_err().to_string().contains("us-east-1"));
/// ```
///
/// Source: <https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    name: &'static str,
    zones: &'static str,
}

impl Region {
    /// `af-south-1`
    pub const AF_SOUTH_1: Self = Self::of("af-south-1", "abc");
    /// `ap-east-1`
    pub const AP_EAST_1: Self = Self::of("ap-east-1", "abc");
    /// `ap-east-2`
    pub const AP_EAST_2: Self = Self::of("ap-east-2", "abc");
    /// `ap-northeast-1`
    pub const AP_NORTHEAST_1: Self = Self::of("ap-northeast-1", "acd");
    /// `ap-northeast-2`
    pub const AP_NORTHEAST_2: Self = Self::of("ap-northeast-2", "abcd");
    /// `ap-northeast-3`
    pub const AP_NORTHEAST_3: Self = Self::of("ap-northeast-3", "abc");
    /// `ap-south-1`
    pub const AP_SOUTH_1: Self = Self::of("ap-south-1", "abc");
    /// `ap-south-2`
    pub const AP_SOUTH_2: Self = Self::of("ap-south-2", "abc");
    /// `ap-southeast-1`
    pub const AP_SOUTHEAST_1: Self = Self::of("ap-southeast-1", "abc");
    /// `ap-southeast-2`
    pub const AP_SOUTHEAST_2: Self = Self::of("ap-southeast-2", "abc");
    /// `ap-southeast-3`
    pub const AP_SOUTHEAST_3: Self = Self::of("ap-southeast-3", "abc");
    /// `ap-southeast-4`
    pub const AP_SOUTHEAST_4: Self = Self::of("ap-southeast-4", "abc");
    /// `ap-southeast-5`
    pub const AP_SOUTHEAST_5: Self = Self::of("ap-southeast-5", "abc");
    /// `ap-southeast-6`
    pub const AP_SOUTHEAST_6: Self = Self::of("ap-southeast-6", "abc");
    /// `ap-southeast-7`
    pub const AP_SOUTHEAST_7: Self = Self::of("ap-southeast-7", "abc");
    /// `ca-central-1`
    pub const CA_CENTRAL_1: Self = Self::of("ca-central-1", "abd");
    /// `ca-west-1`
    pub const CA_WEST_1: Self = Self::of("ca-west-1", "abc");
    /// `cn-north-1`
    pub const CN_NORTH_1: Self = Self::of("cn-north-1", "abd");
    /// `cn-northwest-1`
    pub const CN_NORTHWEST_1: Self = Self::of("cn-northwest-1", "abc");
    /// `eu-central-1`
    pub const EU_CENTRAL_1: Self = Self::of("eu-central-1", "abc");
    /// `eu-central-2`
    pub const EU_CENTRAL_2: Self = Self::of("eu-central-2", "abc");
    /// `eu-north-1`
    pub const EU_NORTH_1: Self = Self::of("eu-north-1", "abc");
    /// `eu-south-1`
    pub const EU_SOUTH_1: Self = Self::of("eu-south-1", "abc");
    /// `eu-south-2`
    pub const EU_SOUTH_2: Self = Self::of("eu-south-2", "abc");
    /// `eu-west-1`
    pub const EU_WEST_1: Self = Self::of("eu-west-1", "abc");
    /// `eu-west-2`
    pub const EU_WEST_2: Self = Self::of("eu-west-2", "abc");
    /// `eu-west-3`
    pub const EU_WEST_3: Self = Self::of("eu-west-3", "abc");
    /// `il-central-1`
    pub const IL_CENTRAL_1: Self = Self::of("il-central-1", "abc");
    /// `me-central-1`
    pub const ME_CENTRAL_1: Self = Self::of("me-central-1", "abc");
    /// `me-south-1`
    pub const ME_SOUTH_1: Self = Self::of("me-south-1", "abc");
    /// `mx-central-1`
    pub const MX_CENTRAL_1: Self = Self::of("mx-central-1", "abc");
    /// `sa-east-1`
    pub const SA_EAST_1: Self = Self::of("sa-east-1", "abc");
    /// `us-east-1`
    pub const US_EAST_1: Self = Self::of("us-east-1", "abcdef");
    /// `us-east-2`
    pub const US_EAST_2: Self = Self::of("us-east-2", "abc");
    /// `us-gov-east-1`
    pub const US_GOV_EAST_1: Self = Self::of("us-gov-east-1", "abc");
    /// `us-gov-west-1`
    pub const US_GOV_WEST_1: Self = Self::of("us-gov-west-1", "abc");
    /// `us-west-1`
    pub const US_WEST_1: Self = Self::of("us-west-1", "ac");
    /// `us-west-2`
    pub const US_WEST_2: Self = Self::of("us-west-2", "abcd");

    /// Every region this version knows, by name.
    pub const ALL: &'static [Self] = &[
        Self::AF_SOUTH_1,
        Self::AP_EAST_1,
        Self::AP_EAST_2,
        Self::AP_NORTHEAST_1,
        Self::AP_NORTHEAST_2,
        Self::AP_NORTHEAST_3,
        Self::AP_SOUTH_1,
        Self::AP_SOUTH_2,
        Self::AP_SOUTHEAST_1,
        Self::AP_SOUTHEAST_2,
        Self::AP_SOUTHEAST_3,
        Self::AP_SOUTHEAST_4,
        Self::AP_SOUTHEAST_5,
        Self::AP_SOUTHEAST_6,
        Self::AP_SOUTHEAST_7,
        Self::CA_CENTRAL_1,
        Self::CA_WEST_1,
        Self::CN_NORTH_1,
        Self::CN_NORTHWEST_1,
        Self::EU_CENTRAL_1,
        Self::EU_CENTRAL_2,
        Self::EU_NORTH_1,
        Self::EU_SOUTH_1,
        Self::EU_SOUTH_2,
        Self::EU_WEST_1,
        Self::EU_WEST_2,
        Self::EU_WEST_3,
        Self::IL_CENTRAL_1,
        Self::ME_CENTRAL_1,
        Self::ME_SOUTH_1,
        Self::MX_CENTRAL_1,
        Self::SA_EAST_1,
        Self::US_EAST_1,
        Self::US_EAST_2,
        Self::US_GOV_EAST_1,
        Self::US_GOV_WEST_1,
        Self::US_WEST_1,
        Self::US_WEST_2,
    ];

    const fn of(name: &'static str, zones: &'static str) -> Self {
        Self { name, zones }
    }

    /// The region's name, as the API takes it.
    pub const fn as_str(self) -> &'static str {
        self.name
    }

    /// The partition its ARNs start with: `aws`, `aws-cn` or `aws-us-gov`.
    pub fn partition(self) -> &'static str {
        match self.name {
            name if name.starts_with("cn-") => "aws-cn",
            name if name.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        }
    }

    /// The letters of its zones, in order. Letters map to other zones in each account; some accounts see fewer.
    pub const fn zone_letters(self) -> &'static str {
        self.zones
    }

    /// The name of a zone: the region's name and a letter.
    pub fn zone(self, letter: char) -> String {
        format!("{}{letter}", self.name)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A text that names no region this version knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a region of AWS{}", near(*.nearest))]
pub struct ParseRegionError {
    given: String,
    nearest: Option<Region>,
}

fn near(nearest: Option<Region>) -> String {
    nearest.map_or(String::new(), |region| format!(": did you mean `{region}`?"))
}

impl FromStr for Region {
    type Err = ParseRegionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.iter().find(|region| region.name == text);
        known.copied().ok_or_else(|| ParseRegionError {
            given: text.to_owned(),
            nearest: crate::diagnostics::nearest(text, Self::ALL.iter().map(|region| region.name))
                .and_then(|name| Self::ALL.iter().find(|region| region.name == name).copied()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_sorted_and_parse() {
        assert!(Region::ALL.is_sorted());
        for region in Region::ALL {
            assert_eq!(region.name.parse(), Ok(*region));
        }
    }
}
