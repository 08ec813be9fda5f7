//! Who hears of what: pages to the paging service, warnings to mail and chat, and what is good to know to the chat.

use ce::observe::SlackChannel;
use ce::prelude::*;

use super::settings::Settings;
use super::vault::Vault;

/// The topics of the three tiers; addresses are given at deployment, and not shown.
pub fn oncall<'a>(stack: Scope<'a>, settings: &Settings<'a>, vault: &Vault<'a>) -> Escalation<'a> {
    let asked = |id: &str, what: &str, form: &str| {
        let parameter = Parameter::text().no_echo().description(what).pattern(form).constraint_description(form);
        stack.parameter(id, parameter).value::<String>()
    };
    let mail = asked("WarningsMail", "Who reads warnings", "^[^@]+@[^@]+$");
    let team = asked("SlackWorkspaceId", "The workspace of the team's chat", "^[0-9A-Z]{1,255}$");
    let room = asked("SlackChannelId", "The channel of the team's chat that hears of this region", "^[A-Za-z0-9]+$");
    let chat = || Channel::slack(SlackChannel::new(&team, &room));
    let pages = if settings.is_production() {
        Channel::pager_duty(asked("PagerDutyUrl", "PagerDuty's integration with CloudWatch", "^https://.+$"))
    } else {
        Channel::email(&mail)
    };
    Escalation::builder(settings.prefix, &vault.data_key)
        .page(pages)
        .warn(Channel::email(&mail))
        .warn(chat())
        .inform(chat())
        .build(stack, "Oncall")
}
