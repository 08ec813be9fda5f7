//! A range of addresses.

use std::net::IpAddr;

/// A range of addresses: `10.0.0.0/8`, `::/0`, or one address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Cidr {
    first: IpAddr,
    bits: u8,
}

impl std::fmt::Display for Cidr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

impl Cidr {
    /// The range in a text; none if there is none in it.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let (address, bits) = text.trim().split_once('/').map_or((text.trim(), None), |(a, bits)| (a, Some(bits)));
        let first: IpAddr = address.parse().ok()?;
        let most = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Some(most), |bits| bits.parse().ok())?;
        (bits <= most).then_some(Self { first, bits })
    }

    /// Whether every address of its kind is in it.
    pub(crate) fn is_all(self) -> bool {
        self.bits == 0
    }

    /// Whether every address of the other is in it.
    pub(crate) fn covers(self, other: Self) -> bool {
        let number = |address: IpAddr| match address {
            IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
            IpAddr::V6(address) => (u128::from(address), 128),
        };
        let ((mine, width), (theirs, other_width)) = (number(self.first), number(other.first));
        let shift = width - u32::from(self.bits);
        let above = |number: u128| number.checked_shr(shift).unwrap_or(0);
        width == other_width && self.bits <= other.bits && above(mine) == above(theirs)
    }

    /// Whether the two have an address in common.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.covers(other) || other.covers(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Cidr;

    #[test]
    fn a_range_covers_the_smaller_ones_in_it() {
        let covers = |wide: &str, narrow: &str| Cidr::of(wide).unwrap().covers(Cidr::of(narrow).unwrap());
        assert!(
            covers("0.0.0.0/0", "10.0.0.0/8") && covers("10.0.0.0/8", "10.9.0.0/16") && covers("::/0", "2001:db8::/32")
        );
        assert!(
            !covers("10.0.0.0/16", "10.0.0.0/8") && !covers("10.0.0.0/8", "11.0.0.0/8") && !covers("0.0.0.0/0", "::/0")
        );
        assert!(covers("10.1.2.3", "10.1.2.3/32"));
        assert!(Cidr::of("10.0.0.0/33").is_none() && Cidr::of("x").is_none() && Cidr::of("1.2.3.4/-1").is_none());
    }
}
