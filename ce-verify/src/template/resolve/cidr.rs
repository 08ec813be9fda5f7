//! `Fn::Cidr`: ranges cut out of a range.

use std::net::Ipv4Addr;

use super::{Resolver, unknown};
use crate::template::json::Json;
use crate::template::value::Value;

impl Resolver<'_> {
    pub(super) fn cidr(&self, stack: usize, argument: &Json) -> Value {
        let parts: Vec<String> =
            argument.as_list().unwrap_or_default().iter().map(|part| self.text(stack, part).full()).collect();
        let host_bits = parts.get(2).and_then(|bits| bits.parse().ok()).unwrap_or(8);
        let count = parts.get(1).and_then(|count| count.parse().ok()).unwrap_or(1);
        parts
            .first()
            .and_then(|block| ranges(block, count, host_bits))
            .map_or_else(|| unknown("Cidr"), |ranges| Value::List(ranges.into_iter().map(Value::text).collect()))
    }
}

/// `count` ranges of `2^host_bits` addresses, the first at the start of `block`.
fn ranges(block: &str, count: u32, host_bits: u32) -> Option<Vec<String>> {
    let (start, _) = block.split_once('/')?;
    let start = u32::from(start.parse::<Ipv4Addr>().ok()?);
    let size = 1u32.checked_shl(host_bits)?;
    let prefix = 32u32.checked_sub(host_bits)?;
    (0..count)
        .map(|index| {
            let address = start.checked_add(index.checked_mul(size)?)?;
            Some(format!("{}/{prefix}", Ipv4Addr::from(address)))
        })
        .collect()
}
