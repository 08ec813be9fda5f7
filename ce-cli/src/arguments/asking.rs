//! Which risks are asked about.

use std::str::FromStr;

use ce_deploy::plan::Ask;
use ce_deploy::risk::RiskClass;

/// A class of risk, `any` or `never`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum AskWord {
    Class(RiskClass),
    Any,
    Never,
}

impl FromStr for AskWord {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            // The stock CLI says `any-change` and `destructive`.
            "any" | "any-change" => Ok(Self::Any),
            "never" => Ok(Self::Never),
            "destructive" => Ok(Self::Class(RiskClass::DataLoss)),
            class => class.parse().map(Self::Class).map_err(|error| format!("{error}, and `any` and `never`")),
        }
    }
}

/// What is asked about; none of the words is the engine's default.
pub(crate) fn ask(words: &[AskWord]) -> Ask {
    if words.is_empty() {
        Ask::default()
    } else if words.contains(&AskWord::Any) {
        Ask::Any
    } else {
        let classes = words.iter().filter_map(|word| match word {
            AskWord::Class(class) => Some(*class),
            _ => None,
        });
        match classes.collect::<std::collections::BTreeSet<_>>() {
            none if none.is_empty() => Ask::Never,
            classes => Ask::Classes(classes),
        }
    }
}

#[cfg(test)]
mod tests {
    use ce_deploy::plan::Ask;

    use super::{AskWord, ask};

    #[test]
    fn words_of_approval() {
        assert_eq!(ask(&[]), Ask::default());
        assert_eq!(ask(&[AskWord::Never]), Ask::Never);
        assert_eq!("any-change".parse(), Ok(AskWord::Any));
        assert_eq!(ask(&[AskWord::Any, AskWord::Never]), Ask::Any);
        let classes: Vec<AskWord> = ["broadening", "destructive"].iter().map(|word| word.parse().unwrap()).collect();
        assert!(matches!(ask(&classes), Ask::Classes(classes) if classes.len() == 2));
        assert!("broad".parse::<AskWord>().is_err());
    }
}
