//! `${AWS::AccountId}`, `${AWS::Region}` and `${AWS::Partition}` in roles, buckets and addresses.

use crate::cloud::Place;

/// The partition a region belongs to.
/// Source: the endpoint data of botocore, `data/partitions.json`.
pub(crate) fn partition(region: &str) -> &'static str {
    const PREFIXES: [(&str, &str); 8] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("eu-isoe-", "aws-iso-e"),
        ("us-isof-", "aws-iso-f"),
        ("eusc-", "aws-eusc"),
        ("", "aws"),
    ];
    PREFIXES.iter().find(|(prefix, _)| region.starts_with(prefix)).map_or("aws", |(_, partition)| partition)
}

/// The end of the names of a partition's hosts. Source: as above.
pub(crate) fn dns_suffix(region: &str) -> &'static str {
    match partition(region) {
        "aws-cn" => "amazonaws.com.cn",
        "aws-iso" => "c2s.ic.gov",
        "aws-iso-b" => "sc2s.sgov.gov",
        "aws-iso-e" => "cloud.adc-e.uk",
        "aws-iso-f" => "csp.hci.ic.gov",
        "aws-eusc" => "amazonaws.eu",
        _ => "amazonaws.com",
    }
}

/// The text with the place filled in.
pub(super) fn fill(text: &str, place: &Place) -> String {
    text.replace("${AWS::AccountId}", &place.account)
        .replace("${AWS::Region}", &place.region)
        .replace("${AWS::Partition}", partition(&place.region))
}

#[cfg(test)]
mod tests {
    use super::fill;
    use crate::cloud::Place;

    #[test]
    fn the_place_is_filled_in() {
        let text = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/deploy-${AWS::Region}";
        let filled = fill(text, &Place::new("111111111111", "cn-north-1"));
        assert_eq!(filled, "arn:aws-cn:iam::111111111111:role/deploy-cn-north-1");
    }
}
