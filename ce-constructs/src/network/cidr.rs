//! Blocks of IPv4 addresses.

use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

/// A block of IPv4 addresses: `10.0.0.0/16`.
///
/// A literal is checked by the compiler with [`cidr!`](crate::cidr); a text that is read at run time is parsed. The
/// address is always the block's first: `10.0.0.1/16` is refused, with what was probably meant.
///
/// ```
/// use ce_constructs::{cidr, network::Cidr};
/// const OFFICE: Cidr = cidr!("203.0.113.0/24");
/// assert_eq!("203.0.113.0/24".parse(), Ok(OFFICE));
/// assert!("203.0.113.7/24".parse::<Cidr>().unwrap_err().to_string().contains("203.0.113.0/24"));
/// assert!(cidr!("203.0.0.0/16").contains(OFFICE));
/// ```
///
/// Source: RFC 4632, <https://www.rfc-editor.org/rfc/rfc4632>
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cidr {
    first: u32,
    prefix: u8,
}

/// A [`Cidr`] that the compiler checks: `cidr!("10.0.0.0/16")`.
#[macro_export]
macro_rules! cidr {
    ($block:expr) => {{
        // An item and not a `const` block: `cargo check` evaluates items too.
        const BLOCK: $crate::network::Cidr = $crate::network::Cidr::new($block);
        BLOCK
    }};
}

impl Cidr {
    /// Every address: `0.0.0.0/0`.
    pub const ANYWHERE: Self = Self { first: 0, prefix: 0 };

    /// The loopback address, which no packet on a network has: `127.0.0.1/32`.
    pub const LOOPBACK: Self = Self { first: 0x7f00_0001, prefix: 32 };

    /// The block with this text. [`cidr!`](crate::cidr) makes sure that the compiler does it.
    ///
    /// # Panics
    /// If the text is no block; in a `const` that is a compile error.
    #[track_caller]
    pub const fn new(text: &str) -> Self {
        match parse(text.as_bytes()) {
            Ok(block) => block,
            Err(Fault::Form) => panic!("expected four numbers up to 255 and a prefix length: 10.0.0.0/16"),
            Err(Fault::Prefix) => panic!("the prefix length is 0 to 32: 10.0.0.0/16"),
            Err(Fault::NotFirst(_)) => {
                panic!("the address is not the first of its block: write 10.0.0.0/16, not 10.0.0.1/16")
            }
        }
    }

    /// The block of this prefix length that holds an address, given as one number.
    pub(crate) const fn holding(address: u32, prefix: u8) -> Self {
        Self { first: address & mask(prefix), prefix }
    }

    /// The prefix length: 16 in `10.0.0.0/16`.
    pub const fn prefix(self) -> u8 {
        self.prefix
    }

    /// The number of its addresses.
    pub const fn size(self) -> u64 {
        1 << (32 - self.prefix)
    }

    /// Its first address as one number.
    pub(crate) const fn first(self) -> u32 {
        self.first
    }

    /// Whether every address of the other block is in this one.
    pub const fn contains(self, other: Self) -> bool {
        self.prefix <= other.prefix && other.first & mask(self.prefix) == self.first
    }

    /// Whether some address is in both.
    pub const fn overlaps(self, other: Self) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// The block with this number among those of a longer prefix that it is cut into, counted from zero; `None` if
    /// there are not so many, or the prefix is not longer or is over 32.
    ///
    /// ```
    /// use ce_constructs::cidr;
    /// assert_eq!(cidr!("10.0.0.0/16").subnet(24, 11), Some(cidr!("10.0.11.0/24")));
    /// assert_eq!(cidr!("10.0.0.0/16").subnet(24, 256), None);
    /// ```
    pub const fn subnet(self, prefix: u8, number: u32) -> Option<Self> {
        if prefix < self.prefix || prefix > 32 {
            return None;
        }
        // Without the bits that count the parts, nothing is left of a number that is one of them.
        let beyond = number.checked_shr((prefix - self.prefix) as u32);
        let offset = number.checked_shl((32 - prefix) as u32);
        match (beyond, offset) {
            (Some(1..), _) => None,
            (_, Some(offset)) => Some(Self { first: self.first + offset, prefix }),
            (_, None) => Some(Self { first: self.first, prefix }),
        }
    }
}

