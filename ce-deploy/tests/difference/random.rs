//! Random templates and random edits of them, against what happens in the worlds.

use ce_deploy::difference::{Class, Difference};
use ce_deploy::template::{Template, Version};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::world::{Became, Input, KINDS, Model, Node, World, id};

/// How many resources a template has at most.
pub(crate) const NODES: usize = 6;

/// What an input is chosen by; which it is depends on what is there before it.
type Choice = (u8, Index, Index, u8);

fn choice() -> impl Strategy<Value = Choice> {
    (0..12u8, any::<Index>(), any::<Index>(), 0..3u8)
}

fn plain(at: usize, kinds: &[Option<usize>], (what, node, which, value): &Choice) -> Input {
    let before: Vec<usize> = (0..at).filter(|at| kinds[*at].is_some()).collect();
    if before.is_empty() || *what < 3 {
        return if *what == 2 { Input::Parameter(usize::from(*value % 2)) } else { Input::Literal(*value) };
    }
    let to = before[node.index(before.len())];
    let kind = &KINDS[kinds[to].unwrap_or_default()];
    match what {
        3..6 => Input::Ref(to),
        // What a custom resource gives is what its function answers, not what it was given.
        6..9 if !kind.type_name.starts_with("Custom::") => Input::Given(to, which.index(kind.properties.len())),
        _ => Input::Set(to, which.index(kind.set_by_aws.len())),
    }
}

fn input(at: usize, kinds: &[Option<usize>], choices: &[Choice; 3]) -> Input {
    let [first, second, third] = [0, 1, 2].map(|which| plain(at, kinds, &choices[which]));
    match choices[0].3 + choices[1].3 * 3 {
        0 => Input::Join(vec![second, third]),
        1 => Input::Either(true, Box::new(second), Box::new(third)),
        2 => Input::Either(false, Box::new(second), Box::new(third)),
        _ => first,
    }
}

/// A model from choices. A property that another takes is given: what AWS puts in its place is no matter here.
fn model(present: &[bool], kinds: &[usize], choices: &[[Choice; 3]], parameters: Vec<u8>, is_prod: bool) -> Model {
    let kinds: Vec<Option<usize>> = kinds.iter().zip(present).map(|(kind, is)| is.then_some(*kind)).collect();
    let mut choices = choices.iter();
    let nodes = kinds.iter().enumerate().map(|(at, kind)| {
        let mine: Vec<_> = choices.by_ref().take(3).collect();
        let kind = (*kind)?;
        let inputs = mine.iter().take(KINDS[kind].properties.len()).map(|choices| Some(input(at, &kinds, choices)));
        Some(Node { kind, inputs: inputs.collect() })
    });
    Model { nodes: nodes.collect(), parameters, is_prod }
}

/// A template before and after some of its choices were made anew.
pub(crate) fn edited() -> impl Strategy<Value = (Model, Model)> {
    let choices = || prop::collection::vec([choice(), choice(), choice()], NODES * 3);
    let present = prop::collection::vec(prop::bool::weighted(0.9), NODES);
    let edits = prop::collection::vec(prop::bool::weighted(0.08), NODES * 3);
    let parameters = || prop::collection::vec(0..3u8, 2);
    let kinds = prop::collection::vec(0..KINDS.len(), NODES);
    let both =
        (present.clone(), prop::collection::vec(prop::bool::weighted(0.95), NODES), kinds, choices(), choices(), edits);
    (both, parameters(), parameters(), any::<bool>(), prop::bool::weighted(0.3)).prop_map(
        |((present, stay, kinds, old, new, edits), before, after, is_prod, switched)| {
            let changed: Vec<_> = (0..old.len()).map(|at| if edits[at] { new[at] } else { old[at] }).collect();
            let left: Vec<bool> = present.iter().zip(&stay).map(|(is, stays)| *is && *stays).collect();
            // Parameters mostly stay.
            let after = if before[0] == after[1] { after } else { before.clone() };
            (model(&present, &kinds, &old, before, is_prod), model(&left, &kinds, &changed, after, is_prod ^ switched))
        },
    )
}

fn worlds() -> impl Iterator<Item = World> {
    let mixed = (1..12u64).map(|seed| seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    [0, u64::MAX, 1 << 63, u64::MAX >> 1].into_iter().chain(mixed).map(World)
}

fn version(model: &Model) -> Version {
    Version::new(Template::parse(&model.template().to_string()).unwrap())
}

fn predicted(before: &Model, after: &Model) -> Difference {
    Difference::between(Some(&version(before)), Some(&version(after)), &ce_cfn::SCHEMAS)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_predicted_happens((before, after) in edited()) {
        let outcomes: Vec<_> = worlds().map(|world| world.update(&before, &after)).collect();
        let difference = predicted(&before, &after);
        // What happens in all worlds is told for certain, if no condition is unknown.
        let asks = |model: &Model| model.template()["Resources"].to_string().contains("IsEu");
        let exact = !asks(&before) && !asks(&after);
        let decided = outcomes.iter().any(|outcome| outcome != &outcomes[0]);
        for at in 0..NODES {
            let class = difference.resource(&id(at)).map_or(Class::Unchanged, |resource| resource.class);
            let mut became: Vec<Became> = outcomes.iter().filter_map(|outcome| outcome[at]).collect();
            became.sort();
            let (Some(least), Some(most)) = (became.first(), became.last()) else { continue };
            let text = format!("{} {class}, {least:?} to {most:?}\n{}\n{}\n{}", id(at), before.template(), after.template(), difference.text());
            match class {
                Class::Replacement | Class::StatefulReplacement => prop_assert_eq!(*least, Became::Replaced, "{}", text),
                Class::ConditionalReplacement => {}
                Class::InPlace | Class::Interruption => prop_assert!(*most < Became::Replaced, "{}", text),
                // That a value is set anew in place, perhaps, is not told.
                _ => prop_assert!(*most < Became::Replaced && (*least == Became::Same || !exact), "{}", text),
            }
            if *least == Became::Replaced && exact && !decided {
                prop_assert!(class.replaces(), "{}", text);
            }
        }
    }
}
