//! Any bytes as a template that the simulated service works out, executes and deletes.

use ce_deploy::cloud::{
    Call, ChangeSetRequest, ChangeSetType, Mode, Page, ParameterValue, Place, Secret, StackRef, Target, Template, Token,
};
use ce_deploy::engine::Moment;
use ce_deploy::simulator::{Settings, Simulator};

/// The service comes to an end with any template: whatever was begun is over in a day.
pub fn change_set(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut cloud = Simulator::new(Settings::default(), &ce_cfn::SCHEMAS);
    let target = Target::new(Place::new("111111111111", "eu-west-1"));
    let stack = StackRef::name("shop");
    let create = Call::CreateChangeSet(Box::new(request(stack.clone(), text)));
    if cloud.call(Moment(0), &target, create).is_err() {
        return;
    }
    let token = Token::of("plan", "shop", "execute", 1);
    let calls = [
        Call::DescribeChangeSet { stack: stack.clone(), change_set: "ce-1".into(), page: Page::first() },
        Call::ExecuteChangeSet {
            stack: stack.clone(),
            change_set: "ce-1".into(),
            token: token.clone(),
            disable_rollback: false,
            retain_except_on_create: true,
        },
        Call::DescribeStackEvents { stack: stack.clone(), page: Page::first() },
        Call::DetectDrift { stack: stack.clone() },
        Call::DeleteStack { stack: stack.clone(), token, retain: Vec::new(), role: None },
        Call::ListStackResources { stack, page: Page::first() },
    ];
    for (day, call) in (1..).zip(calls) {
        cloud.call(Moment(day * 86_400_000), &target, call).ok();
        // What takes no time at all is due at once.
        assert!(cloud.next_change().is_none_or(|at| at >= Moment(day * 86_400_000)));
    }
}

fn request(stack: StackRef, template: &str) -> ChangeSetRequest {
    ChangeSetRequest {
        stack,
        name: "ce-1".into(),
        kind: ChangeSetType::Create,
        template: Template::Body(template.to_owned()),
        parameters: vec![ParameterValue { key: "Name".into(), value: Some(Secret::new("value")) }],
        tags: None,
        capabilities: vec![ce_deploy::cloud::Capability::NamedIam],
        role: None,
        notification_arns: None,
        guard: None,
        token: Token::of("plan", "shop", "change", 1),
        on_failure: None,
        include_nested: true,
        imports: Vec::new(),
        mode: Mode::Standard,
        disable_rollback: false,
    }
}
