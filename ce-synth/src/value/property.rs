//! Typed keys, to read what was set.

use std::fmt;
use std::marker::PhantomData;

/// The key of a top-level property of resource type `R` with a value of type `T`.
///
/// Generated for every resource, as in `ec2::Vpc::CIDR_BLOCK`; used with
/// [`Resource::read`](crate::Resource::read) and in checks.
pub struct Property<R, T> {
    name: &'static str,
    marker: PhantomData<fn(R) -> T>,
}

impl<R, T> Property<R, T> {
    /// The key with this CloudFormation name.
    pub const fn new(name: &'static str) -> Self {
        Self { name, marker: PhantomData }
    }

    /// The CloudFormation name.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<R, T> Clone for Property<R, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, T> Copy for Property<R, T> {}

impl<R, T> fmt::Debug for Property<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}
