//! `Fn::Cidr`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Blocks of a block. `bits` counts from the end of the address, as the service does.
/// Source: user guide, `Fn::Cidr`: at most 256 blocks.
pub(super) fn split(block: &str, count: u32, bits: u32) -> Option<Vec<String>> {
    let (address, prefix) = block.split_once('/')?;
    let (address, prefix): (IpAddr, u32) = (address.parse().ok()?, prefix.parse().ok()?);
    let width = if address.is_ipv4() { 32 } else { 128 };
    if bits == 0 || bits > width || prefix > width - bits || !(1..=256).contains(&count) {
        return None;
    }
    let available = 1_u128.checked_shl(width - bits - prefix).unwrap_or(u128::MAX);
    if u128::from(count) > available {
        return None;
    }
    (0..u128::from(count)).map(|number| block_at(address, number << bits, width - bits)).collect()
}

fn block_at(address: IpAddr, offset: u128, prefix: u32) -> Option<String> {
    let moved = match address {
        IpAddr::V4(v4) => IpAddr::V4(Ipv4Addr::from_bits(v4.to_bits().checked_add(u32::try_from(offset).ok()?)?)),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits().checked_add(offset)?)),
    };
    Some(format!("{moved}/{prefix}"))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn it_counts_bits_from_the_end() {
        let blocks = split("10.0.0.0/16", 3, 8).unwrap();
        assert_eq!(blocks, ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]);
        assert_eq!(split("2001:db8::/56", 2, 64).unwrap()[1], "2001:db8:0:1::/64");
    }

    #[test]
    fn it_gives_no_more_than_there_is() {
        assert_eq!(split("10.0.0.0/24", 3, 7), None);
        assert_eq!(split("10.0.0.0/24", 1, 33), None);
        assert_eq!(split("shop", 1, 8), None);
    }
}