const fn mask(prefix: u8) -> u32 {
    if prefix == 0 { 0 } else { u32::MAX << (32 - prefix) }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from_bits(self.first), self.prefix)
    }
}

impl fmt::Debug for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no block of addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a block of IPv4 addresses: {}", reason(*.fault))]
pub struct ParseCidrError {
    given: String,
    fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Form,
    Prefix,
    /// The block that was probably meant.
    NotFirst(Cidr),
}

fn reason(fault: Fault) -> String {
    match fault {
        Fault::Form => "expected four numbers up to 255 and a prefix length, like `10.0.0.0/16`".to_owned(),
        Fault::Prefix => "the prefix length is 0 to 32, like `10.0.0.0/16`".to_owned(),
        Fault::NotFirst(meant) => format!("its address is not the first of the block `{meant}`"),
    }
}

impl FromStr for Cidr {
    type Err = ParseCidrError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text.as_bytes()).map_err(|fault| ParseCidrError { given: text.to_owned(), fault })
    }
}

const fn parse(text: &[u8]) -> Result<Cidr, Fault> {
    let mut place = 0;
    let mut address = 0_u32;
    let mut part = 0;
    while part < 4 {
        let Some((number, end)) = number(text, place) else { return Err(Fault::Form) };
        let stop = if part < 3 { b'.' } else { b'/' };
        if number > 255 || end >= text.len() || text[end] != stop {
            return Err(Fault::Form);
        }
        address = address << 8 | number;
        place = end + 1;
        part += 1;
    }
    let Some((prefix, end)) = number(text, place) else { return Err(Fault::Form) };
    if end != text.len() {
        return Err(Fault::Form);
    }
    if prefix > 32 {
        return Err(Fault::Prefix);
    }
    let [prefix, ..] = prefix.to_le_bytes();
    let block = Cidr::holding(address, prefix);
    if block.first == address { Ok(block) } else { Err(Fault::NotFirst(block)) }
}

/// A decimal number of at most three digits without leading zeros, and where it ends.
const fn number(text: &[u8], start: usize) -> Option<(u32, usize)> {
    let mut place = start;
    let mut number = 0;
    while place < text.len() && text[place].is_ascii_digit() && place < start + 3 {
        number = number * 10 + (text[place] - b'0') as u32;
        place += 1;
    }
    let padded = place > start + 1 && text[start] == b'0';
    if place == start || padded { None } else { Some((number, place)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_block_is_refused_with_the_reason() {
        let reason = |text: &str| text.parse::<Cidr>().unwrap_err().to_string();
        for text in
            ["", "10.0.0.0", "10.0.0/16", "10.0.0.256/16", "10.0.0.0/", "10.00.0.0/16", "10.0.0.0/16 ", "1000.0.0.0/8"]
        {
            assert!(reason(text).contains("four numbers"), "{text}");
        }
        assert!(reason("10.0.0.0/33").contains("0 to 32"));
        assert!(reason("10.0.1.0/16").contains("`10.0.0.0/16`"));
    }

    #[test]
    fn blocks_contain_and_overlap() {
        let vpc = cidr!("10.0.0.0/16");
        assert!(vpc.contains(cidr!("10.0.255.0/24")) && vpc.contains(vpc));
        assert!(!vpc.contains(cidr!("10.1.0.0/24")) && !cidr!("10.0.0.0/24").contains(vpc));
        assert!(cidr!("10.0.4.0/24").overlaps(vpc) && !vpc.overlaps(cidr!("10.1.0.0/16")));
        assert!(Cidr::ANYWHERE.contains(Cidr::LOOPBACK));
    }

    #[test]
    fn texts_survive_the_way_there_and_back() {
        for text in ["0.0.0.0/0", "255.255.255.255/32", "192.168.4.0/22"] {
            assert_eq!(text.parse::<Cidr>().map(|block| block.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(Cidr::ANYWHERE.size(), 1 << 32);
        assert_eq!(Cidr::ANYWHERE.subnet(32, u32::MAX), Some(cidr!("255.255.255.255/32")));
    }
}
