//! Many risks, as somebody decides on them.
//!
//! What for: a first deployment has hundreds of risks that are alike, and who has to read them all reads none. Each class
//! says how many there are, shows the gravest in full, and counts the others by kind.
//!
//! ```
//! use ce_deploy::risk::Overview;
//! assert!(Overview::of(&[]).classes.is_empty());
//! ```
//!
//! What must be agreed to by name is always shown, and so are a few risks of a plan that has only a few. What it does not
//! do: leave anything out of a plan. It is a view.

use std::collections::{BTreeMap, BTreeSet};

use super::{Consent, Gravity, Risk, RiskClass};

/// So many risks, or so many of a class, are shown one by one.
const FEW: usize = 20;
const FEW_OF_CLASS: usize = 5;

/// Risks by class, the worst first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overview<'a> {
    /// The classes that there are risks of.
    pub classes: Vec<OfClass<'a>>,
}

/// The risks of a class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfClass<'a> {
    /// The class.
    pub class: RiskClass,
    /// How many risks there are.
    pub risks: usize,
    /// Of how many resources.
    pub resources: usize,
    /// Those that are shown in full, the gravest first.
    pub shown: Vec<Shown<'a>>,
    /// The others, the most frequent kind first.
    pub folded: Vec<OfKind<'a>>,
}

/// A risk that is shown in full.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown<'a> {
    /// The risk.
    pub risk: &'a Risk,
    /// How many other risks say the very same of another resource.
    pub alike: usize,
}

/// Risks of a kind that are only counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfKind<'a> {
    /// The rule that found them.
    pub rule: &'a str,
    /// How many there are.
    pub risks: usize,
    /// Of how many resources.
    pub resources: usize,
}

impl<'a> Overview<'a> {
    /// The gravest risks in full, the others counted; all in full if they are few.
    pub fn of(risks: &'a [Risk]) -> Self {
        if risks.len() <= FEW { Self::in_full(risks) } else { Self::by_class(risks, OfClass::folded) }
    }

    /// Every risk in full.
    pub fn in_full(risks: &'a [Risk]) -> Self {
        Self::by_class(risks, OfClass::in_full)
    }

    /// How many risks are only counted.
    pub fn folded(&self) -> usize {
        self.classes.iter().flat_map(|class| &class.folded).map(|kind| kind.risks).sum()
    }

    /// How many risks are shown, with those that say the very same.
    pub fn shown(&self) -> usize {
        self.classes.iter().flat_map(|class| &class.shown).map(|shown| 1 + shown.alike).sum()
    }

    fn by_class(risks: &'a [Risk], make: fn(RiskClass, &[&'a Risk]) -> OfClass<'a>) -> Self {
        let mut classes: BTreeMap<RiskClass, Vec<&Risk>> = BTreeMap::new();
        for risk in risks {
            classes.entry(risk.class).or_default().push(risk);
        }
        Self { classes: classes.into_iter().map(|(class, risks)| make(class, &risks)).collect() }
    }
}

impl<'a> OfClass<'a> {
    fn in_full(class: RiskClass, risks: &[&'a Risk]) -> Self {
        let mut shown: Vec<Shown<'a>> = risks.iter().map(|risk| Shown { risk, alike: 0 }).collect();
        shown.sort_by_key(|shown| (shown.risk.gravity, shown.risk));
        Self { class, risks: risks.len(), resources: resources(risks), shown, folded: Vec::new() }
    }

    fn folded(class: RiskClass, risks: &[&'a Risk]) -> Self {
        let (named, mut rest): (Vec<&Risk>, Vec<&Risk>) =
            risks.iter().partition(|risk| class == RiskClass::DataLoss || is_agreed_to_by_name(risk));
        if rest.len() <= FEW_OF_CLASS {
            return Self::in_full(class, risks);
        }
        rest.sort_by_key(|risk| (risk.gravity, *risk));
        let mut shown: Vec<Shown<'a>> = named.into_iter().map(|risk| Shown { risk, alike: 0 }).collect();
        let mut folded: Vec<&Risk> = Vec::new();
        let few = shown.len() + FEW_OF_CLASS;
        for risk in rest {
            match shown.iter().position(|shown| are_alike(shown.risk, risk)) {
                Some(at) => shown[at].alike += 1,
                None if shown.len() < few && has_a_say(risk, &shown) => shown.push(Shown { risk, alike: 0 }),
                None => folded.push(risk),
            }
        }
        Self { class, risks: risks.len(), resources: resources(risks), shown, folded: by_kind(&folded) }
    }
}

/// Each kind has its say: those that are not grave are shown by two of them.
fn has_a_say(risk: &Risk, shown: &[Shown<'_>]) -> bool {
    risk.gravity == Gravity::High || shown.iter().filter(|shown| shown.risk.rule == risk.rule).count() < 2
}

fn by_kind<'a>(risks: &[&'a Risk]) -> Vec<OfKind<'a>> {
    let mut kinds: BTreeMap<&str, Vec<&Risk>> = BTreeMap::new();
    for risk in risks {
        kinds.entry(&risk.rule).or_default().push(risk);
    }
    let of = |(rule, risks): (&'a str, Vec<&Risk>)| OfKind { rule, risks: risks.len(), resources: resources(&risks) };
    let mut kinds: Vec<OfKind<'_>> = kinds.into_iter().map(of).collect();
    kinds.sort_by_key(|kind| (std::cmp::Reverse(kind.risks), kind.rule));
    kinds
}

fn resources(risks: &[&Risk]) -> usize {
    risks.iter().map(|risk| (&risk.stack, &risk.logical_id)).collect::<BTreeSet<_>>().len()
}

fn is_agreed_to_by_name(risk: &Risk) -> bool {
    matches!(risk.consent, Consent::Destroy | Consent::Replace)
}

/// Whether two risks differ only in whom they are of. What must be agreed to by name is like no other.
fn are_alike(one: &Risk, other: &Risk) -> bool {
    let same = (&one.rule, &one.what, &one.causes) == (&other.rule, &other.what, &other.causes);
    same && !is_agreed_to_by_name(one)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FEW, Overview};
    use crate::assembly::{Origin, StackId};
    use crate::risk::{Consent, Gravity, Risk, RiskClass};

