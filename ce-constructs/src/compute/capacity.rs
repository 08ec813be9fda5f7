//! What machines tasks run on.

/// What tasks run on: ECS refuses a launch type beside a strategy, so it is one or the other.
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Capacity {
    /// On demand, at full price, never taken back.
    #[default]
    Fargate,
    /// Partly on spare capacity, cheaper, and taken back with two minutes' notice.
    Spot {
        /// How many tasks run on demand before any goes to spare capacity.
        base: u16,
        /// The share of the others that runs on demand.
        on_demand_weight: u16,
        /// The share of the others that runs on spare capacity.
        spot_weight: u16,
    },
}

/// The processor tasks are built for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Architecture {
    /// `X86_64`
    #[default]
    X86,
    /// `ARM64`, about a fifth cheaper.
    Arm,
}

impl Architecture {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::X86 => "X86_64",
            Self::Arm => "ARM64",
        }
    }
}
