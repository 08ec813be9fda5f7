//! Clouds in which something happened already.

use ce_deploy::cloud::{Call, ChangeSetRequest, ChangeSetType, Mode, Place, StackRef, Target, Template, Token};
use ce_deploy::engine::Moment;
use ce_deploy::simulator::{Settings, Simulator};
use serde_json::Value;

/// A cloud in which the stack `shop` was made, and what happened since.
pub(crate) fn made_long_ago(template: &Value, since: impl FnOnce(&mut Simulator, &Place)) -> Simulator {
    let mut simulator = Simulator::new(Settings::default(), &ce_cfn::SCHEMAS);
    let place = Place::new("111111111111", "eu-west-1");
    let (stack, token) = (StackRef::name("shop"), Token::given("before"));
    let request = ChangeSetRequest {
        stack: stack.clone(),
        name: "before".into(),
        kind: ChangeSetType::Create,
        template: Template::Body(template.to_string()),
        parameters: Vec::new(),
        tags: None,
        capabilities: Vec::new(),
        role: None,
        notification_arns: None,
        guard: None,
        token: token.clone(),
        on_failure: None,
        include_nested: false,
        imports: Vec::new(),
        mode: Mode::Standard,
        disable_rollback: false,
    };
    let execute = Call::ExecuteChangeSet {
        stack,
        change_set: "before".into(),
        token,
        disable_rollback: false,
        retain_except_on_create: false,
    };
    let target = Target::new(place.clone());
    for (at, call) in [(0, Call::CreateChangeSet(Box::new(request))), (600_000, execute)] {
        simulator.call(Moment(at), &target, call).expect("it is taken");
    }
    simulator.advance(Moment(1_200_000));
    since(&mut simulator, &place);
    simulator
}
