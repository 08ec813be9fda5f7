//! What a connection uses: a protocol and its ports.

use std::fmt;
use std::str::FromStr;

/// A protocol and a range of its ports, as a rule of a security group has them.
///
/// ```
/// use ce_constructs::network::Port;
/// assert_eq!("tcp:5432".parse(), Ok(Port::tcp(5432)));
/// assert_eq!(Port::tcp_range(1024, 65535).to_string(), "tcp:1024-65535");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port {
    protocol: Protocol,
    from: u16,
    to: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Protocol {
    All,
    Tcp,
    Udp,
    Ping,
}

impl Port {
    /// Every protocol and port.
    pub const ALL_TRAFFIC: Self = Self { protocol: Protocol::All, from: 0, to: 0 };

    /// Every port of TCP.
    pub const ALL_TCP: Self = Self::tcp_range(0, u16::MAX);

    /// `tcp:80`
    pub const HTTP: Self = Self::tcp(80);

    /// `tcp:443`
    pub const HTTPS: Self = Self::tcp(443);

    /// ICMP echo requests.
    pub const PING: Self = Self { protocol: Protocol::Ping, from: 8, to: 8 };

    /// A port of TCP.
    pub const fn tcp(port: u16) -> Self {
        Self { protocol: Protocol::Tcp, from: port, to: port }
    }

    /// A port of UDP.
    pub const fn udp(port: u16) -> Self {
        Self { protocol: Protocol::Udp, from: port, to: port }
    }

    /// Ports of TCP, both ends included.
    ///
    /// # Panics
    /// If the first is over the last; in a `const` that is a compile error.
    #[track_caller]
    pub const fn tcp_range(first: u16, last: u16) -> Self {
        assert!(first <= last, "the first port of a range is at most the last");
        Self { protocol: Protocol::Tcp, from: first, to: last }
    }

    /// Ports of UDP, both ends included.
    ///
    /// # Panics
    /// If the first is over the last; in a `const` that is a compile error.
    #[track_caller]
    pub const fn udp_range(first: u16, last: u16) -> Self {
        assert!(first <= last, "the first port of a range is at most the last");
        Self { protocol: Protocol::Udp, from: first, to: last }
    }

    /// The first port; `None` where the protocol has none.
    pub const fn first(self) -> Option<u16> {
        if matches!(self.protocol, Protocol::Tcp | Protocol::Udp) { Some(self.from) } else { None }
    }

    /// The last port; `None` where the protocol has none.
    pub const fn last(self) -> Option<u16> {
        if matches!(self.protocol, Protocol::Tcp | Protocol::Udp) { Some(self.to) } else { None }
    }

    /// The protocol as `IpProtocol` of a security group's rule takes it.
    pub(super) const fn ip_protocol(self) -> &'static str {
        match self.protocol {
            Protocol::All => "-1",
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
            Protocol::Ping => "icmp",
        }
    }

    /// The protocol as `Protocol` of a network ACL's entry takes it.
    ///
    /// Source: <https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml>
    pub(super) const fn protocol_number(self) -> i64 {
        match self.protocol {
            Protocol::All => -1,
            Protocol::Tcp => 6,
            Protocol::Udp => 17,
            Protocol::Ping => 1,
        }
    }

    /// The type of ICMP messages, if it is ICMP.
    pub(super) const fn icmp_type(self) -> Option<i64> {
        if matches!(self.protocol, Protocol::Ping) { Some(self.from as i64) } else { None }
    }

    /// `FromPort` and `ToPort` of a security group's rule; for ICMP they are type and code, -1 is any.
    pub(super) const fn ends(self) -> Option<(i64, i64)> {
        match self.protocol {
            Protocol::All => None,
            Protocol::Ping => Some((self.from as i64, -1)),
            Protocol::Tcp | Protocol::Udp => Some((self.from as i64, self.to as i64)),
        }
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.protocol, self.from == self.to) {
            (Protocol::All, _) => f.write_str("all"),
            (Protocol::Ping, _) => f.write_str("ping"),
            (_, true) => write!(f, "{}:{}", self.ip_protocol(), self.from),
            (_, false) => write!(f, "{}:{}-{}", self.ip_protocol(), self.from, self.to),
        }
    }
}

/// A text that names no port.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a port: expected `tcp:443`, `udp:53`, `tcp:1024-65535`, `ping` or `all`")]
pub struct ParsePortError(String);

impl FromStr for Port {
    type Err = ParsePortError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let port = match text {
            "all" => Some(Self::ALL_TRAFFIC),
            "ping" => Some(Self::PING),
            _ => text.split_once(':').and_then(|(protocol, ports)| ranged(protocol, ports)),
        };
        port.ok_or_else(|| ParsePortError(text.to_owned()))
    }
}

fn ranged(protocol: &str, ports: &str) -> Option<Port> {
    let protocol = match protocol {
        "tcp" => Protocol::Tcp,
        "udp" => Protocol::Udp,
        _ => return None,
    };
    let (from, to) = ports.split_once('-').unwrap_or((ports, ports));
    let (from, to) = (from.parse().ok()?, to.parse().ok()?);
    (from <= to).then_some(Port { protocol, from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_survive_the_way_there_and_back() {
        for text in ["all", "ping", "tcp:443", "udp:53", "tcp:1024-65535"] {
            assert_eq!(text.parse::<Port>().map(|port| port.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "443", "tcp:", "tcp:65536", "tcp:9-1", "sctp:1"] {
            assert!(text.parse::<Port>().is_err(), "{text}");
        }
    }
}
