//! What is known of a behaviour of the service, beside the test of it.

/// How a behaviour is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Standing {
    /// AWS says so.
    Documented,
    /// Seen on the service, by people who wrote it down.
    Observed,
    /// Nobody said so: what a client must be prepared for.
    Assumed,
}

/// A behaviour.
pub(crate) struct Behaviour {
    pub(crate) says: &'static str,
    pub(crate) standing: Standing,
    pub(crate) source: &'static str,
    pub(crate) test: &'static str,
}

/// Tests of behaviours, and the table of them.
macro_rules! behaviours {
    ($($(#[doc = $says:literal])+ $standing:ident($source:literal) fn $name:ident() $body:block)+) => {
        $(#[test] fn $name() $body)+

        pub(crate) const TABLE: &[$crate::behaviour::Behaviour] = &[$($crate::behaviour::Behaviour {
            says: concat!($($says),+),
            standing: $crate::behaviour::Standing::$standing,
            source: $source,
            test: concat!(module_path!(), "::", stringify!($name)),
        }),+];
    };
}

pub(crate) use behaviours;
