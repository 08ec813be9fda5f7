//! How much of a machine a task gets.

use std::fmt;
use std::str::FromStr;

use ce_synth::Size;

/// The CPU and memory of a Fargate task; only pairs that Fargate offers can be made.
///
/// CPU is counted in units of 1/1,024 vCPU, memory in MiB:
///
/// ```
/// use ce_constructs::compute::TaskSize;
/// const SIZE: TaskSize = TaskSize::new::<2048, 4096>(); // 2 vCPU, 4 GiB
/// assert_eq!("2048/4096".parse(), Ok(SIZE));
/// assert!("2048/2048".parse::<TaskSize>().unwrap_err().to_string().contains("4096 to 16384"));
/// ```
///
/// A pair that Fargate does not offer does not compile:
///
/// ```compile_fail
/// use ce_constructs::compute::TaskSize;
/// let size = TaskSize::new::<2048, 2048>();
/// ```
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskSize {
    cpu: u32,
    memory: u32,
}

/// Memory for a number of CPU units: the least, the most, and the step between.
struct Offer {
    cpu: u32,
    least: u32,
    most: u32,
    step: u32,
}

const OFFERS: [Offer; 8] = [
    Offer { cpu: 256, least: 512, most: 2_048, step: 512 },
    Offer { cpu: 512, least: 1_024, most: 4_096, step: 1_024 },
    Offer { cpu: 1_024, least: 2_048, most: 8_192, step: 1_024 },
    Offer { cpu: 2_048, least: 4_096, most: 16_384, step: 1_024 },
    Offer { cpu: 4_096, least: 8_192, most: 30_720, step: 1_024 },
    Offer { cpu: 8_192, least: 16_384, most: 61_440, step: 4_096 },
    Offer { cpu: 16_384, least: 32_768, most: 122_880, step: 8_192 },
    Offer { cpu: 32_768, least: 61_440, most: 249_856, step: 1 },
];

impl TaskSize {
    /// A size of `CPU` units (1,024 are one vCPU) and `MIB` MiB of memory.
    pub const fn new<const CPU: u32, const MIB: u32>() -> Self {
        const { assert!(Self::checked(CPU, MIB).is_some(), "Fargate does not offer this pair of CPU units and MiB") };
        Self { cpu: CPU, memory: MIB }
    }

    /// The size of these CPU units and MiB, if Fargate offers it.
    pub const fn checked(cpu: u32, mib: u32) -> Option<Self> {
        let mut place = 0;
        while place < OFFERS.len() {
            let offer = &OFFERS[place];
            if offer.cpu == cpu && offer.has(mib) {
                return Some(Self { cpu, memory: mib });
            }
            place += 1;
        }
        None
    }

    /// CPU units: 1,024 are one vCPU.
    pub const fn cpu_units(self) -> u32 {
        self.cpu
    }

    /// Memory.
    pub const fn memory(self) -> Size {
        Size::mib(self.memory)
    }
}

impl Offer {
    const fn has(&self, mib: u32) -> bool {
        // The smallest and the largest machine come with three sizes of memory that have no common step.
        match self.cpu {
            256 => matches!(mib, 512 | 1_024 | 2_048),
            32_768 => matches!(mib, 61_440 | 122_880 | 249_856),
            _ => self.least <= mib && mib <= self.most && mib.is_multiple_of(self.step),
        }
    }
}

impl fmt::Display for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cpu {
            256 => f.write_str("512, 1024 or 2048"),
            32_768 => f.write_str("61440, 122880 or 249856"),
            _ => write!(f, "{} to {} in steps of {}", self.least, self.most, self.step),
        }
    }
}

impl fmt::Display for TaskSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.cpu, self.memory)
    }
}

/// A text that is not the size of a task.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a task size: expected {expected}")]
pub struct ParseTaskSizeError {
    given: String,
    expected: String,
}

impl FromStr for TaskSize {
    type Err = ParseTaskSizeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let pair = text.split_once('/').and_then(|(cpu, mib)| Some((cpu.parse().ok()?, mib.parse().ok()?)));
        let size = pair.and_then(|(cpu, mib)| Self::checked(cpu, mib));
        size.ok_or_else(|| ParseTaskSizeError { given: text.to_owned(), expected: expected(pair) })
    }
}

fn expected(pair: Option<(u32, u32)>) -> String {
    match pair.and_then(|(cpu, _)| OFFERS.iter().find(|offer| offer.cpu == cpu)) {
        Some(offer) => format!("{offer} MiB with {} CPU units", offer.cpu),
        None => "CPU units and MiB, like `256/512` or `1024/2048`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_pairs_of_the_table_exist() {
        let count = |cpu| (0..=250_000).filter(|mib| TaskSize::checked(cpu, *mib).is_some()).count();
        let counts: Vec<_> = OFFERS.iter().map(|offer| count(offer.cpu)).collect();
        assert_eq!(counts, [3, 4, 7, 13, 23, 12, 12, 3]);
        assert_eq!(count(300), 0);
    }

    #[test]
    fn display_and_parse_are_inverse() {
        for text in ["256/512", "1024/2048", "32768/249856"] {
            assert_eq!(text.parse::<TaskSize>().map(|size| size.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "256", "256/1536", "1024/2049", "0/0", "a/b"] {
            assert!(text.parse::<TaskSize>().is_err(), "{text}");
        }
    }
}
