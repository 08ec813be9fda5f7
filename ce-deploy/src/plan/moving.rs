//! Resources that move between stacks, as somebody agrees to it.

use serde::Serialize;

use super::Seen;
use crate::assembly::{Assembly, StackId};
use crate::cloud::{Stack, Target};
use crate::digest::sha256;
use crate::engine::Move;

/// What moves, and how the stacks were when that was planned.
///
/// Moving touches no resource, so it has no risks; it has a digest, as every plan has, and whoever agrees to it agrees to
/// these moves between stacks as they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MovePlan {
    /// The digest of the assembly.
    pub assembly: String,
    /// The stacks that lose or get something, by id.
    pub stacks: Vec<MovingStack>,
    /// The resources, in the order they were given.
    pub moves: Vec<MovingResource>,
}

/// A stack that loses or gets something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MovingStack {
    /// The stack of the assembly.
    pub stack: StackId,
    /// Where it is, and as whom it is worked on.
    pub target: Target,
    /// Its ARN, if it is there.
    pub arn: Option<String>,
    /// How it was seen, if it is there.
    pub seen: Option<Seen>,
    /// The SHA-256 of the template that it gets.
    pub template: String,
}

/// A resource that moves, named `Stack.Logical` before and after.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MovingResource {
    /// Where it is.
    pub from: String,
    /// Where it goes.
    pub to: String,
}

impl MovePlan {
    /// The plan for moves of an assembly; `found` says which stacks are there, and how.
    pub fn new<'a>(assembly: &Assembly, moves: &[Move], found: impl Fn(&StackId) -> Option<&'a Stack>) -> Self {
        let takes_part = |id: &StackId| moves.iter().any(|step| step.from.0 == *id || step.to.0 == *id);
        let stacks = assembly.stacks.iter().filter(|stack| takes_part(&stack.id)).map(|stack| {
            let there = found(&stack.id);
            MovingStack {
                stack: stack.id.clone(),
                target: stack.target.clone(),
                arn: there.map(|there| there.id.clone()),
                seen: there.map(Seen::of),
                template: stack.template_digest.clone(),
            }
        });
        let named = |(stack, logical_id): &(StackId, String)| format!("{stack}.{logical_id}");
        let moves = moves.iter().map(|step| MovingResource { from: named(&step.from), to: named(&step.to) });
        Self { assembly: assembly.digest.clone(), stacks: stacks.collect(), moves: moves.collect() }
    }

    /// What an approval names it by: the SHA-256 of all of it.
    pub fn digest(&self) -> String {
        // A value of strings, lists and numbers can always be written.
        sha256(serde_json::to_string(self).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::{MovePlan, MovingResource, MovingStack};
    use crate::assembly::StackId;
    use crate::cloud::{Place, Target};

    fn plan(touch: impl FnOnce(&mut MovePlan)) -> String {
        let stack = MovingStack {
            stack: StackId::new("One"),
            target: Target::new(Place::new("111111111111", "eu-west-1")),
            arn: Some("arn:1".to_owned()),
            seen: None,
            template: "t".to_owned(),
        };
        let moves = vec![MovingResource { from: "One.A".to_owned(), to: "Two.A".to_owned() }];
        let mut plan = MovePlan { assembly: "a".to_owned(), stacks: vec![stack], moves };
        touch(&mut plan);
        plan.digest()
    }

    #[test]
    fn all_of_it_is_agreed_to() {
        let known = plan(|_| {});
        assert_eq!(plan(|_| {}), known);
        for (what, other) in [
            ("the assembly", plan(|plan| plan.assembly.push('x'))),
            ("a move", plan(|plan| plan.moves[0].to.push('x'))),
            ("a stack", plan(|plan| plan.stacks[0].arn = None)),
            ("a template", plan(|plan| plan.stacks[0].template.push('x'))),
        ] {
            assert_ne!(other, known, "{what}");
        }
    }
}