    fn risk(class: RiskClass, rule: &str, id: usize, gravity: Gravity, consent: Consent) -> Risk {
        Risk {
            class,
            rule: rule.to_owned(),
            stack: StackId::new("Shop"),
            logical_id: format!("R{id}"),
            type_name: "AWS::IAM::Role".to_owned(),
            origin: Origin::default(),
            what: format!("{rule} {id}"),
            causes: Vec::new(),
            consent,
            gravity,
        }
    }

    fn broadening(id: usize, gravity: Gravity) -> Risk {
        risk(RiskClass::Broadening, "iam-statement", id, gravity, Consent::Class)
    }

    #[test]
    fn a_few_are_all_shown() {
        let risks: Vec<Risk> = (0..FEW).map(|id| broadening(id, Gravity::Low)).collect();
        assert_eq!((Overview::of(&risks).shown(), Overview::of(&risks).folded()), (FEW, 0));
    }

    #[test]
    fn of_many_the_gravest_are_shown_and_the_others_counted() {
        let mut risks: Vec<Risk> = (0..40).map(|id| broadening(id, Gravity::Low)).collect();
        risks.push(broadening(90, Gravity::High));
        let overview = Overview::of(&risks);
        let class = &overview.classes[0];
        assert_eq!(class.shown[0].risk.logical_id, "R90");
        assert_eq!((class.risks, class.resources, class.shown.len(), class.folded[0].risks), (41, 41, 2, 39));
        assert_eq!(Overview::in_full(&risks).shown(), 41);
    }

    #[test]
    fn what_says_the_same_of_others_is_said_once() {
        let mut risks: Vec<Risk> = (0..40).map(|id| broadening(id, Gravity::Low)).collect();
        risks.iter_mut().take(30).for_each(|risk| risk.what = "allows `kms:*`".to_owned());
        let overview = Overview::of(&risks);
        assert_eq!((overview.classes[0].shown[0].alike, overview.folded()), (29, 9));
    }

    #[test]
    fn what_holds_data_is_never_folded() {
        let lost = (0..60).map(|id| risk(RiskClass::DataLoss, "data-replaced", id, Gravity::High, Consent::Replace));
        let mut risks: Vec<Risk> = lost.collect();
        risks.iter_mut().for_each(|risk| risk.what = "is replaced by an empty one".to_owned());
        assert!(Overview::of(&risks).classes[0].shown.iter().all(|shown| shown.alike == 0));
        assert_eq!(Overview::of(&risks).folded(), 0);
    }

    proptest! {
        /// Whatever the risks, each is shown, said to be like one that is, or counted.
        #[test]
        fn none_is_lost(picks in prop::collection::vec((0..5_usize, 0..3_usize, 0..30_usize, 0..4_usize), 0..120)) {
            let classes: Vec<RiskClass> = RiskClass::all().collect();
            let gravities = [Gravity::High, Gravity::Middle, Gravity::Low];
            let consents = [Consent::Class, Consent::Class, Consent::Destroy, Consent::Replace];
            let risks: Vec<Risk> = picks.iter().map(|&(class, kind, id, consent)| {
                let rule = ["iam-statement", "route", "backup"][kind];
                risk(classes[class], rule, id, gravities[kind], consents[consent])
            }).collect();
            let overview = Overview::of(&risks);
            prop_assert_eq!(overview.shown() + overview.folded(), risks.len());
            let named = risks.iter().filter(|risk| super::is_agreed_to_by_name(risk)).count();
            let shown = overview.classes.iter().flat_map(|class| &class.shown);
            prop_assert_eq!(shown.filter(|shown| super::is_agreed_to_by_name(shown.risk)).count(), named);
        }
    }
}
